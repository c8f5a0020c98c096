import { eq } from "drizzle-orm";

import { payments, type PaymentState } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { applyIntent } from "./apply-intent.ts";
import { noAnswer, startPatience } from "./patience.ts";
import { subjectOf } from "./rows.ts";

/**
 * Gives up an attempt that waits for the payer (3-D Secure, micro-deposits): cancelled at the processor first, and its
 * claim released once that confirms. Given up again, it is given up. Refuses what is on its way or decided. Throws
 * not_found, a fault for whoever may not pay, unavailable when the processor does not answer.
 */
export async function cancelPayment({
  ctx,
  input: { paymentId },
}: {
  ctx: Ctx;
  input: { paymentId: string };
}): Promise<Ok<{ paymentId: string }> | (Refusal<"not_waiting"> & { state: PaymentState })> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!payment) throw notFound("payment");
  authorize(ctx.actor, "payment.make", subjectOf(payment));
  const { state, intentId } = payment;
  if (state === "canceled" || state === "failed") return ok({ paymentId });
  if (state !== "requires_action" || intentId === null) return refuse("not_waiting", { state });
  const cancel = async () => applyIntent(ctx, paymentId, await ctx.processor.cancelIntent(intentId));
  const now = await startPatience(ctx)(cancel(), noAnswer);
  return now.state === "canceled" || now.state === "failed"
    ? ok({ paymentId })
    : refuse("not_waiting", { state: now.state });
}
