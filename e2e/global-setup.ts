import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { settingsShape } from "../server/platform/settings.ts";

const readyTimeoutMs = 180_000;

/** The real built server with demo data of its own, on a port of its own; its address is in REMIT_E2E_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "remit-e2e-"));
  chmodSync(dataDir, 0o755);
  // Set and empty: what stands in somebody's .env has no say here.
  const blank = Object.fromEntries(Object.keys(settingsShape).map((name) => [name, ""]));
  const server = spawn(process.execPath, ["--import", "tsx", "server/cli/start.ts"], {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...process.env, ...blank, NODE_ENV: "production", PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const ready = new Promise<string>((settle) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      lines.push(line);
      const url = /^Remit is ready: (\S+)/.exec(line)?.[1];
      if (url) settle(url);
    });
  });
  const ended = once(server, "exit").then(() => undefined);
  const timeout = sleep(readyTimeoutMs, undefined, { ref: false });
  const url = await Promise.race([ready, ended, timeout]);
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  if (!url) {
    await stop();
    throw new Error(`The server did not get ready. It said:\n${lines.join("\n")}`);
  }
  process.env["REMIT_E2E_URL"] = url;
  process.env["REMIT_E2E_DATA_DIR"] = dataDir;
  return stop;
}
