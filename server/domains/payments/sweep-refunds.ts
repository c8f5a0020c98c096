import { and, eq, inArray, lt, or, sql } from "drizzle-orm";

import { payments, refunds } from "#db/schema/index.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";

import { applyRefund, type RefundRow } from "./apply-refund.ts";
import { carryOnRefund } from "./refund-payment.ts";

const MINUTE = 60_000;
/** How long a refund is left alone, from its request and between two questions: its answer or a webhook may come. */
const PATIENCE_MS = { requested: MINUTE / 6, pending: 60 * MINUTE };
const BATCH = 50;

/**
 * Finds refunds that nobody told us about any more, and asks the processor first: what it never heard of is asked for
 * once, with its own key. Says how many it looked at.
 */
export async function sweepRefunds(ctx: Ctx): Promise<number> {
  const due = await takeDue(ctx);
  await eachAlone(due, async (refund) => {
    try {
      await sweepOne(ctx, refund);
    } catch (error) {
      if (faultCode(error) !== "unavailable") throw error;
    }
  });
  return due.length;
}

async function takeDue({ db, now }: Ctx): Promise<RefundRow[]> {
  const lastAsked = sql<Date>`coalesce(${refunds.askedAt}, ${refunds.requestedAt})`;
  const due = (state: keyof typeof PATIENCE_MS) =>
    and(eq(refunds.state, state), lt(lastAsked, new Date(now.getTime() - PATIENCE_MS[state]).toISOString()));
  const taken = db
    .select({ id: refunds.id })
    .from(refunds)
    .where(or(due("requested"), due("pending")))
    .orderBy(lastAsked)
    .limit(BATCH)
    .for("update", { skipLocked: true });
  return db.update(refunds).set({ askedAt: now }).where(inArray(refunds.id, taken)).returning();
}

async function sweepOne(ctx: Ctx, refund: RefundRow): Promise<void> {
  if (refund.processorId !== null) {
    await applyRefund(ctx, refund.id, await ctx.processor.getRefund(refund.processorId));
    return;
  }
  const [payment] = await ctx.db
    .select({ chargeId: payments.chargeId })
    .from(payments)
    .where(eq(payments.id, refund.paymentId));
  // The processor may have given it and forgotten our key (it keeps one for a day): look by our own id before asking.
  const chargeId = payment?.chargeId ?? null;
  const found = chargeId === null ? null : await ctx.processor.findRefund({ chargeId, refundId: refund.id });
  if (found) await applyRefund(ctx, refund.id, found);
  else await carryOnRefund(ctx, refund.id);
}
