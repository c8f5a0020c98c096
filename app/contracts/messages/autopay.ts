import { isolated } from "../isolated.ts";
import { formatLocalDate, type LocalDate } from "../local-date.ts";
import { formatMoney, type Money } from "../money.ts";

export const AMOUNT_KINDS = ["statement_balance", "full_balance", "fixed"] as const;
export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const AMOUNT_WORDS: Record<AmountKind, { label: string; note: string }> = {
  statement_balance: { label: "What each bill asks for", note: "Every bill is paid when its day comes." },
  full_balance: { label: "The full balance", note: "When a bill comes due, everything that is open is paid with it." },
  fixed: { label: "A fixed amount each month", note: "Oldest bills first, never more than is open." },
};

const WHAT: Record<AmountKind, (fixed: string) => string> = {
  statement_balance: () => "the amount of each of my bills",
  full_balance: () => "everything that is open on my account whenever a bill comes due",
  fixed: (fixed) => `at most ${fixed} a month towards my bills, oldest first`,
};

export type MandateFacts = {
  biller: string;
  accountNumber: string;
  method: string;
  amountKind: AmountKind;
  fixed: Money | null;
  daysBeforeDue: number;
  noticeDays: number;
};

/** What a customer agrees to, word for word: kept with their consent. */
export function mandateText(facts: MandateFacts, locale = "en-US"): string {
  const { biller, accountNumber, method, amountKind, fixed, daysBeforeDue, noticeDays } = facts;
  const when = daysBeforeDue === 0 ? "on the due date" : `${daysText(daysBeforeDue)} before the due date`;
  return [
    `I authorize ${isolated(biller)} to take ${WHAT[amountKind](fixed ? formatMoney(fixed, locale) : "")} for account ${accountNumber}, ${when}, from ${method}.`,
    `${isolated(biller)} tells me the amount and the day by e-mail at least ${daysText(noticeDays)} before, never takes more than that, and leaves out what I have in dispute.`,
    "I can change or stop this at any time on the Autopay page, up to the day itself.",
  ].join(" ");
}

export const daysText = (days: number): string => (days === 1 ? "1 day" : `${String(days)} days`);

export type AutopayProblem =
  | { reason: "method_gone" | "method_expired" | "fixed_amount_missing" | "days_out_of_range" | "account_closed" }
  | { reason: "already_taken" }
  | { reason: "fixed_amount_unchargeable"; minimum: Money; step: Money }
  | { reason: "date_out_of_range"; first: LocalDate; last: LocalDate };

export function autopayProblemText(problem: AutopayProblem, locale = "en-US"): string {
  switch (problem.reason) {
    case "method_gone":
      return "This card or bank account is not saved any more. Choose another one.";
    case "method_expired":
      return "This card has expired. Choose another one.";
    case "fixed_amount_missing":
      return "Enter the most that may be taken each month.";
    case "fixed_amount_unchargeable": {
      const [least, step] = [problem.minimum, problem.step].map((value) => formatMoney(value, locale));
      const steps = problem.step.amountMinor > 1n ? `, in steps of ${String(step)}` : "";
      return `Enter ${String(least)} or more${steps}: less cannot be charged.`;
    }
    case "days_out_of_range":
      return "Choose the due date, or up to 28 days before it.";
    case "account_closed":
      return "This account is closed. Nothing will be billed to it.";
    case "already_taken":
      return "This one is on its way already and cannot be changed.";
    case "date_out_of_range": {
      const [first, last] = [problem.first, problem.last].map((day) => formatLocalDate(day, "long", locale));
      return `Choose a day from ${String(first)} to ${String(last)}.`;
    }
  }
}

/** Where a draft comes from, as both sides read it. */
export const DRAFT_SOURCE: Record<"autopay" | "plan" | "scheduled", string> = {
  autopay: "Autopay",
  plan: "Payment plan",
  scheduled: "Chosen date",
};

export const TERMS_CHANGED = "These terms changed while you read them. Here they are as they stand now.";

export const AUTOPAY_DONE: Readonly<Record<string, string>> = {
  on: "Autopay is on. We have mailed you what you agreed to.",
  paused: "Autopay is paused.",
  resumed: "Autopay goes on. You are told before the next payment is taken.",
  off: "Autopay is off. Nothing will be taken by itself.",
  cancel: "It is canceled. The bills are yours to pay.",
  change: "It is changed.",
};

/** Why a draft was cancelled, as its history tells it. */
export const DRAFT_CANCELED: Readonly<Record<string, string>> = {
  paid: "Paid another way before",
  nothing_left: "Nothing was left to take",
  by_customer: "Canceled by you",
  below_minimum: "Too little was left to take",
  autopay_paused: "Autopay was paused",
  autopay_changed: "Autopay was changed",
  autopay_stopped: "Autopay was turned off",
  autopay_method_removed: "What it was paid from was removed",
  method_removed: "What it was paid from was removed",
};
