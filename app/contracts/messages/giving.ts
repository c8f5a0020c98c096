import { isolated } from "../isolated.ts";
import { type GivenReason } from "../credit-command.ts";
import { formatMoney, type Money } from "../money.ts";

/** A reason for a credit, as staff choose it. */
export const GIVEN_REASON_WORDS: Record<GivenReason, string> = {
  billed_wrong: "Billed wrong",
  duplicate_charge: "Charged twice",
  service_issue: "Service issue",
  late_fee: "Late fee",
  goodwill: "Goodwill",
  hardship: "Hardship",
};

/** While the line is lost and a credit or a decision is on its way. */
export const DONE_LATER = "Waiting for the connection. It is done once, when it is back; nothing you typed is lost.";

type Who = { who: "rep" | "supervisor" | "admin" | null; people: readonly string[] };

/** Why a credit or a decision was refused; the facts as the domains report them, amounts in their currency. */
export type GivingRefusalFacts =
  | ({ reason: "above_limit"; limit: Money } & Who)
  | ({ reason: "above_day_limit"; limit: Money; left: Money } & Who)
  | { reason: "more_than_left"; left: Money }
  | { reason: "amount_out_of_range"; most: Money }
  | {
      reason:
        | "nothing_to_give"
        | "bill_needed"
        | "bill_void"
        | "other_currency"
        | "account_changed"
        | "case_changed"
        | "not_in_state"
        | "reason_needed"
        | "key_reused_with_other_input";
    };

/** One or two sentences: what stands in the way, and who or what helps. Nothing was given. */
export function givingRefusalText(refusal: GivingRefusalFacts, locale: string): string {
  const text = (amount: Money) => formatMoney(amount, locale);
  switch (refusal.reason) {
    case "above_limit":
      return `You can give up to ${text(refusal.limit)} at once. ${askWho(refusal)}`;
    case "above_day_limit":
      return `You can give up to ${text(refusal.limit)} a day, and ${text(refusal.left)} is left today. ${askWho(refusal)}`;
    case "more_than_left":
      return refusal.left.amountMinor === 0n
        ? "All of this bill or line was credited already."
        : `At most ${text(refusal.left)} of this bill or line can still be credited.`;
    case "amount_out_of_range":
      return `A part is more than nothing and less than ${text(refusal.most)}.`;
    case "nothing_to_give":
      return "The amount must be above zero.";
    case "bill_needed":
      return "A credit note is about a bill: choose which.";
    case "bill_void":
      return "This bill was voided: there is nothing to credit.";
    case "other_currency":
      return "The account is kept in another currency.";
    case "account_changed":
      return "Something on this account changed while you were writing. The numbers are up to date now: look again, then give it.";
    case "case_changed":
      return "Somebody worked on this case while you were writing. Look at it again, then decide.";
    case "not_in_state":
      return "This case is decided already.";
    case "reason_needed":
      return "Say why: the customer reads it.";
    case "key_reused_with_other_input":
      return "This form was sent before with other values. Look at it again, then send it.";
  }
}

const PLURAL = { rep: "a rep", supervisor: "a supervisor", admin: "an admin" } as const;

function askWho({ who, people }: Who): string {
  if (who === null) return "Nobody may give that much; an admin can change the policy.";
  return people.length > 0 ? `Ask ${people.map(isolated).join(" or ")} (${who}).` : `Ask ${PLURAL[who]}.`;
}
