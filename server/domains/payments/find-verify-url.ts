import { eq } from "drizzle-orm";

import { payments } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode, notFound } from "#server/platform/faults.ts";

import { subjectOf } from "./rows.ts";

/**
 * The processor's page where the payer tells the micro-deposits that arrived in their bank account; null when the attempt
 * waits for nothing of that kind, or the processor does not answer now. Throws a fault for whoever may not pay.
 */
export async function findVerifyUrl(ctx: Ctx, paymentId: string): Promise<string | null> {
  const [payment] = await ctx.db
    .select({
      ...{ accountId: payments.accountId, payLinkId: payments.payLinkId, intentId: payments.intentId },
      ...{ state: payments.state, kind: payments.kind },
    })
    .from(payments)
    .where(eq(payments.id, paymentId));
  if (!payment) throw notFound("payment");
  authorize(ctx.actor, "payment.make", subjectOf(payment));
  if (payment.state !== "requires_action" || payment.kind !== "bank_debit" || payment.intentId === null) return null;
  try {
    return (await ctx.processor.getIntent(payment.intentId)).verifyUrl;
  } catch (error) {
    if (faultCode(error) === "unavailable") return null;
    throw error;
  }
}
