import { createHash } from "node:crypto";

import type Stripe from "stripe";

import { type CardLook } from "../catalogue/cards.ts";

/** The same number has the same fingerprint, and nobody can count back from it. */
export function fingerprintOf(secret: string): string {
  return createHash("sha256").update(`stripe_sandbox:${secret}`).digest("base64url").replace(/[-_]/g, "0").slice(0, 16);
}

export type CardFacts = CardLook & {
  fingerprint: string;
  expMonth: number;
  expYear: number;
  cvcCheck: string | null;
  postalCheck: string | null;
};

const printedBrands: Record<string, string> = { amex: "american_express", diners: "diners_club" };

export function newCard(facts: CardFacts): Stripe.PaymentMethod.Card {
  return {
    brand: facts.brand,
    checks: { address_line1_check: null, address_postal_code_check: facts.postalCheck, cvc_check: facts.cvcCheck },
    country: facts.country,
    display_brand: printedBrands[facts.brand] ?? facts.brand,
    exp_month: facts.expMonth,
    exp_year: facts.expYear,
    fingerprint: facts.fingerprint,
    funding: facts.funding,
    generated_from: null,
    last4: facts.last4,
    networks: { available: [facts.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

export type BankFacts = {
  last4: string;
  fingerprint: string;
  routing: string;
  holderType: "individual" | "company";
  accountType: "checking" | "savings";
};

export function newBankAccount(facts: BankFacts): Stripe.PaymentMethod.UsBankAccount {
  return {
    account_holder_type: facts.holderType,
    account_type: facts.accountType,
    bank_name: "STRIPE TEST BANK",
    financial_connections_account: null,
    fingerprint: facts.fingerprint,
    last4: facts.last4,
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: facts.routing,
    status_details: {},
  };
}

export type MethodDetails =
  | { type: "card"; card: Stripe.PaymentMethod.Card }
  | { type: "us_bank_account"; us_bank_account: Stripe.PaymentMethod.UsBankAccount };

export function newPaymentMethod(method: {
  id: string;
  created: number;
  billing: Stripe.PaymentMethod.BillingDetails;
  details: MethodDetails;
  metadata: Record<string, string>;
}): Stripe.PaymentMethod {
  return {
    id: method.id,
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: method.billing,
    created: method.created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: method.metadata,
    ...method.details,
  };
}
