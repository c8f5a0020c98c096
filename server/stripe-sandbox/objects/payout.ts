import type Stripe from "stripe";

export function newPayout(payout: {
  id: string;
  created: number;
  amount: number;
  currency: string;
  arrivalDate: number;
  automatic: boolean;
  description: string | null;
  metadata: Record<string, string>;
}): Stripe.Payout {
  return {
    id: payout.id,
    object: "payout",
    amount: payout.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: payout.arrivalDate,
    automatic: payout.automatic,
    balance_transaction: null,
    created: payout.created,
    currency: payout.currency,
    description: payout.description,
    destination: "ba_1SandboxOperatingAccount",
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: payout.metadata,
    method: "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: payout.automatic ? "in_progress" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: null,
    status: "pending",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  };
}
