import type Stripe from "stripe";

import { type Decline } from "../catalogue/declines.ts";
import { idOf } from "./nothing.ts";

export function newCharge(charge: {
  id: string;
  created: number;
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  authenticated: boolean;
  mandate: string | null;
}): Stripe.Charge {
  const { intent, method } = charge;
  return {
    id: charge.id,
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? "REMIT SANDBOX",
    captured: false,
    created: charge.created,
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf({ ...charge, amount: intent.amount }),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "pending",
    transfer_data: null,
    transfer_group: null,
  };
}

function detailsOf(charge: {
  method: Stripe.PaymentMethod;
  authenticated: boolean;
  mandate: string | null;
  amount: number;
}): Stripe.Charge.PaymentMethodDetails {
  const { card, us_bank_account: bank } = charge.method;
  if (bank) {
    return {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: bank.account_holder_type,
        account_type: bank.account_type,
        bank_name: bank.bank_name,
        fingerprint: bank.fingerprint,
        last4: bank.last4,
        ...(charge.mandate === null ? {} : { mandate: charge.mandate }),
        payment_reference: null,
        routing_number: bank.routing_number,
      },
    };
  }
  if (!card) return { type: charge.method.type };
  return { type: "card", card: cardDetails(card, charge) };
}

function cardDetails(
  card: Stripe.PaymentMethod.Card,
  charge: { authenticated: boolean; mandate: string | null; amount: number },
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: charge.amount,
    authorization_code: "123456",
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: charge.authenticated ? "05" : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: charge.mandate,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: "104102978678771",
    overcapture: { maximum_amount_capturable: charge.amount, status: "unavailable" },
    regulated_status: card.regulated_status,
    three_d_secure: charge.authenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: "f1ea0c7d-5c1d-4c8e-9d8f-0b9a4c2b6a11",
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: card.wallet as Stripe.Charge.PaymentMethodDetails.Card.Wallet | null,
  };
}

export function approvedOutcome(): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: "approved_by_network",
    reason: null,
    risk_level: "normal",
    risk_score: 12,
    seller_message: "Payment complete.",
    type: "authorized",
  };
}

export function declinedOutcome(decline: Decline): Stripe.Charge.Outcome {
  return {
    advice_code: decline.adviceCode ?? null,
    network_advice_code: null,
    network_decline_code: decline.networkCode ?? null,
    network_status: decline.blocked ? "not_sent_to_network" : "declined_by_network",
    reason: decline.blocked ? "highest_risk_level" : (decline.declineCode ?? decline.code),
    risk_level: decline.blocked ? "highest" : "normal",
    risk_score: decline.blocked ? 92 : 12,
    seller_message: decline.blocked
      ? "Stripe blocked this payment as too risky."
      : "The bank did not return any further details with this decline.",
    type: decline.blocked ? "blocked" : "issuer_declined",
  };
}
