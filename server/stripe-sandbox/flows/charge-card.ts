import type Stripe from "stripe";

import { ok, type Reply } from "../call/reply.ts";
import { conductOf, type CardBehaviour } from "../catalogue/cards.ts";
import { declines, type Decline } from "../catalogue/declines.ts";
import { newId, randomText } from "../ids.ts";
import { processingFee } from "../objects/balance-transaction.ts";
import { approvedOutcome, declinedOutcome, newCharge } from "../objects/charge.ts";
import { idOf } from "../objects/nothing.ts";
import { insertDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { addBusinessDays } from "../time/business-days.ts";
import { emit } from "../webhooks/emit.ts";
import { attachMethod } from "./attach.ts";
import { book } from "./book.ts";
import { failPayment } from "./decline-payment.ts";
import { openDispute } from "./open-dispute.ts";
import { spendMethod } from "./take-method.ts";

export type CardPayment = { method: Stripe.PaymentMethod; behaviour: CardBehaviour; authenticated: boolean };

/** Asks the bank. Whatever it says, a charge remains that tells it. */
export async function chargeCard(work: Work, intent: Stripe.PaymentIntent, payment: CardPayment): Promise<Reply> {
  const { decline } = conductOf(payment.behaviour);
  const charge = newCharge({
    id: newId("ch"),
    created: nowSeconds(work),
    intent,
    method: payment.method,
    authenticated: payment.authenticated,
    mandate: null,
  });
  return decline
    ? declineCharge(work, { intent, charge, payment, decline: declines[decline] })
    : settle(work, { intent, charge, payment });
}

async function declineCharge(
  work: Work,
  attempt: { intent: Stripe.PaymentIntent; charge: Stripe.Charge; payment: CardPayment; decline: Decline },
): Promise<Reply> {
  const { charge, decline, payment } = attempt;
  charge.status = "failed";
  charge.failure_code = decline.code;
  charge.failure_message = decline.message;
  charge.outcome = declinedOutcome(decline);
  await insertDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.failed", { object: charge });
  const failure = { ...decline, type: "card_error" as const };
  return failPayment(work, attempt.intent, { failure, charge: charge.id, method: payment.method });
}

async function settle(
  work: Work,
  attempt: { intent: Stripe.PaymentIntent; charge: Stripe.Charge; payment: CardPayment },
): Promise<Reply> {
  const { intent, charge, payment } = attempt;
  charge.status = "succeeded";
  charge.outcome = approvedOutcome();
  charge.receipt_url = `${work.publicBase}/receipts/${charge.id}?secret=${randomText(16)}`;
  if (intent.capture_method === "manual") return hold(work, { intent, charge });
  Object.assign(charge, { paid: true, captured: true, amount_captured: charge.amount });
  await insertDocument(work, { kind: "charge", doc: charge });
  // Capture is asynchronous at Stripe: the first news of a charge carries no balance transaction, `charge.updated` does.
  await emit(work, "charge.succeeded", { object: charge });
  const atOnce = conductOf(payment.behaviour).availableAtOnce;
  await creditCharge(work, charge, atOnce ? work.nowMs : addBusinessDays(work.nowMs, 2));
  await markSucceeded(work, intent, { charge, authenticated: payment.authenticated });
  const { dispute } = conductOf(payment.behaviour);
  if (dispute) await openDispute(work, charge.id, { reason: dispute.reason, inquiry: dispute.inquiry ?? false });
  return ok(intent);
}

/** The bank has agreed and keeps the amount until it is captured. */
async function hold(
  work: Work,
  { intent, charge }: { intent: Stripe.PaymentIntent; charge: Stripe.Charge },
): Promise<Reply> {
  charge.paid = true;
  await insertDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.succeeded", { object: charge });
  Object.assign(intent, { status: "requires_capture", amount_capturable: intent.amount, latest_charge: charge.id });
  Object.assign(intent, { next_action: null, last_payment_error: null });
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.amount_capturable_updated", { object: intent });
  return ok(intent);
}

/** Books the charge and its fee on the balance, and says so. */
export async function creditCharge(work: Work, charge: Stripe.Charge, availableOnMs: number): Promise<void> {
  const type = charge.payment_method_details?.type ?? "card";
  const line = await book(work, {
    amount: charge.amount_captured,
    currency: charge.currency,
    fees: [processingFee(charge.amount_captured, type)],
    type: type === "card" ? "charge" : "payment",
    reportingCategory: "charge",
    source: charge.id,
    description: charge.description,
    availableOnMs,
  });
  charge.balance_transaction = line.id;
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.updated", { object: charge, previous: { balance_transaction: null } });
}

export async function markSucceeded(
  work: Work,
  intent: Stripe.PaymentIntent,
  outcome: { charge: Stripe.Charge; authenticated: boolean },
): Promise<void> {
  intent.status = "succeeded";
  intent.amount_received = outcome.charge.amount_captured;
  intent.amount_capturable = 0;
  intent.latest_charge = outcome.charge.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.succeeded", { object: intent });
  const customer = idOf(intent.customer);
  const method = idOf(intent.payment_method);
  if (intent.setup_future_usage !== null && customer !== null && method !== null)
    await attachMethod(work, method, { customer, authenticated: intent.setup_future_usage === "off_session" });
  else if (method !== null) await spendMethod(work, method);
}
