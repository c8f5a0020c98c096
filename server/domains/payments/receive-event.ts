import { sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { processorEvents } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { isEcho } from "./echoes.ts";

/**
 * The webhook inbox: verifies the signature, stores the event before it is answered, and leaves the rest to a job; an echo
 * of our own doing is done with when it is stored. The same event again changes nothing. Refuses what the processor did not sign, or signed too long ago.
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
  const store = async (db: DbOrTx): Promise<boolean> => {
    const inserted = await db
      .insert(processorEvents)
      .values({ id, type, objectId, payload, eventCreatedAt: createdAt, processedAt: isEcho(type) ? sql`now()` : null })
      .onConflictDoNothing()
      .returning({ id: processorEvents.id });
    return inserted.length > 0;
  };
  if (isEcho(type)) return ok({ fresh: await store(ctx.db) });
  return withTransaction(ctx.db, async (tx) => {
    const fresh = await store(tx);
    if (fresh) await appendEvent(tx, "processor_event.received", { eventId: id });
    return ok({ fresh });
  });
}
