import { isolated } from "../isolated.ts";
import { formatLocalDate, type LocalDate } from "../local-date.ts";
import { formatMoney, type Money } from "../money.ts";

export const PLAN_EVERY_WORDS = { month: "every month", two_weeks: "every two weeks", week: "every week" } as const;
export type EveryWord = keyof typeof PLAN_EVERY_WORDS;

type Tone = "settled" | "waiting" | "overdue" | "done";

/** A plan's state in one word, the same for both sides. */
export const PLAN_STATES: Record<string, { tone: Tone; word: string }> = {
  proposed: { tone: "waiting", word: "Waits for approval" },
  offered: { tone: "waiting", word: "Waits for the customer" },
  active: { tone: "settled", word: "Running" },
  completed: { tone: "settled", word: "Paid off" },
  broken: { tone: "overdue", word: "Broken" },
  cancelled: { tone: "done", word: "Canceled" },
  declined: { tone: "done", word: "Declined" },
  expired: { tone: "done", word: "Expired" },
};

export const planState = (state: string): { tone: Tone; word: string } =>
  PLAN_STATES[state] ?? { tone: "done", word: state };

export const INSTALMENT_STATES: Record<string, { tone: Tone; word: string }> = {
  scheduled: { tone: "done", word: "To come" },
  announced: { tone: "waiting", word: "Taken on its day" },
  processing: { tone: "waiting", word: "On its way" },
  paid: { tone: "settled", word: "Paid" },
  missed: { tone: "overdue", word: "Missed" },
  moved: { tone: "done", word: "Moved to the last one" },
  cancelled: { tone: "done", word: "Not needed any more" },
};

export type MandateFacts = {
  business: string;
  method: string;
  schedule: readonly { dueOn: LocalDate; amount: Money }[];
  /** The down payment is the first of the schedule. */
  down: boolean;
  graceDays: number;
};

/** What a payer agrees to, word for word: every amount and day. Kept as it was shown. */
export function planMandate({ business, method, schedule, down, graceDays }: MandateFacts, locale: string): string {
  const parts = schedule.map(({ dueOn, amount }, at) =>
    at === 0 && down
      ? `${formatMoney(amount, locale)} on the day this plan begins`
      : `${formatMoney(amount, locale)} on ${formatLocalDate(dueOn, "long", locale)}`,
  );
  return (
    `I authorize ${isolated(business)} to take these payments from ${method}: ${parts.join(", ")}. ` +
    `A payment that fails may be tried again. If one is not paid within ${String(graceDays)} days it may be added to the last one, ` +
    "or end the plan; what is open is then due on the dates of its bills. What I pay by hand comes off the next payments. " +
    "I can pay everything at once at any time, and withdraw this by a message."
  );
}

/** Why a plan was not made, accepted or paid on; the facts as the domain reports them, amounts in their currency. */
export type PlanRefusalFacts =
  | { reason: "instalments_out_of_range"; least: number; most: number }
  | { reason: "too_long"; mostDays: number; lastBy: LocalDate }
  | { reason: "down_too_small"; least: Money }
  | { reason: "down_too_large"; most: Money }
  | { reason: "off_grid"; step: Money }
  | { reason: "instalment_too_small"; least: Money; most: number }
  | { reason: "first_out_of_range" | "date_out_of_range"; first: LocalDate; last: LocalDate }
  | { reason: "above_own_bound"; mostInstalments: number; mostTotal: Money | null; people: readonly string[] }
  | { reason: "more_than_left"; left: Money }
  | {
      reason:
        | "nothing_to_plan"
        | "nothing_to_promise"
        | "bill_not_open"
        | "account_changed"
        | "already_answered"
        | "method_gone"
        | "nothing_to_pay_from"
        | "bills_changed"
        | "first_day_passed"
        | "not_running"
        | "reason_needed"
        | "key_reused_with_other_input";
    };

/** The field it is about, and the sentence: what stands in the way, and what is allowed. */
export function planRefusalText(refusal: PlanRefusalFacts, locale: string): { field: string; text: string } {
  const amount = (value: Money) => formatMoney(value, locale);
  const day = (value: LocalDate) => formatLocalDate(value, "long", locale);
  switch (refusal.reason) {
    case "instalments_out_of_range":
      return {
        field: "instalments",
        text: `Choose ${String(refusal.least)} to ${String(refusal.most)} instalments.`,
      };
    case "too_long":
      return { field: "instalments", text: `The last instalment must be paid by ${day(refusal.lastBy)}.` };
    case "down_too_small":
      return { field: "down", text: `At least ${amount(refusal.least)} is paid at once.` };
    case "down_too_large":
      return { field: "down", text: "That would pay all of it at once: no plan is needed." };
    case "off_grid":
      return { field: "down", text: `Amounts go in steps of ${amount(refusal.step)}.` };
    case "instalment_too_small":
      return {
        field: "instalments",
        text:
          refusal.most < 2
            ? `An instalment is at least ${amount(refusal.least)}: this is too little for a plan.`
            : `An instalment is at least ${amount(refusal.least)}: choose at most ${String(refusal.most)}.`,
      };
    case "first_out_of_range":
      return { field: "first", text: `Choose a day from ${day(refusal.first)} to ${day(refusal.last)}.` };
    case "date_out_of_range":
      return { field: "day", text: `Choose a day from ${day(refusal.first)} to ${day(refusal.last)}.` };
    case "above_own_bound": {
      const total = refusal.mostTotal ? ` and ${amount(refusal.mostTotal)}` : "";
      const who = refusal.people.length > 0 ? refusal.people.join(" or ") : "a supervisor";
      return {
        field: "instalments",
        text: `You can agree to up to ${String(refusal.mostInstalments)} instalments${total}. Ask ${who} for more.`,
      };
    }
    case "more_than_left":
      return { field: "amount", text: `The plan has ${amount(refusal.left)} left.` };
    default:
      return { field: "form", text: WORDS[refusal.reason] };
  }
}

const WORDS = {
  nothing_to_plan: "Choose at least one bill with something left to pay.",
  nothing_to_promise: "Nothing is asked for now.",
  bill_not_open: "One of the bills has nothing left to pay. Look at the list again.",
  account_changed: "Something on this account changed meanwhile. The numbers are up to date now: look again.",
  already_answered: "This plan was answered already. See how it stands now.",
  method_gone: "This card or bank account cannot be used any more. Choose another one.",
  nothing_to_pay_from:
    "The card or bank account it was to be paid from was removed or has expired. The customer can propose it anew with another one.",
  bills_changed: "Something was paid or credited meanwhile, so these amounts are not right any more. Make new terms.",
  first_day_passed: "The first day of this plan has come. Make new terms with a later one.",
  not_running: "This plan does not run.",
  reason_needed: "Say why, for the customer.",
  key_reused_with_other_input: "This was sent already, with other terms. Look at your plans.",
} as const;
