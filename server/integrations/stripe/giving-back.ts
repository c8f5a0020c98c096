import Stripe from "stripe";

import { currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { type PayoutFacts, type Processor, type RefundFacts, type RefundFailure } from "#server/platform/processor.ts";

/** More refunds of one charge than anybody makes. */
const MOST_REFUNDS = 100;

/** Stripe's reasons and error codes, as docs.stripe.com/refunds#failed-refunds and /error-codes list them, in our words. */
const FAILURES: Record<string, RefundFailure> = {
  lost_or_stolen_card: "card_gone",
  expired_or_canceled_card: "card_gone",
  declined: "bank_refused",
  unknown: "bank_refused",
  merchant_request: "other",
  insufficient_funds: "not_enough_balance",
  balance_insufficient: "not_enough_balance",
  charge_for_pending_refund_disputed: "charge_disputed",
  charge_disputed: "charge_disputed",
  charge_already_refunded: "already_refunded",
};

type Asked = <T>(call: () => Promise<T>) => Promise<T>;

/** Refunds and payouts: what leaves our balance at the processor. */
export function givingBack(
  stripe: Stripe,
  asked: Asked,
): Pick<Processor, "startRefund" | "getRefund" | "findRefund" | "getPayout"> {
  return {
    async startRefund({ key, refundId, chargeId, amount }) {
      const params = { charge: chargeId, amount: Number(amount.amountMinor), metadata: { refund_id: refundId } };
      try {
        return { known: true, refund: toRefundFacts(await stripe.refunds.create(params, { idempotencyKey: key })) };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        // A refusal is an answer; silence, overload and faults of Stripe's own are not.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return { known: false };
        return { known: true, refund: null, failure: FAILURES[error.code ?? ""] ?? "other" };
      }
    },
    getRefund: async (refundId) => toRefundFacts(await asked(() => stripe.refunds.retrieve(refundId))),
    async findRefund({ chargeId, refundId }) {
      const page = await asked(() => stripe.refunds.list({ charge: chargeId, limit: MOST_REFUNDS }));
      const found = page.data.find((refund) => refund.metadata?.["refund_id"] === refundId);
      return found ? toRefundFacts(found) : null;
    },
    getPayout: async (payoutId) => toPayoutFacts(await asked(() => stripe.payouts.retrieve(payoutId))),
  };
}

function toRefundFacts(refund: Stripe.Refund): RefundFacts {
  const failed = refund.status === "failed" || refund.status === "canceled";
  return {
    id: refund.id,
    refundId: refund.metadata?.["refund_id"] ?? null,
    state: failed ? "failed" : refund.status === "succeeded" ? "succeeded" : "pending",
    failure: failed ? (FAILURES[refund.failure_reason ?? ""] ?? "other") : null,
  };
}

function toPayoutFacts(payout: Stripe.Payout): PayoutFacts {
  const failed = payout.status === "failed" || payout.status === "canceled";
  return {
    id: payout.id,
    amount: money(BigInt(payout.amount), currency(payout.currency.toUpperCase())),
    state: failed ? "failed" : payout.status === "paid" ? "arrived" : "created",
    createdAt: new Date(payout.created * 1000),
    arrivesAt: new Date(payout.arrival_date * 1000),
    failureCode: payout.failure_code,
  };
}
