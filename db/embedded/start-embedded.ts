import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { findBinaries, sharedFolder } from "./binaries.ts";
import { connectionUrl, ensureRolesAndDatabase, initialiseCluster, keepCredentials } from "./initialise.ts";
import { identity, isSameProcess, withFolderLock } from "./lock.ts";
import { type Cluster, settlePostmaster, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { canReach, chooseRunAs, type RunAs } from "./run-as.ts";
import { type ClusterNews, supervise } from "./supervise.ts";

export type EmbeddedDatabase = {
  /** Application role. */
  url: string;
  /** Owner of the schema: migrations and the worker's LISTEN. */
  adminUrl: string;
  /** One sentence for people when the files are not where they would look for them. */
  notice?: string;
  /** Starts the server again whenever it dies, until `stop`; tells what happened. */
  supervise: (report: (news: ClusterNews) => void) => void;
  /** Gives the server up; the last process that uses it stops it. */
  stop: () => Promise<void>;
};

const databaseName = "remit";

/**
 * Starts the PostgreSQL kept in `dataDir`, or joins the one that runs there already: another process of ours, or the
 * survivor of a killed one. Safe to call from several processes at once.
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const dataFolder = resolve(dataDir);
  mkdirSync(dataFolder, { recursive: true });
  const place = choosePlace(dataFolder);
  const cluster: Cluster = {
    folder: join(place.folder, "postgresql"),
    logFile: join(place.folder, "postgresql.log"),
    binaries: findBinaries(place.runAs),
    runAs: place.runAs,
  };
  const credentials = keepCredentials(join(dataFolder, "database.json"));
  const users = join(dataFolder, "database-users");
  const port = await withFolderLock(dataFolder, async () => {
    await initialiseCluster(cluster, credentials);
    const running = (await settlePostmaster(cluster.folder)) ?? (await startPostmaster(cluster));
    await ensureRolesAndDatabase(running.port, credentials, databaseName);
    register(users);
    return running.port;
  });
  let endSupervision = () => Promise.resolve();
  return {
    url: connectionUrl({ role: "app", credentials, port, database: databaseName }),
    adminUrl: connectionUrl({ role: "owner", credentials, port, database: databaseName }),
    ...(place.notice ? { notice: place.notice } : {}),
    supervise: (report) => {
      endSupervision = supervise({ cluster, dataFolder, port, report });
    },
    async stop() {
      await endSupervision();
      await withFolderLock(dataFolder, async () => {
        if (!releaseLast(users)) return;
        await stopPostmaster(cluster);
      });
    },
  };
}

type Place = { folder: string; runAs: RunAs; notice?: string };

/** As root, a data folder inside a closed home cannot be entered by the user PostgreSQL runs as: its files go elsewhere. */
function choosePlace(dataFolder: string): Place {
  const own = join(dataFolder, "postgresql");
  const runAs = chooseRunAs(own);
  if (runAs.uid === undefined) return { folder: dataFolder, runAs };
  if (canReach(dataFolder, runAs)) return { folder: dataFolder, runAs };
  const folder = join(sharedFolder, placeName(join(dataFolder, "database-place")));
  mkdirSync(folder, { recursive: true });
  for (const path of [sharedFolder, folder]) chmodSync(path, 0o755);
  return {
    folder,
    runAs: chooseRunAs(join(folder, "postgresql")),
    notice: `The database is kept in ${folder}: PostgreSQL does not run as root, and no other user can enter ${dataFolder}.`,
  };
}

/** Kept in the data folder, so that a removed data folder begins anew and a moved one finds its files again. */
function placeName(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomUUID());
  return readFileSync(path, "utf8");
}

function register(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, String(process.pid));
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const mine = identity(process.pid);
  const times = before.startsWith(`${mine}\n`) ? Number(before.split("\n")[1]) : 0;
  writeFileSync(path, `${mine}\n${String(times + 1)}`);
}

/** Takes one use of this process off the list; true when nobody alive is left on it. */
function releaseLast(folder: string): boolean {
  const path = join(folder, String(process.pid));
  const times = existsSync(path) ? Number(readFileSync(path, "utf8").split("\n")[1]) : 0;
  if (times > 1) writeFileSync(path, `${identity(process.pid)}\n${String(times - 1)}`);
  else rmSync(path, { force: true });
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [known = ""] = readFileSync(join(folder, name), "utf8").split("\n");
    if (isSameProcess(known)) return false;
    rmSync(join(folder, name), { force: true });
  }
  return true;
}
