/** The kinds of dispute a clock can be set for; the first holds for all that have none of their own. */
export const CLOCK_NAMES = {
  default: "Every dispute",
  charged_twice: "Charged twice",
  wrong_amount: "Wrong amount",
  not_received: "Not received",
  not_mine: "Not theirs",
  quality: "Quality",
  already_paid: "Already paid",
  canceled: "Canceled",
  other: "Something else",
} as const;
export const CLOCK_KINDS = Object.keys(CLOCK_NAMES) as (keyof typeof CLOCK_NAMES)[];
export const LIMIT_ROLES = ["rep", "supervisor", "admin"] as const;

export const POLICY_TEXTS = {
  limitHint: "Empty is no limit, 0 is none at all.",
  days: "Enter a number of days.",
  label: "Name where these days come from.",
  reason: "Say why this changes, for the log.",
  tooLong: "This is too long.",
  offsets: "Enter up to twelve days, such as -3, 1, 14: below zero is before the due date.",
  percent: "Enter a percentage from 0 to 10, such as 2.9.",
  chargebackLost: "Choose what happens to a lost chargeback.",
} as const;

export const PLAN_POLICY_TEXTS = { mostBelowLeast: "This is fewer than the fewest instalments." } as const;

/** What a convenience fee is set for. */
export const FEE_METHOD_NAMES = { card: "card", bank_debit: "bank account" } as const;

export const CHARGEBACK_LOST_NAMES = {
  collect_again: "It is owed again",
  write_off: "It is our loss",
} as const;

/** Why an event of the processor waits for a person. */
export const PARKED_WORDS: Readonly<Record<string, string>> = {
  no_handler: "Our books have no place for it yet",
  unknown_object: "It is about something we did not start",
  unreadable: "It could not be read",
};
