import type Stripe from "stripe";

import { idOf } from "./nothing.ts";

export function newDispute(dispute: {
  id: string;
  created: number;
  charge: Stripe.Charge;
  amount: number;
  reason: string;
  status: Stripe.Dispute.Status;
  dueBy: number | null;
}): Stripe.Dispute {
  const { charge } = dispute;
  const card = charge.payment_method_details?.card;
  return {
    id: dispute.id,
    object: "dispute",
    amount: dispute.amount,
    balance_transactions: [],
    charge: charge.id,
    created: dispute.created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: newEvidence(charge),
    evidence_details: {
      due_by: dispute.dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: dispute.status === "warning_needs_response",
    livemode: false,
    metadata: {},
    network_reason_code: card ? networkCode(dispute.reason) : null,
    payment_intent: idOf(charge.payment_intent),
    ...(card ? { payment_method_details: cardDetails(dispute, card.brand ?? "visa") } : {}),
    reason: dispute.reason,
    status: dispute.status,
  };
}

function cardDetails(dispute: { reason: string; status: string }, brand: string): Stripe.Dispute.PaymentMethodDetails {
  const inquiry = dispute.status.startsWith("warning");
  return {
    type: "card",
    card: {
      brand,
      network: brand,
      case_type: inquiry ? "inquiry" : "chargeback",
      network_reason_code: networkCode(dispute.reason),
    },
  };
}

function networkCode(reason: string): string {
  return { fraudulent: "10.4", product_not_received: "13.1", duplicate: "12.6.1" }[reason] ?? "10.4";
}

function newEvidence(charge: Stripe.Charge): Stripe.Dispute.Evidence {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: charge.billing_details.email,
    customer_name: charge.billing_details.name,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
