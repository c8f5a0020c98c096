import { eq } from "drizzle-orm";

import { money } from "#app/contracts/money.ts";
import { payments, refunds, type RefundState } from "#db/schema/index.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";
import { faultPoint } from "#server/platform/fault-point.ts";
import { type RefundFailure } from "#server/platform/processor.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { applyRefund, type RefundOutcome } from "./apply-refund.ts";
import { startPatience } from "./patience.ts";
import { type RefundRefusal, type RefundRequest, requestRefund } from "./request-refund.ts";

export type RefundedPayment = {
  refundId: string;
  actionId: string;
  /** `requested`: the processor has not answered; it goes on by itself and nothing is given twice. */
  state: RefundState;
  failure: RefundFailure | null;
  /** The card's place in the thread. */
  messageSeq: number | null;
};

/**
 * Gives money of a settled payment back, by its cause (MONEY.md, "Rows"): `overpaid` takes the payment's own open credit
 * and leaves the bills paid; `billed_wrong` (the default of the console) writes a credit note per bill in the same
 * transaction, `goodwill` a gift borne by an allowance; `reopen` makes the bills owed again. Amounts in minor units,
 * without the convenience fee, which stays unless `feeBack` says so or the whole payment is refunded at once.
 *
 * The journals post with the request; then the processor is asked with our own key, outside any transaction, and its
 * answer recorded: whoever dies in between, the webhook or the sweep goes on. The same key gives it once. Refuses what
 * is not settled, more than is left (of the payment, of a bill, of its lines, of the overpayment), what the bank has
 * under review, and what is above the limits of whoever asks, with the names of those who may. Throws a fault for
 * whoever may not refund.
 */
export async function refundPayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: RefundRequest;
}): Promise<Ok<RefundedPayment> | RefundRefusal> {
  const requested = await requestRefund(ctx, input);
  if (!requested.ok) return requested;
  const { refundId, actionId, messageSeq } = requested.value;
  const moved = await startPatience(ctx)(carryOnRefund(ctx, refundId), () => UNANSWERED);
  return ok({ refundId, actionId, messageSeq, ...moved });
}

const UNANSWERED = { state: "requested", failure: null } as const;

/** Steps (2) and (3) of a requested refund; done before, they say how it stands. */
export async function carryOnRefund(
  ctx: Ctx,
  refundId: string,
): Promise<{ state: RefundState; failure: RefundFailure | null }> {
  const [row] = await ctx.db
    .select({ refund: refunds, chargeId: payments.chargeId })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(refunds.id, refundId));
  const { refund, chargeId } = present(row, "a requested refund has a row");
  if (refund.state !== "requested") {
    return { state: refund.state, failure: refund.failureCode as RefundFailure | null };
  }
  const { amountMinor, feeMinor, currency } = refund;
  faultPoint("before-processor-call");
  const outcome = await ask(ctx, {
    refundId,
    chargeId: present(chargeId, "a settled payment by card or bank debit has its charge"),
    amount: money(amountMinor + feeMinor, currency),
  });
  faultPoint("after-processor-call");
  if (outcome === null) return UNANSWERED;
  return { state: await applyRefund(ctx, refundId, outcome), failure: outcome.failure };
}

type Asking = { refundId: string; chargeId: string; amount: ReturnType<typeof money> };

/** Null: the processor does not answer now. */
async function ask(ctx: Ctx, { refundId, chargeId, amount }: Asking): Promise<RefundOutcome | null> {
  try {
    const answer = await ctx.processor.startRefund({ key: `refund:${refundId}`, refundId, chargeId, amount });
    if (!answer.known) return null;
    return answer.refund ?? { id: null, state: "failed", failure: "failure" in answer ? answer.failure : "other" };
  } catch (error) {
    if (faultCode(error) === "unavailable") return null;
    throw error;
  }
}
