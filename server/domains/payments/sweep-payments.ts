import { and, eq, inArray, lt, or, sql } from "drizzle-orm";

import { payments, processorCustomers } from "#db/schema/index.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";

import { applyIntent } from "./apply-intent.ts";
import { refreshPayment } from "./refresh-payment.ts";
import { type PaymentRow } from "./rows.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long an attempt is left alone, from its start and between two questions: its request or a webhook may answer. */
const PATIENCE_MS = { requested: MINUTE / 6, requires_action: 5 * MINUTE, processing: 60 * MINUTE };
/** How long the payer may take: a 3-D Secure step, and micro-deposits, which take days to arrive. */
const GIVE_UP_MS = { card: 60 * MINUTE, bank_debit: 10 * DAY };
const BATCH = 50;

/**
 * Finds attempts that nobody told us about any more, and asks the processor first: what it settled is settled, what it
 * never heard of is asked for once with its own key, what the payer left is cancelled. Says how many it moved.
 */
export async function sweepPayments(ctx: Ctx): Promise<number> {
  let moved = 0;
  await eachAlone(await takeDue(ctx), async (payment) => {
    try {
      if (await sweepOne(ctx, payment)) moved += 1;
    } catch (error) {
      if (faultCode(error) !== "unavailable") throw error;
    }
  });
  return moved;
}

/** The longest unasked come first, and each is marked as asked: many slow bank debits keep nothing else waiting. */
async function takeDue({ db, now }: Ctx): Promise<PaymentRow[]> {
  const lastAsked = sql<Date>`coalesce(${payments.askedAt}, ${payments.requestedAt})`;
  const due = (state: keyof typeof PATIENCE_MS) =>
    and(eq(payments.state, state), lt(lastAsked, new Date(now.getTime() - PATIENCE_MS[state]).toISOString()));
  const taken = db
    .select({ id: payments.id })
    .from(payments)
    .where(or(due("requested"), due("requires_action"), due("processing")))
    .orderBy(lastAsked)
    .limit(BATCH)
    .for("update", { skipLocked: true });
  return db.update(payments).set({ askedAt: now }).where(inArray(payments.id, taken)).returning();
}

async function sweepOne(ctx: Ctx, payment: PaymentRow): Promise<boolean> {
  const age = ctx.now.getTime() - payment.requestedAt.getTime();
  const giveUp = payment.kind === "bank_debit" ? GIVE_UP_MS.bank_debit : GIVE_UP_MS.card;
  if (payment.state === "requires_action" && payment.intentId !== null && age > giveUp) {
    return (await applyIntent(ctx, payment.id, await ctx.processor.cancelIntent(payment.intentId))).changed;
  }
  if (payment.intentId === null) {
    const found = await findLost(ctx, payment);
    if (found) return (await applyIntent(ctx, payment.id, found)).changed;
  }
  return (await refreshPayment(ctx, payment.id)).changed;
}

/** The processor may have charged and forgotten our key (it keeps one for a day): look by our own id before asking. */
async function findLost(ctx: Ctx, payment: PaymentRow) {
  const [customer] = await ctx.db
    .select({ id: processorCustomers.processorId })
    .from(processorCustomers)
    .where(eq(processorCustomers.accountId, payment.accountId));
  return customer ? ctx.processor.findIntent({ customerId: customer.id, paymentId: payment.id }) : null;
}
