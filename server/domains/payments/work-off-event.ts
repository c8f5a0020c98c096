import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";

import { processorEvents } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { processEvent } from "./process-event.ts";

type WorkOff = { eventId: string } & ({ how: "again" } | { how: "seen"; reason: string });

/**
 * Works off a parked event: tries it once more (what we did not know then we may know now), or puts it aside with the
 * reason of whoever looked at it. Both are in the audit log. Tried in vain it is parked again: `still_parked` says why.
 * Refuses what is not parked (any more) and an empty reason. Throws unavailable when the processor cannot be asked.
 */
export async function workOffEvent({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: WorkOff;
}): Promise<Ok<null> | Refusal<"not_parked"> | Refusal<"reason_needed"> | (Refusal<"still_parked"> & { why: string })> {
  authorize(ctx.actor, "event.work_off");
  const { eventId } = input;
  if (input.how === "seen" && input.reason.trim() === "") return refuse("reason_needed");
  const done = input.how === "seen" ? { processedAt: sql`now()` } : { parkedAt: null, parkedReason: null };
  const taken = await withTransaction(ctx.db, async (tx) => {
    const [event] = await tx
      .update(processorEvents)
      .set(done)
      .where(
        and(eq(processorEvents.id, eventId), isNotNull(processorEvents.parkedAt), isNull(processorEvents.processedAt)),
      )
      .returning({ type: processorEvents.type });
    if (!event) return false;
    await recordAudit(tx, ctx, {
      ...{ action: input.how === "seen" ? "event.seen" : "event.tried_again", subjectKind: "processor_event" },
      ...{ subjectId: eventId, after: { type: event.type }, reason: input.how === "seen" ? input.reason.trim() : null },
    });
    await appendEvent(tx, "processor_event.worked_off", { eventId });
    return true;
  });
  if (!taken) return refuse("not_parked");
  if (input.how === "seen") return ok(null);
  await processEvent(ctx, eventId);
  const [now] = await ctx.db
    .select({ parkedReason: processorEvents.parkedReason })
    .from(processorEvents)
    .where(eq(processorEvents.id, eventId));
  return now?.parkedReason ? refuse("still_parked", { why: now.parkedReason }) : ok(null);
}
