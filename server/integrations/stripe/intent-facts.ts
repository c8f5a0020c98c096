import type Stripe from "stripe";

import {
  type ChargeFacts,
  type Failure,
  type IntentFacts,
  type IntentState,
  type MethodFacts,
  RETRY_ADVICE,
} from "#server/platform/processor.ts";

import { failureOf } from "./failures.ts";

/** What every reading of an intent needs beside it. */
export const INTENT_EXPANSIONS = ["latest_charge.balance_transaction", "payment_method"];

const STATES: Readonly<Record<string, IntentState>> = {
  requires_action: "requires_action",
  requires_confirmation: "requires_action",
  // We confirm when we create, so asking for a method again means that the attempt failed.
  requires_payment_method: "failed",
  requires_capture: "processing",
  processing: "processing",
  succeeded: "settled",
  canceled: "canceled",
};

/** Stripe's intent as our facts. */
export function toIntentFacts(intent: Stripe.PaymentIntent): IntentFacts {
  const state = STATES[intent.status] ?? "processing";
  const error = intent.last_payment_error;
  const failed = state === "failed" || (state === "canceled" && error !== null);
  return {
    intentId: intent.id,
    paymentId: intent.metadata["payment_id"] ?? null,
    state,
    clientSecret: state === "requires_action" ? intent.client_secret : null,
    actionKind: state === "requires_action" ? actionOf(intent) : null,
    verifyUrl: intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? null,
    charge: state === "settled" ? toChargeFacts(intent) : null,
    method: toMethodFacts(intent),
    reusable: intent.setup_future_usage !== null && intent.customer !== null,
    failure: failed ? toFailure(error) : null,
  };
}

const toFailure = (error: Stripe.PaymentIntent.LastPaymentError | null): Failure => ({
  code: failureOf(error?.code, error?.decline_code),
  declineCode: error?.decline_code ?? error?.code ?? null,
  advice: RETRY_ADVICE.find((advice) => advice === error?.advice_code) ?? null,
});

const actionOf = (intent: Stripe.PaymentIntent) =>
  intent.next_action?.type === "verify_with_microdeposits" ? "verify_microdeposits" : "authenticate";

function toChargeFacts(intent: Stripe.PaymentIntent): ChargeFacts {
  const charge = intent.latest_charge;
  if (charge === null || typeof charge === "string") throw new Error("a settled intent was read without its charge");
  const balance = charge.balance_transaction;
  const known = balance !== null && typeof balance !== "string" ? balance : null;
  return {
    id: charge.id,
    capturedMinor: BigInt(charge.amount_captured),
    settledAt: new Date((known?.created ?? charge.created) * 1000),
    fee: known === null ? null : { amountMinor: BigInt(known.fee), source: known.id },
  };
}

function toMethodFacts(intent: Stripe.PaymentIntent): MethodFacts | null {
  const method = intent.payment_method ?? intent.last_payment_error?.payment_method ?? null;
  if (method === null || typeof method === "string") return null;
  const charge = typeof intent.latest_charge === "string" ? null : intent.latest_charge;
  const mandateId = charge?.payment_method_details?.us_bank_account?.mandate;
  return methodFactsOf(method, typeof mandateId === "string" ? mandateId : (mandateId?.id ?? null));
}

/** A payment method as our facts; null for a kind that we do not take. */
export function methodFactsOf(method: Stripe.PaymentMethod, mandateId: string | null): MethodFacts | null {
  const { card, us_bank_account: bank } = method;
  const of = { processorId: method.id, mandateId };
  if (bank) {
    const { bank_name: bankName, last4 } = bank;
    const none = { brand: null, wallet: null, expMonth: null, expYear: null };
    return { ...of, ...none, kind: "bank_debit", last4: last4 ?? "", bankName };
  }
  if (!card) return null;
  const { brand, last4, exp_month: expMonth, exp_year: expYear } = card;
  return { ...of, kind: "card", brand, wallet: card.wallet?.type ?? null, last4, expMonth, expYear, bankName: null };
}
