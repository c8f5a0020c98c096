import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { isCode, withFolderLock } from "./lock.ts";
import { type Cluster, findPostmaster, settlePostmaster, startPostmaster } from "./postmaster.ts";

/** What whoever looks after the server has to tell. */
export type ClusterNews =
  /** It ended without having been told to; it is started again now. */
  | { kind: "died" }
  | { kind: "back"; afterMs: number }
  | { kind: "not_started"; error: unknown; againInMs: number }
  /** Somebody stopped it in good order: that is theirs to undo, and it is left alone. */
  | { kind: "stopped" };

export type Supervised = { cluster: Cluster; dataFolder: string; port: number; report: (news: ClusterNews) => void };

const lookEveryMs = 200;
const longestPauseMs = 30_000;
/** Up for so long, it is well again: the next end is answered at once. */
const wellAfterMs = 60_000;

/**
 * Looks after the server that others rely on: one that died (killed, out of memory) is started again on its port, with
 * pauses that grow while it dies again and again. Answers how to end that.
 */
export function supervise({ cluster, dataFolder, port, report }: Supervised): () => Promise<void> {
  const over = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: over.signal, ref: false });
  const start = () =>
    withFolderLock(dataFolder, async () => {
      over.signal.throwIfAborted();
      if (!(await settlePostmaster(cluster.folder))) await startPostmaster(cluster, { port, onlyThere: true });
    });

  async function watch(): Promise<void> {
    let found: State = "runs";
    let diedAt = -Infinity;
    let pauseMs = 0;
    for (;;) {
      await pause(lookEveryMs);
      const before = found;
      try {
        found = stateOf(cluster.folder);
        if (found === "runs" && before === "died") report({ kind: "back", afterMs: performance.now() - diedAt });
        if (found === "stopped" && before !== "stopped") report({ kind: "stopped" });
        if (found !== "died") continue;
        if (before !== "died") {
          if (performance.now() - diedAt > wellAfterMs) pauseMs = 0;
          diedAt = performance.now();
          report({ kind: "died" });
        }
        await pause(pauseMs);
        pauseMs = longer(pauseMs);
        await start();
      } catch (error) {
        if (over.signal.aborted) return;
        report({ kind: "not_started", error, againInMs: pauseMs });
      }
    }
  }

  const watching = watch().catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  return async () => {
    over.abort();
    await watching;
  };
}

type State = "runs" | "died" | "stopped";

function stateOf(folder: string): State {
  if (findPostmaster(folder)) return "runs";
  return wasToldToStop(folder) ? "stopped" : "died";
}

const longer = (pauseMs: number): number => Math.min(longestPauseMs, Math.max(250, pauseMs * 2));

/**
 * Whether the server's last run ended in good order. Its control file says so: after a fixed head of 16 bytes, the state
 * of the cluster, where 1 is "shut down" (PostgreSQL's `DBState`, in `catalog/pg_control.h`).
 */
function wasToldToStop(folder: string): boolean {
  try {
    return readFileSync(join(folder, "global", "pg_control")).readInt32LE(16) === 1;
  } catch (error) {
    // The folder is gone altogether: nothing is left to be started.
    if (isCode(error, "ENOENT")) return true;
    throw error;
  }
}
