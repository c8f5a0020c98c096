import type Stripe from "stripe";

import { refusal } from "../call/stripe-fault.ts";
import { newId } from "../ids.ts";
import { disputeFee } from "../objects/balance-transaction.ts";
import { newDispute } from "../objects/dispute.ts";
import { insertDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { addDays } from "../time/business-days.ts";
import { schedule } from "../time/schedule.ts";
import { emit } from "../webhooks/emit.ts";
import { book } from "./book.ts";

const daysToAnswer = 9;

/**
 * The cardholder's bank takes the money back (or, an inquiry, first asks). For a bank debit it is final at once: that
 * is how Stripe tells a return that comes after the debit settled.
 */
export async function openDispute(
  work: Work,
  chargeId: string,
  claim: { reason: string; inquiry?: boolean; amount?: number },
): Promise<Stripe.Dispute> {
  const { doc: charge } = await lockDocument(work, "charge", chargeId);
  if (charge.status !== "succeeded" || charge.disputed)
    throw refusal({ message: `Charge ${chargeId} cannot be disputed: it has not succeeded, or is disputed already.` });
  const final = charge.payment_method_details?.type === "us_bank_account";
  const dueMs = addDays(work.nowMs, daysToAnswer);
  const dispute = newDispute({
    id: newId("du"),
    created: nowSeconds(work),
    charge,
    amount: claim.amount ?? charge.amount,
    reason: claim.reason,
    status: final ? "lost" : claim.inquiry ? "warning_needs_response" : "needs_response",
    dueBy: final ? null : Math.floor(dueMs / 1000),
  });
  charge.disputed = true;
  await saveDocument(work, { kind: "charge", doc: charge });
  if (!claim.inquiry) dispute.balance_transactions.push(await withdraw(work, dispute));
  await insertDocument(work, { kind: "dispute", doc: dispute });
  await emit(work, "charge.dispute.created", { object: dispute });
  if (!claim.inquiry) await emit(work, "charge.dispute.funds_withdrawn", { object: dispute });
  if (final) await emit(work, "charge.dispute.closed", { object: dispute });
  else await schedule(work, { duty: "dispute_deadline", subject: dispute.id, dueMs });
  return dispute;
}

function withdraw(work: Work, dispute: Stripe.Dispute): Promise<Stripe.BalanceTransaction> {
  return book(work, {
    amount: -dispute.amount,
    currency: dispute.currency,
    fees: [disputeFee],
    type: "adjustment",
    reportingCategory: "dispute",
    source: dispute.id,
    description: "Chargeback withdrawal",
  });
}
