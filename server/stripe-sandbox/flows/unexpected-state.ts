import type Stripe from "stripe";

import { refusal } from "../call/stripe-fault.ts";

/** What an intent in this state does not do. */
export function unexpectedState(intent: Stripe.PaymentIntent, verb: string): Error {
  return refusal({
    code: "payment_intent_unexpected_state",
    message: `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`,
    extra: { payment_intent: intent },
  });
}
