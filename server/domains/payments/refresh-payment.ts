import { eq } from "drizzle-orm";

import { payments } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

import { applyIntent, type Moved } from "./apply-intent.ts";
import { subjectOf } from "./rows.ts";
import { IN_FLIGHT } from "./rules.ts";
import { askProcessor } from "./start-payment.ts";

/**
 * Asks the processor how an attempt stands and records it: after the payer came back from their bank, and from the sweep.
 * Throws not_found for whoever may not see it; does nothing once it is decided or while the processor does not answer.
 */
export async function refreshPayment(ctx: Ctx, paymentId: string): Promise<Moved> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!payment) throw notFound("payment");
  authorize(ctx.actor, "payment.view", subjectOf(payment));
  const still = { paymentId, state: payment.state, changed: false };
  if (!IN_FLIGHT.includes(payment.state)) return still;
  return askAndApply(ctx, still);
}

/**
 * As refreshPayment, also of an attempt that we believe has failed: to be asked before another one is made in its place.
 * Null while the processor does not answer: nobody knows then, and no other one may be made.
 */
export async function recheckPayment(ctx: Ctx, paymentId: string): Promise<Moved | null> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!payment) throw notFound("payment");
  authorize(ctx.actor, "payment.view", subjectOf(payment));
  const outcome = await askProcessor(ctx, paymentId);
  return outcome === null ? null : applyIntent(ctx, paymentId, outcome);
}

async function askAndApply(ctx: Ctx, still: Moved): Promise<Moved> {
  const { paymentId } = still;
  const outcome = await askProcessor(ctx, paymentId);
  return outcome === null ? still : applyIntent(ctx, paymentId, outcome);
}
