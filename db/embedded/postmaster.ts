import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, fchownSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type Binaries } from "./binaries.ts";
import { isAlive, isFresh, readIfThere } from "./lock.ts";
import { type RunAs } from "./run-as.ts";

export type Cluster = { folder: string; logFile: string; binaries: Binaries; runAs: RunAs };
export type Postmaster = { pid: number; port: number; ready: boolean };

const startTimeoutMs = 30_000;
const largestLogBytes = 10_000_000;

/** The settings that make the server ours alone: loopback only, no socket files, UTC. Everything else is stock. */
export const postgresArguments = (port: number) => [
  ...["-p", String(port)],
  ...["-c", "listen_addresses=127.0.0.1"],
  ...["-c", "unix_socket_directories="],
  ...["-c", "timezone=UTC", "-c", "log_timezone=UTC"],
];

/** The server that runs on this folder, if one does: it outlives a killed parent. */
export function findPostmaster(folder: string): Postmaster | undefined {
  const path = lockOf(folder);
  const text = readIfThere(path);
  // A starting server makes its file, then fills it: taken away in between, it would run and never be found.
  if (text === undefined || (text === "" && isFresh(path))) return undefined;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !isPostgres(pid)) {
    // The machine went down, or the id belongs to somebody else by now: PostgreSQL itself would refuse to start.
    rmSync(path, { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

const lockOf = (folder: string): string => join(folder, "postmaster.pid");

function isPostgres(pid: number): boolean {
  const path = `/proc/${String(pid)}/cmdline`;
  return process.platform !== "linux" || !existsSync(path) || readFileSync(path, "utf8").includes("postgres");
}

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches only us, and waits until it answers. It takes the port
 * it had before, on which others may still look for it; where that is taken, and not `onlyThere`, a free one.
 */
export async function startPostmaster(
  cluster: Cluster,
  {
    port: wished = lastPort(cluster.folder),
    onlyThere = false,
  }: { port?: number | undefined; onlyThere?: boolean } = {},
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wished !== undefined && (onlyThere || attempt === 1) ? wished : await freePort();
    const log = openLog(cluster);
    const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, ...postgresArguments(port)], {
      ...cluster.runAs,
      cwd: "/",
      detached: true,
      stdio: ["ignore", log, log],
      env: { PATH: process.env["PATH"], NODE_ENV: "production", LC_ALL: "C" },
    });
    const spawnFault = new Promise<Error>((settle) => child.once("error", settle));
    child.unref();
    closeSync(log);
    const outcome = await Promise.race([awaitReady(cluster.folder, () => child.exitCode === null), spawnFault]);
    if (outcome instanceof Error) throw new Error(`PostgreSQL cannot be run: ${outcome.message}`, { cause: outcome });
    if (outcome) return outcome;
    const tail = lastWords(cluster.logFile);
    // Somebody took the port between our asking and its binding, or a killed server's last session is not gone yet.
    if (attempt < 10 && /Address already in use|shared memory block .*still in use/i.test(tail)) {
      await sleep(50 * attempt);
      continue;
    }
    throw new Error(`PostgreSQL did not start. Its last words (${cluster.logFile}):\n${tail}`);
  }
}

/** PostgreSQL keeps what it was last started with. */
function lastPort(folder: string): number | undefined {
  const port = /"-p" "(\d+)"/.exec(readIfThere(join(folder, "postmaster.opts")) ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}

async function awaitReady(folder: string, alive: () => boolean): Promise<Postmaster | undefined> {
  const giveUpAt = performance.now() + startTimeoutMs;
  while (alive() && performance.now() < giveUpAt) {
    const found = findPostmaster(folder);
    if (found?.ready) return found;
    await sleep(10);
  }
  return undefined;
}

/** A server found starting or stopping is waited for: ready, or gone. */
export async function settlePostmaster(folder: string): Promise<Postmaster | undefined> {
  const giveUpAt = performance.now() + startTimeoutMs;
  for (;;) {
    const found = findPostmaster(folder);
    if (found?.ready || (!found && !existsSync(lockOf(folder)))) return found;
    if (performance.now() > giveUpAt)
      throw new Error(`The PostgreSQL in ${folder} (process ${String(found?.pid ?? "unknown")}) is stuck.`);
    await sleep(25);
  }
}

export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const found = findPostmaster(cluster.folder);
  if (!found) return;
  if (process.platform === "win32") {
    spawnSync(cluster.binaries.pgCtl, ["stop", "-D", cluster.folder, "-m", "fast", "-w"]);
    return;
  }
  // SIGINT is PostgreSQL's "fast" shutdown: sessions end, everything is written.
  process.kill(found.pid, "SIGINT");
  const giveUpAt = performance.now() + startTimeoutMs;
  while (findPostmaster(cluster.folder)?.pid === found.pid) {
    if (performance.now() > giveUpAt) throw new Error(`PostgreSQL (process ${String(found.pid)}) does not stop.`);
    await sleep(10);
  }
}

export function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") settle(address.port);
        else reject(new Error("This machine gives out no network port."));
      });
    });
  });
}

function openLog({ logFile, runAs }: Cluster): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, size > largestLogBytes ? "w" : "a", 0o600);
  if (runAs.uid !== undefined) fchownSync(log, runAs.uid, runAs.gid ?? runAs.uid);
  return log;
}

export function lastWords(logFile: string): string {
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
