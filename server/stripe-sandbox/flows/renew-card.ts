import type Stripe from "stripe";

import { refusal } from "../call/stripe-fault.ts";
import { fingerprintOf } from "../objects/payment-method.ts";
import { lockDocument, saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";

const YEARS = 4;

/**
 * What a card's bank tells Stripe of it: a new expiry (renew), and with it a new number (replace). The network's word, so
 * the event is `payment_method.automatically_updated`, with what was before.
 */
export async function renewCard(work: Work, id: string, how: "renew" | "replace"): Promise<Stripe.PaymentMethod> {
  const { doc: method } = await lockDocument(work, "payment_method", id);
  const { card } = method;
  if (!card || method.customer === null) throw refusal({ message: `${id} is no saved card.` });
  const { exp_month, exp_year, last4, fingerprint } = card;
  const thisYear = new Date(work.nowMs).getUTCFullYear();
  card.exp_year = Math.max(exp_year, thisYear) + YEARS;
  if (how === "replace") {
    card.last4 = String((Number(last4) + 1111) % 10_000).padStart(4, "0");
    card.fingerprint = fingerprintOf(`${fingerprint ?? ""}${card.last4}`);
  }
  await saveDocument(work, { kind: "payment_method", doc: method });
  const replaced = how === "replace" ? { last4, fingerprint } : {};
  await emit(work, "payment_method.automatically_updated", {
    object: method,
    previous: { card: { exp_month, exp_year, ...replaced } },
  });
  return method;
}
