import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { importRows, importRuns } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Why a run ended before its end: its process stopped, so many times. */
export type StoppedImport = { ok: false; reason: "stopped"; times: number };

/** How many processes may die of a run before it ends as failed. */
export const IMPORT_TRIES = 3;

/** Ends a run whose process stopped each time it was tried; whoever looks at it can start it again. */
export async function endStoppedImport(ctx: Ctx, { runId }: { runId: string }): Promise<void> {
  authorize(ctx.actor, "import.run");
  await end(ctx, eq(importRuns.id, runId), IMPORT_TRIES);
}

/**
 * Ends what an earlier command left of a file: nobody else ever goes on with that. Says how many of its bills are in the
 * books, or null where nothing was left. One that still runs beside this ends its own run once more.
 */
export async function endLeftImports(ctx: Ctx, { fileName }: { fileName: string }): Promise<{ posted: number } | null> {
  authorize(ctx.actor, "import.run");
  const posted = await end(ctx, and(eq(importRuns.fileName, fileName), isNull(importRuns.storageKey)), 1);
  return posted.length === 0 ? null : { posted: Math.max(...posted) };
}

const end = (ctx: Ctx, which: SQL | undefined, times: number): Promise<number[]> =>
  withTransaction(ctx.db, async (tx) => {
    const ended = await tx
      .update(importRuns)
      .set({
        ...{ state: "failed", finishedAt: new Date() },
        result: { ok: false, reason: "stopped", times } satisfies StoppedImport,
      })
      .where(and(which, inArray(importRuns.state, ["checking", "posting"])))
      .returning({ id: importRuns.id, posted: importRuns.posted });
    await emptyStaging(
      tx,
      ended.map(({ id }) => id),
    );
    return ended.map(({ posted }) => posted);
  });

async function emptyStaging(tx: DbOrTx, runIds: readonly string[]): Promise<void> {
  if (runIds.length > 0) await tx.delete(importRows).where(inArray(importRows.runId, [...runIds]));
}
