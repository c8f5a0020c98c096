import { formatMoney, type Money } from "../money.ts";

export const BY_HAND_TEXTS = {
  day: "Enter a day as year, month and day.",
  cause: "Choose why the money goes back.",
  kind: "Choose how the money came.",
  tooLong: "This is too long.",
  bounceReason: "Say what the bank wrote, for example: not sufficient funds.",
} as const;

export const BY_HAND_KINDS = { check: "Check", cash: "Cash", transfer: "Transfer" } as const;

export const BOUNCE_REFUSALS = {
  cannot_bounce: "Only a check or a transfer that was booked can come back.",
  bounced_already: "It is booked as sent back already.",
  in_the_future: "This day has not come yet.",
  before_it_came: "It cannot have come back before it was received.",
  key_reused_with_other_input: "This form was sent before with other values. Look at it again, then send it.",
} as const;

export type RecordRefusalFacts =
  | { reason: "in_the_future" | "nothing_to_pay" | "bill_not_open" | "key_reused_with_other_input" }
  | { reason: "more_than_due"; bill: string; most: Money }
  | { reason: "becomes_credit"; credit: Money }
  | { reason: "below_minimum"; minimum: Money };

export function recordRefusalText(refusal: RecordRefusalFacts, locale: string): string {
  switch (refusal.reason) {
    case "in_the_future":
      return "This day has not come yet. Enter the day the money was received.";
    case "nothing_to_pay":
      return "Enter how much came.";
    case "bill_not_open":
      return "What is open on this account changed meanwhile. The numbers are fresh now: look, then record it.";
    case "more_than_due":
      return `Bill ${refusal.bill} takes at most ${formatMoney(refusal.most, locale)}.`;
    case "becomes_credit":
      return `${formatMoney(refusal.credit, locale)} would become credit.`;
    case "below_minimum":
      return `The smallest amount is ${formatMoney(refusal.minimum, locale)}.`;
    case "key_reused_with_other_input":
      return "This form was sent before with other values. It was booked then; look at the payments before you send it again.";
  }
}

export type DepositRefusalFacts = {
  reason:
    "nothing_to_deposit" | "several_currencies" | "not_undeposited" | "in_the_future" | "key_reused_with_other_input";
  label?: string;
};

export function depositRefusalText({ reason, label = "" }: DepositRefusalFacts): string {
  switch (reason) {
    case "nothing_to_deposit":
      return "Tick what you bring to the bank.";
    case "several_currencies":
      return "One slip holds one currency. Deposit the others on their own.";
    case "not_undeposited":
      return `${label} is deposited already, or came back. The list is fresh now.`;
    case "in_the_future":
      return "This day has not come yet.";
    case "key_reused_with_other_input":
      return "This form was sent before with other values. Reload the page, then send it again.";
  }
}

/** A journal, as the books of a payment list it. */
export const JOURNAL_WORDS: Record<string, string> = {
  payment_settled: "Payment settled",
  recorded_payment: "Payment recorded",
  imported_payment: "Payment imported",
  processor_fee: "Processor’s fee",
  credit_applied: "Credit applied",
  credit_unapplied: "Taken off its bills",
  payment_returned: "Returned by the bank",
  payment_bounced: "Bounced",
  chargeback_opened: "Charged back",
  chargeback_fee: "Chargeback fee",
  chargeback_won: "Chargeback won",
  chargeback_fee_returned: "Chargeback fee returned",
  refund: "Refunded",
  refund_reopened: "Refunded, owed again",
  refund_failed: "Refund did not arrive",
};

export const PARKED_REFUSALS = {
  not_parked: "Somebody worked it off meanwhile.",
  reason_needed: "Say what you found, so that the next one knows.",
} as const;
