import type Stripe from "stripe";

import { type DisputeFacts } from "#server/platform/processor.ts";

/** Stripe's dispute as our facts: a chargeback, an inquiry before one, or a bank debit that came back. */
export function toDisputeFacts(dispute: Stripe.Dispute): DisputeFacts {
  const charge = dispute.charge;
  const details = typeof charge === "string" ? null : charge.payment_method_details;
  const moves = [...dispute.balance_transactions].sort((a, b) => a.created - b.created);
  const dueBy = dispute.evidence_details.due_by;
  const idOf = (object: string | { id: string } | null) => (typeof object === "string" ? object : (object?.id ?? null));
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent),
    chargeId: idOf(charge) ?? "",
    amountMinor: BigInt(dispute.amount),
    kind:
      details?.type === "us_bank_account" ? "return" : dispute.status.startsWith("warning") ? "inquiry" : "chargeback",
    state: stateOf(dispute.status),
    reason: dispute.reason,
    evidenceDueAt: dueBy === null ? null : new Date(dueBy * 1000),
    openedAt: new Date(dispute.created * 1000),
    fees: moves.filter((move) => move.fee !== 0).map((move) => ({ amountMinor: BigInt(move.fee), source: move.id })),
    withdrawn: moves.some((move) => move.amount < 0),
    reinstated: moves.some((move) => move.amount > 0),
  };
}

function stateOf(status: Stripe.Dispute.Status): DisputeFacts["state"] {
  switch (status) {
    case "needs_response":
    case "warning_needs_response":
      return "needs_response";
    case "under_review":
    case "warning_under_review":
      return "under_review";
    case "won":
    case "warning_closed":
    case "prevented":
      return "won";
    case "lost":
      return "lost";
    default:
      return "under_review";
  }
}
