import type Stripe from "stripe";

import { type BankBehaviour } from "../catalogue/banks.ts";
import { type CardBehaviour } from "../catalogue/cards.ts";

/** Every kind of object the stand-in keeps, in the shape the SDK says it has. */
export type Kinds = {
  customer: Stripe.Customer;
  payment_method: Stripe.PaymentMethod;
  confirmation_token: Stripe.ConfirmationToken;
  payment_intent: Stripe.PaymentIntent;
  setup_intent: Stripe.SetupIntent;
  setup_attempt: Stripe.SetupAttempt;
  mandate: Stripe.Mandate;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  balance_transaction: Stripe.BalanceTransaction;
  payout: Stripe.Payout;
  event: Stripe.Event;
};

export type Kind = keyof Kinds;

/** What a test number does, kept instead of the number. */
export type Instrument =
  | { type: "card"; behaviour: CardBehaviour; setUp: boolean }
  | { type: "us_bank_account"; behaviour: BankBehaviour; verified: boolean };

/** What the stand-in knows of an object and Stripe would not show. */
export type Inner = {
  instrument?: Instrument;
  used?: boolean;
  attempts?: number;
  deleted?: boolean;
  offSession?: boolean;
  /** Paid with, or taken from its customer, while nobody owned it: it may not be used again. */
  spent?: boolean;
  /** The payout that took a line of the balance with it. */
  payout?: string;
};

export type Document<K extends Kind> = { doc: Kinds[K]; inner: Inner };

const prefixes: Record<string, Kind> = {
  cus: "customer",
  pm: "payment_method",
  ctoken: "confirmation_token",
  pi: "payment_intent",
  seti: "setup_intent",
  setatt: "setup_attempt",
  mandate: "mandate",
  ch: "charge",
  py: "charge",
  re: "refund",
  pyr: "refund",
  du: "dispute",
  txn: "balance_transaction",
  po: "payout",
  evt: "event",
};

export function kindOfId(id: string): Kind | undefined {
  return prefixes[id.slice(0, id.indexOf("_"))];
}
