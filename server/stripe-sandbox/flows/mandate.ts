import type Stripe from "stripe";

import { group, text, type Form } from "../call/params.ts";
import { newId } from "../ids.ts";
import { newMandate } from "../objects/mandate.ts";
import { insertDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";

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
