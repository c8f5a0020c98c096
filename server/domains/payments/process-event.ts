import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { z } from "zod";

import { type DbOrTx } from "#db/client.ts";
import { paymentMethods, payments, processorEvents, refunds } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultPoint } from "#server/platform/fault-point.ts";
import { type IntentFacts } from "#server/platform/processor.ts";

import { applyIntent } from "./apply-intent.ts";
import { applyRefund } from "./apply-refund.ts";
import { isEcho } from "./echoes.ts";
import { followSetup } from "./open-setups.ts";
import { recordChargeback } from "./record-chargeback.ts";
import { recordPayout } from "./record-payout.ts";
import { refreshCard } from "./refresh-card.ts";

const objectSchema = z.object({
  id: z.string(),
  object: z.string(),
  payment_intent: z.string().nullish(),
});

/**
 * Works off one event of the inbox: asks the processor for the current state of what it is about, so that order, copies
 * and delays make no difference, and records that. What we do not know is parked and listed. Throws unavailable when the
 * processor cannot be asked; the job comes back.
 */
export async function processEvent(ctx: Ctx, eventId: string): Promise<void> {
  const [event] = await ctx.db.select().from(processorEvents).where(eq(processorEvents.id, eventId)).limit(1);
  if (!event || event.processedAt !== null || event.parkedAt !== null) return;
  faultPoint("before-event-processing");
  await ctx.db
    .update(processorEvents)
    .set({ attempts: sql`${processorEvents.attempts} + 1` })
    .where(eq(processorEvents.id, eventId));
  const parked = await handle(ctx, event.type, event.payload);
  await recordOutcome(ctx, eventId, parked);
  if (parked !== null) {
    ctx.log.warn({ eventId, type: event.type, reason: parked }, "an event of the processor waits for a person");
  }
}

async function recordOutcome(ctx: Ctx, eventId: string, parked: string | null): Promise<void> {
  const done = parked === null ? { processedAt: sql`now()` } : { parkedAt: sql`now()`, parkedReason: parked };
  await withTransaction(ctx.db, async (tx) => {
    const changed = await tx
      .update(processorEvents)
      .set(done)
      .where(and(eq(processorEvents.id, eventId), isNull(processorEvents.processedAt)))
      .returning({ id: processorEvents.id });
    if (parked !== null && changed.length > 0) await appendEvent(tx, "processor_event.parked", { eventId });
  });
}

/** Null when it is done, else why a person must look at it. */
async function handle(ctx: Ctx, type: string, payload: unknown): Promise<string | null> {
  const object = objectSchema.safeParse((payload as { data?: { object?: unknown } }).data?.object);
  if (!object.success) return "unreadable";
  if (isEcho(type)) return null;
  if (type.startsWith("setup_intent.")) return followSetup(ctx, object.data.id);
  if (METHOD_CHANGES.includes(type)) return followMethod(ctx, object.data.id);
  if (type.startsWith("payment_intent.")) return followIntent(ctx, object.data.id);
  if (type === "charge.updated") return followIntent(ctx, object.data.payment_intent ?? null);
  if (type.startsWith("charge.dispute.")) return recordChargeback(ctx, await ctx.processor.getDispute(object.data.id));
  if (type.startsWith("refund.") || type === "charge.refund.updated") return followRefund(ctx, object.data.id);
  if (type.startsWith("payout.")) {
    await recordPayout(ctx, await ctx.processor.getPayout(object.data.id));
    return null;
  }
  return "no_handler";
}

/** Its own word that a card's details were edited, or that its bank renewed or replaced it. */
const METHOD_CHANGES = ["payment_method.updated", "payment_method.automatically_updated"];

/** A method that is saved nowhere here is nobody's business. */
async function followMethod(ctx: Ctx, processorId: string): Promise<null> {
  const saved = await ctx.db
    .select({ id: paymentMethods.id })
    .from(paymentMethods)
    .where(and(eq(paymentMethods.processorId, processorId), isNull(paymentMethods.removedAt)));
  for (const { id } of saved) await refreshCard(ctx, id);
  return null;
}

/** By the refund we know, else by our own id on it: the webhook may be here before the answer is. */
async function followRefund(ctx: Ctx, processorId: string): Promise<string | null> {
  const facts = await ctx.processor.getRefund(processorId);
  const ours = z.uuid().safeParse(facts.refundId);
  const [known] = await ctx.db
    .select({ id: refunds.id })
    .from(refunds)
    .where(or(eq(refunds.processorId, processorId), ours.success ? eq(refunds.id, ours.data) : undefined));
  if (!known) return "unknown_object";
  await applyRefund(ctx, known.id, facts);
  return null;
}

async function followIntent(ctx: Ctx, intentId: string | null): Promise<string | null> {
  if (intentId === null) return "unknown_object";
  const facts = await ctx.processor.getIntent(intentId);
  const paymentId = await findPaymentOf(ctx.db, facts);
  if (paymentId === null) return "unknown_object";
  await applyIntent(ctx, paymentId, facts);
  return null;
}

/** By the intent we know, else by our own id on it: the webhook may be here before the answer is. */
async function findPaymentOf(db: DbOrTx, { intentId, paymentId }: IntentFacts): Promise<string | null> {
  const [known] = await db.select({ id: payments.id }).from(payments).where(eq(payments.intentId, intentId));
  if (known) return known.id;
  if (paymentId === null || !z.uuid().safeParse(paymentId).success) return null;
  const [ours] = await db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.id, paymentId), isNull(payments.intentId)));
  return ours?.id ?? null;
}

/** Events that wait although nobody works on them: queued again by the sweep. */
export async function listStaleEvents(db: DbOrTx, olderThanMs: number): Promise<string[]> {
  const rows = await db
    .select({ id: processorEvents.id })
    .from(processorEvents)
    .where(
      and(
        isNull(processorEvents.processedAt),
        isNull(processorEvents.parkedAt),
        lt(processorEvents.receivedAt, sql`now() - make_interval(secs => ${olderThanMs / 1000})`),
      ),
    )
    .orderBy(processorEvents.receivedAt)
    .limit(200);
  return rows.map((row) => row.id);
}
