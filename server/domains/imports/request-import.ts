import { and, eq, inArray } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { importRuns } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type ImportMap } from "./map.ts";

export type RequestedImport = {
  runId: string;
  map: ImportMap;
  asOf: LocalDate | null;
  skipBad: boolean;
  /** Check only: nothing is posted. */
  dryRun: boolean;
};

/**
 * Says what an uploaded file's columns mean and asks for it to be checked, or checked and posted; a job does it. Refuses
 * a run that is under way, posted already, or unknown. Throws a fault for whoever may not import.
 */
export async function requestImport({
  ctx,
  input: { runId, map, asOf, skipBad, dryRun },
}: {
  ctx: Ctx;
  input: RequestedImport;
}): Promise<Ok<null> | Refusal<"not_waiting">> {
  authorize(ctx.actor, "import.run");
  return withTransaction(ctx.db, async (tx) => {
    const moved = await tx
      .update(importRuns)
      .set({ map, asOf, skipBad: skipBad ? 1 : 0, state: "checking", result: null, rowsRead: 0, posted: 0 })
      .where(and(eq(importRuns.id, runId), inArray(importRuns.state, ["uploaded", "refused", "failed"])))
      .returning({ id: importRuns.id });
    if (moved.length === 0) return refuse("not_waiting");
    await appendEvent(tx, "import.requested", { runId, dryRun });
    return ok(null);
  });
}
