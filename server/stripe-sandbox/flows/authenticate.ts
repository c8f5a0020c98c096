import type Stripe from "stripe";

import { type Reply } from "../call/reply.ts";
import { refusal } from "../call/stripe-fault.ts";
import { idOf } from "../objects/nothing.ts";
import { loadDocument, lockDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { chargeCard } from "./charge-card.ts";
import { failPayment, failSetup, type Failure } from "./decline-payment.ts";
import { finishCardSetup } from "./finish-setup.ts";

const failure = (code: string): Failure => ({
  type: "invalid_request_error",
  code,
  message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
});

function waits(intent: Stripe.PaymentIntent | Stripe.SetupIntent): boolean {
  const type = intent.next_action?.type;
  return intent.status === "requires_action" && (type === "use_stripe_sdk" || type === "redirect_to_url");
}

/** What the customer did on the bank's page. A second press changes nothing. */
export async function authenticate(
  work: Work,
  intentId: string,
  outcome: "complete" | "fail",
): Promise<Reply | undefined> {
  if (intentId.startsWith("seti_")) return authenticateSetup(work, intentId, outcome);
  const { doc: intent } = await lockDocument(work, "payment_intent", intentId);
  if (!waits(intent)) return undefined;
  const { doc: method, inner } = await loadDocument(work, "payment_method", String(idOf(intent.payment_method)));
  if (outcome === "fail")
    return failPayment(work, intent, {
      failure: failure("payment_intent_authentication_failure"),
      charge: null,
      method,
    });
  if (inner.instrument?.type !== "card") throw refusal({ message: "Only a card is authenticated this way." });
  return chargeCard(work, intent, { method, behaviour: inner.instrument.behaviour, authenticated: true });
}

async function authenticateSetup(
  work: Work,
  intentId: string,
  outcome: "complete" | "fail",
): Promise<Reply | undefined> {
  const { doc: intent } = await lockDocument(work, "setup_intent", intentId);
  if (!waits(intent)) return undefined;
  const { doc: method } = await loadDocument(work, "payment_method", String(idOf(intent.payment_method)));
  if (outcome === "fail")
    return failSetup(work, intent, { failure: failure("setup_intent_authentication_failure"), method });
  return finishCardSetup(work, intent, { method, authenticated: true });
}
