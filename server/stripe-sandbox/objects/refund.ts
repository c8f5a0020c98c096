import type Stripe from "stripe";

import { idOf } from "./nothing.ts";

export function newRefund(refund: {
  id: string;
  created: number;
  amount: number;
  charge: Stripe.Charge;
  reason: Stripe.Refund.Reason | null;
  status: "pending" | "succeeded";
  metadata: Record<string, string>;
}): Stripe.Refund {
  const { charge } = refund;
  const bank = charge.payment_method_details?.type === "us_bank_account";
  return {
    id: refund.id,
    object: "refund",
    amount: refund.amount,
    balance_transaction: null,
    charge: charge.id,
    created: refund.created,
    currency: charge.currency,
    customer: idOf(charge.customer),
    customer_account: null,
    destination_details: bank
      ? { type: "us_bank_transfer", us_bank_transfer: { reference: null, reference_status: null } }
      : {
          type: "card",
          card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
        },
    metadata: refund.metadata,
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refund.status,
    transfer_reversal: null,
    ...(refund.status === "pending" ? { pending_reason: "processing" as const } : {}),
  };
}
