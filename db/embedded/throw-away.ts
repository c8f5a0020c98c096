import { spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { findBinaries } from "./binaries.ts";
import { type Credentials, initialiseCluster, keepCredentials } from "./initialise.ts";
import { type Cluster, findPostmaster, freePort, lastWords, postgresArguments } from "./postmaster.ts";
import { canReach, chooseRunAs } from "./run-as.ts";

export type ThrowAwayServer = { port: number; credentials: Credentials; stop: () => Promise<void> };

/** A second when idle; a machine that does much else has been seen to need twenty. */
const readyPatienceMs = 60_000;

/** No durability: a test's data is worth nothing after the test. */
const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
const roomy = [
  "-c",
  "deadlock_timeout=100ms",
  "-c",
  "max_connections=400",
  "-c",
  "shared_buffers=128MB",
  "-c",
  "autovacuum_naptime=10s",
];

/**
 * A server of its own for one test run: own folder, own port. A small shell holds it, which ends the server and removes
 * the folder when our end of its input closes, so that even a killed run leaves nothing behind.
 */
export async function startThrowAway(): Promise<ThrowAwayServer> {
  const runAs = chooseRunAs("/nonexistent");
  const parent = canReach(tmpdir(), runAs) ? tmpdir() : "/tmp";
  const home = mkdtempSync(join(parent, "remit-test-"));
  if (runAs.uid !== undefined) chownSync(home, runAs.uid, runAs.gid ?? runAs.uid);
  const binaries = findBinaries(runAs);
  const cluster: Cluster = { folder: join(home, "postgresql"), logFile: join(home, "postgresql.log"), binaries, runAs };
  const credentials = keepCredentials(join(home, "database.json"));
  await initialiseCluster(cluster, credentials, ["--no-sync"]);
  const port = await freePort();
  const script = '"$@" >"$LOG" 2>&1 & server=$!; read line; kill -QUIT $server; wait $server; rm -rf "$HOME_FOLDER"';
  const keeper = spawn(
    "/bin/sh",
    ["-c", script, "sh", binaries.postgres, "-D", cluster.folder, ...postgresArguments(port), ...fast, ...roomy],
    {
      ...runAs,
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      env: { PATH: process.env["PATH"], NODE_ENV: "production", LC_ALL: "C", LOG: cluster.logFile, HOME_FOLDER: home },
    },
  );
  const giveUpAt = performance.now() + readyPatienceMs;
  while (!findPostmaster(cluster.folder)?.ready) {
    if (performance.now() > giveUpAt)
      throw new Error(`The test database did not start:\n${lastWords(cluster.logFile)}`);
    await sleep(10);
  }
  return {
    port,
    credentials,
    stop: async () => {
      const gone = once(keeper, "exit");
      keeper.stdin.end();
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
