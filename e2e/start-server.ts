import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, createWriteStream, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { settingsShape } from "../server/platform/settings.ts";

export type ServerProcess = {
  url: string;
  /** How it ended: null for an end of its own, else the signal. */
  ended: Promise<NodeJS.Signals | null>;
  stop(): Promise<void>;
};

const readyTimeoutMs = 180_000;

/** The real built server as a process of its own, on a free port. Settings that are not given are at their defaults. */
export async function startServer({
  dataDir,
  settings = {},
}: {
  dataDir: string;
  settings?: Record<string, string>;
}): Promise<ServerProcess> {
  // Set and empty: what stands in somebody's .env has no say here.
  const blank = Object.fromEntries(Object.keys(settingsShape).map((name) => [name, ""]));
  const given = { PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "warn", ...settings };
  const env: NodeJS.ProcessEnv = { ...process.env, ...blank, ...given };
  // As somebody starts it who chose nothing: the test runner's own choice stays here.
  Reflect.deleteProperty(env, "NODE_ENV");
  const server = spawn(process.execPath, startCommand(), {
    cwd: resolve(import.meta.dirname, ".."),
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit").then(([, signal]) => signal as NodeJS.Signals | null);
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
  };
  const lines: string[] = [];
  // Kept beside its data, so that a test can look for what must never be logged.
  const log = createWriteStream(join(dataDir, "server.log"), { flags: "a" });
  void ended.then(() => log.end());
  const ready = new Promise<string>((settle) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      lines.push(line);
      log.write(`${line}\n`);
      const url = /^Remit is ready: (\S+)/.exec(line)?.[1];
      if (url) settle(url);
    });
  });
  const timeout = sleep(readyTimeoutMs, undefined, { ref: false });
  const url = await Promise.race([ready, ended.then(() => undefined), timeout]);
  if (url !== undefined) return { url, ended, stop };
  await stop();
  throw new Error(`The server did not get ready. It said:\n${lines.join("\n")}`);
}

/** What `npm start` gives to Node, its flags too: what is measured and tested is what somebody runs. */
function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
}

/** An empty data folder that the embedded database's own user can enter. */
export function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "remit-e2e-"));
  chmodSync(dataDir, 0o755);
  return dataDir;
}
