import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** The operating-system user that PostgreSQL runs as: empty when that is simply ourselves. */
export type RunAs = { uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. As root we pick, in this order: whoever owns the data folder already, the user
 * `postgres`, the user `nobody` (initdb insists on a name in /etc/passwd). No account is ever created on the machine.
 */
export function chooseRunAs(dataFolder: string): RunAs {
  if (process.platform === "win32" || process.getuid?.() !== 0) return {};
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = new Map<string, RunAs>();
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  const found = users.get("postgres") ?? users.get("nobody");
  if (!found)
    throw new Error("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.");
  return found;
}

/** Whether that user can enter a folder or execute a file: a clone under a 0700 home is closed to it. */
export function canReach(path: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], { ...runAs, cwd: "/" }).status === 0;
}
