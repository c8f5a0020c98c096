import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

import { type Log } from "#server/platform/ctx.ts";

type RecordEnd = (...values: unknown[]) => Promise<void>;

const ENDS = [
  ["graphile-worker/dist/sql/completeJobs.js", "batchCompleteJobs"],
  ["graphile-worker/dist/sql/failJobs.js", "batchFailJobs"],
] as const;

const MOST_TRIES = 200;
const LONGEST_PAUSE_MS = 3_000;

let mended = false;

/**
 * graphile-worker 0.17.3 records how a job ended by a call that nobody waits for: with its line to the database cut, the
 * rejection ends the process, and the job would run again. Here it is tried again until it is recorded.
 * Done once, before the worker starts; with a version that is made otherwise it throws.
 */
export function mendEndsOfJobs(log: Log): void {
  if (mended) return;
  const load = createRequire(import.meta.url);
  for (const [file, name] of ENDS) {
    const module = load(file) as Record<string, RecordEnd | undefined>;
    const record = module[name];
    if (!record) throw new Error(`This version of graphile-worker is not the one that is mended here (${file}).`);
    module[name] = patiently(record, log);
  }
  mended = true;
}

/** Tries again, for ten minutes; what is not recorded by then is said, and the job runs once more when its lock is old. */
export function patiently(record: RecordEnd, log: Log): RecordEnd {
  return async (...values) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await record(...values);
        return;
      } catch (error) {
        if (tries === 1) log.warn({ err: error }, "how a job ended cannot be recorded now; it is tried again");
        if (tries === MOST_TRIES) {
          log.error({ err: error }, "how a job ended was not recorded");
          return;
        }
        await sleep(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** tries), undefined, { ref: false });
      }
    }
  };
}
