import { processorEvents } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

/**
 * The webhook inbox: verifies the signature, stores the event before it is answered, and leaves the rest to a job. The
 * same event again changes nothing. Refuses what the processor did not sign, or signed too long ago.
 */
export async function receiveEvent({
  ctx,
  input: { raw, signature },
}: {
  ctx: Ctx;
  input: { raw: string; signature: string };
}): Promise<Ok<{ fresh: boolean }> | Refusal<"bad_signature">> {
  const event = ctx.processor.readEvent(raw, signature);
  if (event === null) return refuse("bad_signature");
  const { id, type, objectId, payload, createdAt } = event;
  return withTransaction(ctx.db, async (tx) => {
    const inserted = await tx
      .insert(processorEvents)
      .values({ id, type, objectId, payload, eventCreatedAt: createdAt })
      .onConflictDoNothing()
      .returning({ id: processorEvents.id });
    if (inserted.length > 0) await appendEvent(tx, "processor_event.received", { eventId: id });
    return ok({ fresh: inserted.length > 0 });
  });
}
