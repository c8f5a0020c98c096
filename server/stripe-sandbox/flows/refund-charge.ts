import type Stripe from "stripe";

import { badParameter, refusal } from "../call/stripe-fault.ts";
import { conductOf } from "../catalogue/cards.ts";
import { newId } from "../ids.ts";
import { newRefund } from "../objects/refund.ts";
import { findDocument, insertDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { addBusinessDays, addDays } from "../time/business-days.ts";
import { schedule } from "../time/schedule.ts";
import { emit } from "../webhooks/emit.ts";
import { book } from "./book.ts";

function checkRefundable(charge: Stripe.Charge, amount: number): void {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== "succeeded")
    throw refusal({ message: `Charge ${charge.id} has not succeeded, so it cannot be refunded.` });
  if (!charge.captured)
    throw refusal({ message: `Charge ${charge.id} has not been captured: cancel its PaymentIntent instead.` });
  if (left === 0)
    throw refusal({ code: "charge_already_refunded", message: `Charge ${charge.id} has already been refunded.` });
  if (amount <= 0) throw badParameter({ param: "amount", message: "Invalid positive integer" });
  if (amount > left)
    throw refusal({
      param: "amount",
      message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
    });
}

async function checkUndisputed(work: Work, charge: Stripe.Charge): Promise<void> {
  if (!charge.disputed) return;
  const rows = await work.tx<{ id: string }[]>`
    select id from stripe_sandbox.documents
    where kind = 'dispute' and doc @> ${JSON.stringify({ charge: charge.id })}::text::jsonb
      and doc->>'status' not in ('won', 'warning_needs_response', 'warning_under_review', 'warning_closed')`;
  if (rows.length > 0)
    throw refusal({
      code: "charge_disputed",
      message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    });
}

/** Gives money back, whole or in part. A card refund is done at once, a bank refund takes days; either may still fail. */
export async function refundCharge(
  work: Work,
  order: { charge: string; amount: number | undefined; reason: string | undefined; metadata: Record<string, string> },
): Promise<Stripe.Refund> {
  const { doc: charge } = await lockDocument(work, "charge", order.charge);
  const amount = order.amount ?? charge.amount_captured - charge.amount_refunded;
  checkRefundable(charge, amount);
  await checkUndisputed(work, charge);
  const method = await findDocument(work, "payment_method", String(charge.payment_method));
  const instrument = method?.inner.instrument;
  const bank = instrument?.type === "us_bank_account";
  const conduct = instrument?.type === "card" ? conductOf(instrument.behaviour).refund : undefined;
  const pending = bank || conduct === "pending";
  const refund = newRefund({
    id: newId(charge.id.startsWith("py_") ? "pyr" : "re"),
    created: nowSeconds(work),
    amount,
    charge,
    reason: (order.reason ?? null) as Stripe.Refund.Reason | null,
    status: pending ? "pending" : "succeeded",
    metadata: order.metadata,
  });
  const line = await bookRefund(work, { charge, refund });
  refund.balance_transaction = line.id;
  await insertDocument(work, { kind: "refund", doc: refund });
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "charge.refunded", { object: charge, previous: before });
  await emit(work, "refund.created", { object: refund });
  if (pending)
    await schedule(work, { duty: "finish_refund", subject: refund.id, dueMs: addBusinessDays(work.nowMs, 3) });
  if (conduct === "fails_later")
    await schedule(work, { duty: "fail_refund", subject: refund.id, dueMs: addDays(work.nowMs, 1) });
  return refund;
}

function bookRefund(
  work: Work,
  facts: { charge: Stripe.Charge; refund: Stripe.Refund },
): Promise<Stripe.BalanceTransaction> {
  const { charge, refund } = facts;
  return book(work, {
    amount: -refund.amount,
    currency: charge.currency,
    type: charge.id.startsWith("py_") ? "payment_refund" : "refund",
    reportingCategory: "refund",
    source: refund.id,
    description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ""}`,
  });
}

async function announce(work: Work, refund: Stripe.Refund, previous: Record<string, unknown>): Promise<void> {
  await emit(work, "refund.updated", { object: refund, previous });
  await emit(work, "charge.refund.updated", { object: refund, previous });
}

/** A pending refund has arrived. */
export async function finishRefund(work: Work, id: string): Promise<void> {
  const { doc: refund } = await lockDocument(work, "refund", id);
  if (refund.status !== "pending") return;
  refund.status = "succeeded";
  delete refund.pending_reason;
  await saveDocument(work, { kind: "refund", doc: refund });
  await announce(work, refund, { status: "pending" });
}

/** The customer's bank sends the refund back: the money is the merchant's again. */
export async function failRefund(work: Work, id: string): Promise<Stripe.Refund> {
  const { doc: refund } = await lockDocument(work, "refund", id);
  if (refund.status !== "pending" && refund.status !== "succeeded")
    throw refusal({ message: `Refund ${id} has a status of ${refund.status} and cannot fail.` });
  const before = { status: refund.status };
  const { doc: charge } = await lockDocument(work, "charge", String(refund.charge));
  const line = await book(work, {
    amount: refund.amount,
    currency: refund.currency,
    type: "refund_failure",
    reportingCategory: "refund_failure",
    source: refund.id,
    description: "REFUND FAILURE",
  });
  refund.status = "failed";
  refund.failure_reason = "expired_or_canceled_card";
  refund.failure_balance_transaction = line.id;
  delete refund.pending_reason;
  await saveDocument(work, { kind: "refund", doc: refund });
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  await saveDocument(work, { kind: "charge", doc: charge });
  await emit(work, "refund.failed", { object: refund, previous: before });
  await announce(work, refund, before);
  return refund;
}
