import type Stripe from "stripe";

import { ok, type Reply } from "../call/reply.ts";
import { conductOf } from "../catalogue/cards.ts";
import { declines } from "../catalogue/declines.ts";
import { newId } from "../ids.ts";
import { idOf } from "../objects/nothing.ts";
import { newSetupAttempt } from "../objects/setup-intent.ts";
import { insertDocument, loadDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { attachMethod } from "./attach.ts";
import { failSetup } from "./decline-payment.ts";

/** A card is saved if its bank would take it; some are only refused when they are charged. */
export async function finishCardSetup(
  work: Work,
  intent: Stripe.SetupIntent,
  setup: { method: Stripe.PaymentMethod; authenticated: boolean },
): Promise<Reply> {
  const { inner } = await loadDocument(work, "payment_method", setup.method.id);
  const conduct = inner.instrument?.type === "card" ? conductOf(inner.instrument.behaviour) : {};
  if (conduct.decline && !conduct.attachable)
    return failSetup(work, intent, {
      failure: { ...declines[conduct.decline], type: "card_error" },
      method: setup.method,
    });
  return finishSetup(work, intent, setup);
}

export async function finishSetup(
  work: Work,
  intent: Stripe.SetupIntent,
  setup: { method: Stripe.PaymentMethod; authenticated: boolean },
): Promise<Reply> {
  const { method } = setup;
  const attempt = newSetupAttempt({
    id: newId("setatt"),
    created: nowSeconds(work),
    intent,
    method,
    status: "succeeded",
  });
  await insertDocument(work, { kind: "setup_attempt", doc: attempt });
  intent.status = "succeeded";
  intent.next_action = null;
  intent.last_setup_error = null;
  intent.latest_attempt = attempt.id;
  await saveDocument(work, { kind: "setup_intent", doc: intent });
  await emit(work, "setup_intent.succeeded", { object: intent });
  const customer = idOf(intent.customer);
  if (customer !== null) await attachMethod(work, method.id, { customer, authenticated: true });
  return ok(intent);
}
