import type Stripe from "stripe";

import { keptError, type Reply } from "../call/reply.ts";
import { docUrl, type ErrorBody } from "../call/stripe-fault.ts";
import { type Decline } from "../catalogue/declines.ts";
import { saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";

export type Failure = Decline & { type: "card_error" | "invalid_request_error" };

function errorOf(failure: Failure, facts: { charge: string | null; method: Stripe.PaymentMethod }): ErrorBody {
  return {
    ...(failure.adviceCode === undefined ? {} : { advice_code: failure.adviceCode }),
    ...(facts.charge === null ? {} : { charge: facts.charge }),
    code: failure.code,
    ...(failure.declineCode === undefined ? {} : { decline_code: failure.declineCode }),
    doc_url: docUrl(failure.code),
    message: failure.message,
    ...(failure.networkCode === undefined ? {} : { network_decline_code: failure.networkCode }),
    payment_method: facts.method,
    type: failure.type,
  };
}

/** The intent goes back to wanting a payment method, with the reason. The answer is Stripe's 402. */
export async function failPayment(
  work: Work,
  intent: Stripe.PaymentIntent,
  outcome: { failure: Failure; charge: string | null; method: Stripe.PaymentMethod },
): Promise<Reply> {
  const error = errorOf(outcome.failure, outcome);
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = error as Stripe.PaymentIntent.LastPaymentError;
  if (outcome.charge !== null) intent.latest_charge = outcome.charge;
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.payment_failed", { object: intent });
  return keptError(402, { ...error, payment_intent: structuredClone(intent) });
}

/** The same for a method that was to be saved. */
export async function failSetup(
  work: Work,
  intent: Stripe.SetupIntent,
  outcome: { failure: Failure; method: Stripe.PaymentMethod },
): Promise<Reply> {
  const error = errorOf(outcome.failure, { charge: null, method: outcome.method });
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_setup_error = error as Stripe.SetupIntent.LastSetupError;
  await saveDocument(work, { kind: "setup_intent", doc: intent });
  await emit(work, "setup_intent.setup_failed", { object: intent });
  return keptError(402, { ...error, setup_intent: structuredClone(intent) });
}
