import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { type ViteDevServer } from "vite";

import { type OpenDatabase } from "#db/open-database.ts";

import { createApp } from "./http/create-app.ts";
import { type Door } from "./http/open-port.ts";
import { type Env } from "./platform/env.ts";
import { type Log } from "./platform/logger.ts";
import { createRuntime, type Runtime } from "./runtime.ts";

export type ServeOptions = {
  env: Env;
  log: Log;
  door: Door;
  database: OpenDatabase;
  dev: boolean;
  /** What must be done before the first page: build, demo data. */
  prepare?: (runtime: Runtime) => Promise<void>;
};

export type RunningServer = { runtime: Runtime; url: string; stop: () => Promise<void> };

/** Wires everything to an open port and begins to answer. */
export async function serve({ env, log, door, database, dev, prepare }: ServeOptions): Promise<RunningServer> {
  const url = env.publicUrl ?? `http://localhost:${String(door.port)}`;
  const runtime = await createRuntime({ env, log, database, door, publicUrl: url });
  const vite = dev ? await startVite(door) : undefined;
  // Before anything runs by itself: demo data lives through past days, which nobody else may conclude meanwhile.
  await prepare?.(runtime);
  let ready = true;
  door.answerWith(createApp({ runtime, vite, version: packageVersion(), isReady: () => ready }));
  await runtime.start();
  const stop = async () => {
    ready = false;
    // Ends the sockets, which come back to the next process, and with them the door: open requests are finished.
    await runtime.stop();
    await door.close();
    await vite?.close();
    await database.close();
  };
  return { runtime, url, stop };
}

/** Hot reload and Socket.IO share our port. */
async function startVite({ http }: Door): Promise<ViteDevServer> {
  const { createServer } = await import("vite");
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server: http } }, appType: "custom" });
  // The Remix plugin starts a second Vite inside, which ends the process by itself on these: ending is our business.
  process.removeAllListeners("SIGTERM");
  process.stdin.removeAllListeners("end");
  return vite;
}

function packageVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(resolve(import.meta.dirname, "../package.json"), "utf8"));
  return typeof parsed === "object" && parsed && "version" in parsed ? String(parsed.version) : "unknown";
}
