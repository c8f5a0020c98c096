import type Stripe from "stripe";

import { integer, mergedMetadata, type Form } from "../call/params.ts";
import { ok, type Reply } from "../call/reply.ts";
import { badParameter } from "../call/stripe-fault.ts";
import { idOf } from "../objects/nothing.ts";
import { lockDocument, saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { addBusinessDays } from "../time/business-days.ts";
import { emit } from "../webhooks/emit.ts";
import { creditCharge, markSucceeded } from "./charge-card.ts";
import { unexpectedState } from "./unexpected-state.ts";

/** Takes what a bank keeps for an intent, whole or in part; what is not taken is let go. */
export async function capturePayment(work: Work, id: string, params: Form): Promise<Reply> {
  const { doc: intent } = await lockDocument(work, "payment_intent", id);
  if (intent.status !== "requires_capture") throw unexpectedState(intent, "captured");
  const amount = integer(params, "amount_to_capture") ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable)
    throw badParameter({
      code: amount < 1 ? "parameter_invalid_integer" : "amount_too_large",
      param: "amount_to_capture",
      message: `The amount to capture must be between 1 and the amount_capturable of ${intent.amount_capturable}.`,
    });
  const { doc: charge } = await lockDocument(work, "charge", String(idOf(intent.latest_charge)));
  Object.assign(charge, { captured: true, amount_captured: amount });
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.captured", { object: charge, previous: { captured: false } });
  await creditCharge(work, charge, addBusinessDays(work.nowMs, 2));
  intent.metadata = mergedMetadata(params, intent.metadata);
  await markSucceeded(work, intent, { charge, authenticated: false });
  return ok(intent);
}

/** Lets go of what a bank keeps for an intent that is not wanted any more. */
export async function releaseHold(work: Work, intent: Stripe.PaymentIntent): Promise<void> {
  const { doc: charge } = await lockDocument(work, "charge", String(idOf(intent.latest_charge)));
  Object.assign(charge, { refunded: true, amount_refunded: charge.amount });
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.refunded", { object: charge, previous: { amount_refunded: 0, refunded: false } });
  intent.amount_capturable = 0;
}
