import type Stripe from "stripe";

import { recogniseBankAccount, validRoutingNumber } from "../catalogue/banks.ts";
import { conductOf, recogniseCard } from "../catalogue/cards.ts";
import { passesLuhn } from "../catalogue/luhn.ts";
import { bankNumberOfToken, cardNumberOfToken } from "../catalogue/tokens.ts";
import { badParameter, docUrl, missingParameter, refusal, StripeFault } from "../call/stripe-fault.ts";
import { group, has, requiredText, text, type Form } from "../call/params.ts";
import { emptyBillingDetails } from "../objects/nothing.ts";
import { fingerprintOf, newBankAccount, newCard, type MethodDetails } from "../objects/payment-method.ts";
import { type Instrument } from "../store/kinds.ts";

/** A payment method before it has an id: what the form said, without the number. */
export type MethodDraft = {
  details: MethodDetails;
  instrument: Instrument;
  billing: Stripe.PaymentMethod.BillingDetails;
  allowRedisplay?: Stripe.PaymentMethod.AllowRedisplay;
};

function wrongCard(code: string, param: string, message: string): StripeFault {
  return new StripeFault({ status: 402, body: { type: "card_error", code, param, message, doc_url: docUrl(code) } });
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function checkCard(
  card: { number: string; expMonth: number; expYear: number; cvc: string | undefined },
  nowMs: number,
): void {
  if (!passesLuhn(card.number)) throw wrongCard("incorrect_number", "number", "Your card number is incorrect.");
  if (!(card.expMonth >= 1 && card.expMonth <= 12))
    throw wrongCard("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.");
  const now = new Date(nowMs);
  const expired = card.expYear * 12 + card.expMonth <= now.getUTCFullYear() * 12 + now.getUTCMonth();
  if (!Number.isInteger(card.expYear) || expired || card.expYear > now.getUTCFullYear() + 50)
    throw wrongCard("invalid_expiry_year", "exp_year", "Your card's expiration year is invalid.");
  if (card.cvc !== undefined && !/^\d{3,4}$/.test(card.cvc))
    throw wrongCard("invalid_cvc", "cvc", "Your card's security code is invalid.");
}

function draftCard(card: Form, nowMs: number): Omit<MethodDraft, "billing"> {
  const token = text(card, "token");
  const fromToken = token === undefined ? undefined : cardNumberOfToken(token);
  if (token !== undefined && fromToken === undefined)
    throw refusal({ code: "resource_missing", param: "token", message: `No such token: '${token}'` });
  const number = fromToken ?? requiredText(card, "number").replace(/[\s-]/g, "");
  const expMonth = fromToken ? 12 : Number(requiredText(card, "exp_month"));
  const expYear = fromToken ? new Date(nowMs).getUTCFullYear() + 4 : fullYear(Number(requiredText(card, "exp_year")));
  const cvc = fromToken ? "123" : text(card, "cvc");
  checkCard({ number, expMonth, expYear, cvc }, nowMs);
  const { look, behaviour } = recogniseCard(number);
  const facts = { ...look, expMonth, expYear, fingerprint: fingerprintOf(number), cvcCheck: cvc ? "unchecked" : null };
  return {
    details: { type: "card", card: newCard({ ...facts, postalCheck: null }) },
    instrument: { type: "card", behaviour, setUp: false },
  };
}

function draftBank(bank: Form, verified: boolean): Omit<MethodDraft, "billing"> {
  const number = requiredText(bank, "account_number");
  const routing = requiredText(bank, "routing_number");
  if (!validRoutingNumber(routing))
    throw refusal({
      code: "routing_number_invalid",
      param: "routing_number",
      message: "You must use a valid routing number.",
    });
  if (!/^\d{4,17}$/.test(number))
    throw refusal({
      code: "account_number_invalid",
      param: "account_number",
      message: "You must use a valid bank account number.",
    });
  const { last4, behaviour } = recogniseBankAccount(number);
  const facts = {
    last4,
    routing,
    fingerprint: fingerprintOf(`${routing}:${number}`),
    holderType: text(bank, "account_holder_type") === "company" ? ("company" as const) : ("individual" as const),
    accountType: text(bank, "account_type") === "savings" ? ("savings" as const) : ("checking" as const),
  };
  return {
    details: { type: "us_bank_account", us_bank_account: newBankAccount(facts) },
    instrument: { type: "us_bank_account", behaviour, verified },
  };
}

const redisplays = ["always", "limited", "unspecified"] as const;

/** Whether the method may be shown again to its owner. */
export function redisplayFrom(params: Form): Stripe.PaymentMethod.AllowRedisplay | undefined {
  const sent = text(params, "allow_redisplay");
  if (sent === undefined) return undefined;
  const known = redisplays.find((one) => one === sent);
  if (known === undefined)
    throw badParameter({
      param: "allow_redisplay",
      message: `Invalid allow_redisplay: must be one of ${redisplays.join(", ")}`,
    });
  return known;
}

/** What was sent, over what was known: a field that is not sent stays. */
export function billingFrom(
  params: Form,
  before: Stripe.PaymentMethod.BillingDetails = emptyBillingDetails(),
): Stripe.PaymentMethod.BillingDetails {
  const sent = group(params, "billing_details");
  const billing = structuredClone(before);
  if (!sent) return billing;
  for (const field of ["email", "name", "phone"] as const)
    if (has(sent, field)) billing[field] = text(sent, field) ?? null;
  const address = group(sent, "address");
  if (address && billing.address) {
    for (const field of ["city", "country", "line1", "line2", "postal_code", "state"] as const)
      if (has(address, field)) billing.address[field] = text(address, field) ?? null;
  }
  return billing;
}

/** Reads `type`, `card`, `us_bank_account` and `billing_details`, as `payment_method_data` and the form send them. */
export function draftFromParams(params: Form, options: { nowMs: number; verifiedBank: boolean }): MethodDraft {
  const type = requiredText(params, "type");
  const billing = billingFrom(params);
  const allowRedisplay = redisplayFrom(params);
  const redisplay = allowRedisplay === undefined ? {} : { allowRedisplay };
  if (type === "card") {
    const card = group(params, "card");
    if (!card) throw missingParameter("card");
    return fromWallet(
      withPostalCheck({ ...draftCard(card, options.nowMs), billing, ...redisplay }),
      text(params, "wallet"),
    );
  }
  if (type === "us_bank_account") {
    const bank = group(params, "us_bank_account");
    if (!bank) throw missingParameter("us_bank_account");
    if (billing.name === null) throw missingParameter("billing_details[name]");
    return { ...draftBank(bank, options.verifiedBank), billing, ...redisplay };
  }
  throw refusal({ param: "type", message: `The stand-in knows card and us_bank_account, not ${type}.` });
}

/** A wallet's card is a card that says where it came from. */
function fromWallet(draft: MethodDraft, wallet: string | undefined): MethodDraft {
  if (draft.details.type !== "card" || wallet === undefined) return draft;
  if (wallet !== "google_pay") throw refusal({ param: "wallet", message: `The stand-in has no wallet ${wallet}.` });
  draft.details.card.wallet = { dynamic_last4: draft.details.card.last4 ?? null, google_pay: {}, type: "google_pay" };
  return draft;
}

function withPostalCheck(draft: MethodDraft): MethodDraft {
  const { details, instrument, billing } = draft;
  if (details.type !== "card" || instrument.type !== "card" || !details.card.checks) return draft;
  const conduct = conductOf(instrument.behaviour);
  if (billing.address?.postal_code) details.card.checks.address_postal_code_check = conduct.postalCheck ?? "pass";
  if (details.card.checks.cvc_check) details.card.checks.cvc_check = conduct.cvcCheck ?? "pass";
  return draft;
}

/** `pm_card_visa` and its like stand for a new method each time they are used. */
export function draftFromTestToken(token: string, nowMs: number): MethodDraft | undefined {
  const billing = emptyBillingDetails();
  if (cardNumberOfToken(token) !== undefined) return withPostalCheck({ ...draftCard({ token }, nowMs), billing });
  const account_number = bankNumberOfToken(token);
  if (account_number === undefined) return undefined;
  billing.name = "Jenny Rosen";
  billing.email = "jenny.rosen@example.com";
  const verified = token !== "pm_usBankAccount_failMicrodeposits";
  return { ...draftBank({ account_number, routing_number: "110000000" }, verified), billing };
}
