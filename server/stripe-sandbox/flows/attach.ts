import type Stripe from "stripe";

import { idOf } from "../objects/nothing.ts";
import { lockDocument, saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";

/** Gives a method to a customer for later use. `authenticated`: the bank has seen the customer for it. */
export async function attachMethod(
  work: Work,
  id: string,
  owner: { customer: string; authenticated: boolean },
): Promise<Stripe.PaymentMethod> {
  const { doc: method, inner } = await lockDocument(work, "payment_method", id);
  const { instrument } = inner;
  const known = instrument?.type === "card" && owner.authenticated ? { ...instrument, setUp: true } : instrument;
  const fresh = idOf(method.customer) === null;
  method.customer = owner.customer;
  await saveDocument(work, {
    kind: "payment_method",
    doc: method,
    inner: { ...inner, ...(known ? { instrument: known } : {}) },
  });
  if (fresh) await emit(work, "payment_method.attached", { object: method });
  return method;
}
