import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const waitMs = 60_000;
const fillPatienceMs = 5_000;

/**
 * Runs `work` while no other process does the same on this folder. The holder's process id stands in the lock, so the
 * lock of a killed process opens by itself.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, "start.lock");
  mkdirSync(folder, { recursive: true });
  const giveUpAt = performance.now() + waitMs;
  while (!take(path)) {
    if (performance.now() > giveUpAt) {
      throw new Error(
        `Another process (${holder(path)}) has been starting or stopping the database in ${folder} for a minute.`,
      );
    }
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, identity(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  }
  const pid = holder(path);
  // An empty lock is one that is being written this very moment, or its writer was killed in that moment.
  if (pid === "" ? !isFresh(path) : !isSameProcess(pid)) rmSync(path, { force: true });
  return false;
}

const holder = (path: string): string => readIfThere(path) ?? "";

/** A file's text; undefined when it is not there, also when it went away this very moment. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Made or written within the last seconds: an empty file may still be about to be filled. */
export function isFresh(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts !== undefined && Date.now() - facts.mtimeMs < fillPatienceMs;
}

/** A process id with its start time where the system tells it, because ids are used again. */
export function identity(pid: number): string {
  return `${String(pid)} ${startTime(pid)}`.trim();
}

export function isSameProcess(known: string): boolean {
  const [pidText, started = ""] = known.split(" ");
  const pid = Number(pidText);
  return isAlive(pid) && (started === "" || startTime(pid) === started);
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

/** Ended, and nobody has asked how: a container's first process often never does. */
const isZombie = (pid: number): boolean => processFields(pid)[0] === "Z";

const startTime = (pid: number): string => processFields(pid)[19] ?? "";

/** What Linux tells of a process, from field 3 on: counted after its name, which may hold spaces and brackets. */
function processFields(pid: number): string[] {
  if (process.platform !== "linux") return [];
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ESRCH")) return [];
    throw error;
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
