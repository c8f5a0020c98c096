import type Stripe from "stripe";

import { ok, type Reply } from "../call/reply.ts";
import { bankConductOf, type BankBehaviour } from "../catalogue/banks.ts";
import { bankFailures } from "../catalogue/declines.ts";
import { newId, randomText } from "../ids.ts";
import { approvedOutcome, newCharge } from "../objects/charge.ts";
import { idOf } from "../objects/nothing.ts";
import { insertDocument, loadDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { addBusinessDays } from "../time/business-days.ts";
import { schedule } from "../time/schedule.ts";
import { emit } from "../webhooks/emit.ts";
import { creditCharge, markSucceeded } from "./charge-card.ts";
import { failPayment } from "./decline-payment.ts";
import { openDispute } from "./open-dispute.ts";

const settlesAfter = 4;
const returnsAfter = 2;

/** Sends the debit to the bank, which answers days later. */
export async function startDebit(
  work: Work,
  intent: Stripe.PaymentIntent,
  debit: { method: Stripe.PaymentMethod; behaviour: BankBehaviour; mandate: string },
): Promise<Reply> {
  const conduct = bankConductOf(debit.behaviour);
  if (conduct.overWeeklyLimit)
    return failPayment(work, intent, {
      failure: {
        type: "card_error",
        code: "charge_exceeds_weekly_limit",
        message: "The payment amount exceeds the account's weekly payment volume limit.",
      },
      charge: null,
      method: debit.method,
    });
  const charge = newCharge({
    id: newId("py"),
    created: nowSeconds(work),
    intent,
    method: debit.method,
    authenticated: false,
    mandate: debit.mandate,
  });
  const settlesMs = addBusinessDays(work.nowMs, settlesAfter);
  const bank = charge.payment_method_details?.us_bank_account;
  if (bank) bank.expected_debit_date = new Date(addBusinessDays(work.nowMs, 1)).toISOString().slice(0, 10);
  charge.outcome = { ...approvedOutcome(), seller_message: "Payment complete." };
  await insertDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.pending", { object: charge });
  intent.status = "processing";
  intent.next_action = null;
  intent.last_payment_error = null;
  intent.latest_charge = charge.id;
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.processing", { object: intent });
  if (!conduct.staysProcessing) await schedule(work, { duty: "settle_debit", subject: charge.id, dueMs: settlesMs });
  return ok(intent);
}

/** The bank's answer to a debit. `force` is what the ops page may say instead of the account's nature. */
export async function settleDebit(work: Work, chargeId: string, force?: "succeed" | "fail"): Promise<void> {
  const { doc: seen } = await loadDocument(work, "charge", chargeId);
  const { doc: intent } = await lockDocument(work, "payment_intent", String(idOf(seen.payment_intent)));
  const { doc: charge } = await lockDocument(work, "charge", chargeId);
  if (intent.status !== "processing" || charge.status !== "pending") return;
  const { doc: method, inner } = await loadDocument(work, "payment_method", String(charge.payment_method));
  const conduct = inner.instrument?.type === "us_bank_account" ? bankConductOf(inner.instrument.behaviour) : {};
  const failure =
    force === "succeed" ? undefined : (conduct.failure ?? (force === "fail" ? "insufficientFunds" : undefined));
  if (failure) {
    const { code, message } = bankFailures[failure];
    charge.status = "failed";
    charge.failure_code = code;
    charge.failure_message = message;
    await saveDocument(work, { kind: "charge", doc: charge });
    await emit(work, "charge.failed", { object: charge });
    await failPayment(work, intent, {
      failure: { code, message, type: "invalid_request_error" },
      charge: charge.id,
      method,
    });
    return;
  }
  charge.status = "succeeded";
  Object.assign(charge, { paid: true, captured: true, amount_captured: charge.amount });
  charge.receipt_url = `${work.publicBase}/receipts/${charge.id}?secret=${randomText(16)}`;
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.succeeded", { object: charge });
  await creditCharge(work, charge, work.nowMs);
  await markSucceeded(work, intent, { charge, authenticated: false });
  if (conduct.returnedAfterSettling)
    await schedule(work, {
      duty: "return_debit",
      subject: charge.id,
      dueMs: addBusinessDays(work.nowMs, returnsAfter),
    });
}

/** The debit comes back after it had settled: a dispute that is lost at once. */
export async function returnDebit(work: Work, chargeId: string): Promise<void> {
  const { doc: charge } = await loadDocument(work, "charge", chargeId);
  if (charge.disputed || charge.status !== "succeeded") return;
  await openDispute(work, chargeId, { reason: "insufficient_funds" });
}
