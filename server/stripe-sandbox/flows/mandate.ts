import type Stripe from "stripe";

import { group, has, text, type Form } from "../call/params.ts";
import { refusal } from "../call/stripe-fault.ts";
import { newId } from "../ids.ts";
import { newMandate } from "../objects/mandate.ts";
import { insertDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";

/** No bank account is debited without its owner's authorisation; one that is kept has given it. */
export function checkMandate(params: Form, facts: { token: Stripe.ConfirmationToken | null; owned: boolean }): void {
  if (facts.owned || facts.token?.mandate_data || has(params, "mandate") || has(params, "mandate_data")) return;
  throw refusal({
    param: "mandate_data",
    message:
      "The PaymentMethod requires a mandate: send `mandate_data`, the `mandate` of an earlier intent, or a confirmation token that carries it.",
  });
}

/** Keeps the customer's authorisation to debit, as sent by the server or carried by the confirmation token. */
export async function recordMandate(
  work: Work,
  consent: {
    params: Form;
    token: Stripe.ConfirmationToken | null;
    method: Stripe.PaymentMethod;
    singleUse: { amount: number; currency: string } | null;
  },
): Promise<Stripe.Mandate> {
  const acceptance = group(group(consent.params, "mandate_data") ?? {}, "customer_acceptance");
  const sent = acceptance && group(acceptance, "online");
  const carried = consent.token?.mandate_data?.customer_acceptance.online;
  const online = sent
    ? { ip: text(sent, "ip_address") ?? null, userAgent: text(sent, "user_agent") ?? null }
    : carried
      ? { ip: carried.ip_address, userAgent: carried.user_agent }
      : null;
  const doc = newMandate({
    id: newId("mandate"),
    acceptedAt: nowSeconds(work),
    paymentMethod: consent.method,
    online,
    singleUse: consent.singleUse,
  });
  return insertDocument(work, { kind: "mandate", doc });
}
