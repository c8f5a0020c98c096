import { Readable } from "node:stream";

import { eq } from "drizzle-orm";

import { parseLocalDate } from "#app/contracts/local-date.ts";
import { type Db } from "#db/client.ts";
import { importRuns } from "#db/schema/index.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { importMapSchema } from "./map.ts";
import { runImport } from "./run-import.ts";

const TELL_EVERY_MS = 300;

/**
 * Does what requestImport asked for, keeping its progress on the run so that a page can show it. A repeated job goes on
 * where a killed one was: what is posted stays posted. Throws what the database throws, after the run is marked failed.
 */
export async function runRequestedImport({
  ctx,
  db,
  input: { runId, dryRun },
}: {
  ctx: Ctx;
  db: Db;
  input: { runId: string; dryRun: boolean };
}): Promise<void> {
  const [run] = await db.select().from(importRuns).where(eq(importRuns.id, runId)).limit(1);
  if (!run || (run.state !== "checking" && run.state !== "posting")) return;
  const storageKey = present(run.storageKey, "an uploaded run has a file");
  const bytes = await ctx.files.get(storageKey);
  let toldAt = 0;
  try {
    const result = await runImport({
      ctx,
      db,
      input: {
        ...{ runId, dryRun, fileName: run.fileName, source: Readable.from(slices(bytes)) },
        ...{ map: importMapSchema.parse(run.map), skipBad: run.skipBad === 1 },
        asOf: run.asOf === null ? null : parseLocalDate(run.asOf),
        onProgress: ({ step, rows }) => {
          if (step !== "reading" || performance.now() - toldAt < TELL_EVERY_MS) return;
          toldAt = performance.now();
          void db
            .update(importRuns)
            .set({ rowsRead: rows })
            .where(eq(importRuns.id, runId))
            .catch(() => undefined);
        },
      },
    });
    // Somebody's books are not kept longer than they are needed.
    if (result.ok && !dryRun) await ctx.files.remove(storageKey);
  } catch (error) {
    await db.update(importRuns).set({ state: "failed" }).where(eq(importRuns.id, runId));
    throw error;
  }
}

function* slices(bytes: Buffer, size = 64 * 1024): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
