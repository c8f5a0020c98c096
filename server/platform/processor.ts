import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { type Money } from "#app/contracts/money.ts";

import { Fault } from "./faults.ts";

/** Why a payment did not go through, in our own words; the sentence is in the message catalogue. */
export const FAILURE_CODES = [
  "card_declined",
  "insufficient_funds",
  "expired_card",
  "incorrect_cvc",
  "incorrect_number",
  "incorrect_postal_code",
  "card_lost_or_stolen",
  "authentication_failed",
  "processing_error",
  "limit_exceeded",
  "bank_account_closed",
  "bank_account_unusable",
  "debit_not_authorized",
  "verification_failed",
  "form_expired",
  "amount_too_small",
  "amount_too_large",
  "method_not_usable",
  "other",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What a card's network says about trying again. Source: docs.stripe.com/declines, "advice code". */
export const RETRY_ADVICE = ["try_again_later", "do_not_try_again", "confirm_card_data"] as const;
export type RetryAdvice = (typeof RETRY_ADVICE)[number];

/** Why an attempt failed: in our word, in the processor's own, and what it advises, if anything. */
export type Failure = { code: FailureCode; declineCode: string | null; advice: RetryAdvice | null };

/** What people recognise a card or bank account by. */
export type MethodFacts = {
  processorId: string;
  kind: "card" | "bank_debit";
  brand: string | null;
  /** The wallet that handed the card over: "google_pay". */
  wallet: string | null;
  last4: string;
  expMonth: number | null;
  expYear: number | null;
  bankName: string | null;
  mandateId: string | null;
};

export type ChargeFacts = {
  id: string;
  capturedMinor: bigint;
  settledAt: Date;
  /** What the processor kept of it; null while it has not said so yet. */
  fee: { amountMinor: bigint; source: string } | null;
};

export type IntentState = "requires_action" | "processing" | "settled" | "failed" | "canceled";

/** Where an attempt stands at the processor, right now. */
export type IntentFacts = {
  intentId: string;
  /** Ours, as we named it when we asked. */
  paymentId: string | null;
  state: IntentState;
  /** What the browser needs to go on, while the payer must do something. */
  clientSecret: string | null;
  actionKind: "authenticate" | "verify_microdeposits" | null;
  /** The processor's own page, where the payer tells the micro-deposits. */
  verifyUrl: string | null;
  charge: ChargeFacts | null;
  method: MethodFacts | null;
  /** Whether the payer wanted the method kept, and it may be used again. */
  reusable: boolean;
  failure: Failure | null;
};

export type StartIntent = {
  /** Ours: the same key never charges twice. */
  key: string;
  paymentId: string;
  accountId: string;
  customerId: string;
  amount: Money;
  description: string;
  means:
    | { kind: "token"; confirmationToken: string; save: boolean }
    | { kind: "saved"; methodId: string; offSession: boolean };
};

/** `unknown`: it may or may not have happened; asking again with the same key is safe. */
export type IntentAnswer =
  { known: true; intent: IntentFacts } | { known: true; intent: null; failure: FailureCode } | { known: false };

/** Where the saving of a method stands at the processor, right now. */
export type SetupFacts = {
  intentId: string;
  /** Ours, as we named it when we asked. */
  setupId: string | null;
  state: "requires_action" | "done" | "failed" | "canceled";
  clientSecret: string | null;
  /** The processor's own page, where the micro-deposits are told. */
  verifyUrl: string | null;
  method: MethodFacts | null;
  failure: FailureCode | null;
};

export type StartSetup = { key: string; setupId: string; customerId: string; confirmationToken: string };

/** `unknown`: asking again with the same key is safe. */
export type SetupAnswer =
  { known: true; setup: SetupFacts } | { known: true; setup: null; failure: FailureCode } | { known: false };

export type DisputeFacts = {
  id: string;
  intentId: string | null;
  chargeId: string;
  amountMinor: bigint;
  /** A bank debit that came back is final at once; an inquiry moves no money. */
  kind: "chargeback" | "return" | "inquiry";
  state: "needs_response" | "under_review" | "won" | "lost";
  reason: string;
  evidenceDueAt: Date | null;
  openedAt: Date;
  /** Fee movements on our balance, oldest first: positive is taken, negative is given back. */
  fees: { amountMinor: bigint; source: string }[];
  /** Whether money has been taken, and given back again. */
  withdrawn: boolean;
  reinstated: boolean;
};

/** Why a refund did not arrive, in our own words; the sentence is in the message catalogue. */
export const REFUND_FAILURES = [
  "card_gone",
  "bank_refused",
  "charge_disputed",
  "already_refunded",
  "not_enough_balance",
  "other",
] as const;
export type RefundFailure = (typeof REFUND_FAILURES)[number];

/** Where a refund stands at the processor, right now. A succeeded one may still fail days later. */
export type RefundFacts = {
  id: string;
  /** Ours, as we named it when we asked; null for one that was made elsewhere. */
  refundId: string | null;
  state: "pending" | "succeeded" | "failed";
  failure: RefundFailure | null;
};

/** `unknown`: it may or may not have happened; asking again with the same key is safe. */
export type RefundAnswer =
  { known: true; refund: RefundFacts } | { known: true; refund: null; failure: RefundFailure } | { known: false };

/** Money on its way to our bank. */
export type PayoutFacts = {
  id: string;
  amount: Money;
  state: "created" | "arrived" | "failed";
  createdAt: Date;
  /** When it arrived, or is expected to. */
  arrivesAt: Date;
  failureCode: string | null;
};

export type ProcessorEvent = { id: string; type: string; objectId: string | null; createdAt: Date; payload: unknown };

/** What the payments domain needs of a card processor. Implemented by server/integrations/stripe. */
export type Processor = {
  readonly mode: "sandbox" | "live";
  /** The processor's customer for a billing account; the same key gives the same one. */
  createCustomer(customer: { key: string; accountId: string; name: string; email: string | null }): Promise<string>;
  startIntent(start: StartIntent): Promise<IntentAnswer>;
  /** What a confirmation token was made of; null when it is unknown, used or expired. Throws unavailable. */
  readToken(confirmationToken: string): Promise<ChargeMethod | null>;
  /** Throws unavailable when the processor cannot be asked. */
  getIntent(intentId: string): Promise<IntentFacts>;
  /** An attempt we asked for and never heard of, found by our own id. */
  findIntent(of: { customerId: string; paymentId: string }): Promise<IntentFacts | null>;
  /** Cancels what is still cancellable and tells where it stands now. */
  cancelIntent(intentId: string): Promise<IntentFacts>;
  /** Saves a method without a payment. */
  startSetup(start: StartSetup): Promise<SetupAnswer>;
  /** Throws unavailable when the processor cannot be asked. */
  getSetup(intentId: string): Promise<SetupFacts>;
  cancelSetup(intentId: string): Promise<SetupFacts>;
  detachMethod(methodId: string): Promise<void>;
  /** A saved method as it is now; null when it is unknown. Throws unavailable when the processor cannot be asked. */
  getMethod(methodId: string): Promise<MethodFacts | null>;
  getDispute(disputeId: string): Promise<DisputeFacts>;
  /** Gives money of a charge back. The same key never gives it twice. */
  startRefund(start: { key: string; refundId: string; chargeId: string; amount: Money }): Promise<RefundAnswer>;
  getRefund(refundId: string): Promise<RefundFacts>;
  /** A refund we asked for and never heard of, found by our own id. */
  findRefund(of: { chargeId: string; refundId: string }): Promise<RefundFacts | null>;
  getPayout(payoutId: string): Promise<PayoutFacts>;
  /** Verifies the signature of a webhook; null when it is not the processor's. */
  readEvent(raw: string, signature: string): ProcessorEvent | null;
};

const cannot = (): never => {
  throw new Fault("unavailable", "the payment processor is not reachable from here");
};

/** For command lines and tests that take no payments: every call says that there is no processor here. */
export const noProcessor = (mode: Processor["mode"]): Processor => ({
  mode,
  createCustomer: cannot,
  startIntent: cannot,
  readToken: cannot,
  getIntent: cannot,
  findIntent: cannot,
  cancelIntent: cannot,
  startSetup: cannot,
  getSetup: cannot,
  cancelSetup: cannot,
  detachMethod: cannot,
  getMethod: cannot,
  getDispute: cannot,
  startRefund: cannot,
  getRefund: cannot,
  findRefund: cannot,
  getPayout: cannot,
  readEvent: cannot,
});
