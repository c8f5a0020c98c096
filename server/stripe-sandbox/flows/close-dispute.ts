import type Stripe from "stripe";

import { refusal } from "../call/stripe-fault.ts";
import { lockDocument, saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { book } from "./book.ts";

const open = new Set(["needs_response", "under_review", "warning_needs_response", "warning_under_review"]);

export function isOpen(dispute: Stripe.Dispute): boolean {
  return open.has(dispute.status);
}

/** The bank decides. Won: the amount comes back, the fee does not. An inquiry is closed without money moving. */
export async function closeDispute(work: Work, id: string, outcome: "won" | "lost"): Promise<Stripe.Dispute> {
  const { doc: dispute } = await lockDocument(work, "dispute", id);
  if (!isOpen(dispute)) throw refusal({ message: `This dispute is already closed: its status is ${dispute.status}.` });
  const inquiry = dispute.status.startsWith("warning");
  dispute.status = inquiry ? "warning_closed" : outcome;
  if (inquiry) {
    const { doc: charge } = await lockDocument(work, "charge", String(dispute.charge));
    charge.disputed = false;
    await saveDocument(work, { kind: "charge", doc: charge });
  }
  const reinstated = !inquiry && outcome === "won";
  if (reinstated) dispute.balance_transactions.push(await reinstate(work, dispute));
  await saveDocument(work, { kind: "dispute", doc: dispute });
  if (reinstated) await emit(work, "charge.dispute.funds_reinstated", { object: dispute });
  await emit(work, "charge.dispute.closed", { object: dispute });
  return dispute;
}

function reinstate(work: Work, dispute: Stripe.Dispute): Promise<Stripe.BalanceTransaction> {
  return book(work, {
    amount: dispute.amount,
    currency: dispute.currency,
    type: "adjustment",
    reportingCategory: "dispute_reversal",
    source: dispute.id,
    description: "Chargeback reversal",
  });
}
