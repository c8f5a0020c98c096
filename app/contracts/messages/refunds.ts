import { isolated } from "../isolated.ts";
import { formatMoney, type Money } from "../money.ts";

/** Why money goes back; the domain's words for it, the default first. */
export const REFUND_CAUSES = ["billed_wrong", "overpaid", "goodwill", "reopen"] as const;
export type RefundCauseWord = (typeof REFUND_CAUSES)[number];

/** As staff choose it, with what the books and the bills say afterwards. */
export const REFUND_CAUSE_WORDS: Record<RefundCauseWord, { label: string; effect: string }> = {
  billed_wrong: {
    label: "Billed wrong",
    effect: "A credit note corrects each bill by what is refunded of it. Nothing is owed again.",
  },
  overpaid: { label: "Overpaid", effect: "Gives back what no bill took. The bills stay paid." },
  goodwill: { label: "Goodwill", effect: "A gift: the bills were right and stay settled, and we bear the amount." },
  reopen: { label: "Paid by mistake", effect: "Takes the payment off its bills. They are owed again." },
};

export const REOPEN_WARNING =
  "The customer owes these bills again, and they may be late at once. Choose it only when the payment itself was a mistake.";

/** As the customer reads it. */
export const REFUND_REASONS: Record<RefundCauseWord, string> = {
  billed_wrong: "Your bill was wrong, and was corrected.",
  overpaid: "You had paid more than your bills asked for.",
  goodwill: "As a gesture of goodwill.",
  reopen: "The payment was taken off its bills; they are open again.",
};

export const REFUND_STATES: Record<string, { tone: "waiting" | "settled" | "overdue"; word: string }> = {
  requested: { tone: "waiting", word: "Asked for" },
  pending: { tone: "waiting", word: "On its way" },
  succeeded: { tone: "settled", word: "Sent" },
  failed: { tone: "overdue", word: "Did not arrive" },
};

const FAILURES: Record<string, string> = {
  card_gone: "The card or account it went to is no longer there.",
  bank_refused: "The customer’s bank sent it back.",
  charge_disputed: "The payment is disputed with the bank, so it cannot be refunded.",
  already_refunded: "The processor says that this payment was refunded already.",
  not_enough_balance: "There was not enough money on our balance at the processor.",
};

/** Why a refund did not arrive, for staff. */
export const refundFailureText = (code: string | null): string =>
  FAILURES[code ?? ""] ?? "The processor could not send it.";

type Who = { who: "rep" | "supervisor" | "admin" | null; people: readonly string[] };

/** Why a refund was refused; the facts as the domains report them, amounts in their currency. */
export type RefundRefusalFacts =
  | ({ reason: "above_limit"; limit: Money } & Who)
  | ({ reason: "above_day_limit"; limit: Money; left: Money } & Who)
  | { reason: "more_than_paid" | "more_than_overpaid" | "more_than_on_bills"; left: Money }
  | { reason: "more_than_on_bill" | "more_than_left"; left: Money; bill: string }
  | { reason: "not_on_grid"; step: Money }
  | {
      reason:
        | "not_settled"
        | "nothing_to_refund"
        | "under_bank_review"
        | "bills_do_not_add_up"
        | "bill_void"
        | "account_changed"
        | "key_reused_with_other_input";
    };

/** One or two sentences: what stands in the way, and who or what helps. Nothing was refunded. */
export function refundRefusalText(refusal: RefundRefusalFacts, locale: string): string {
  const text = (amount: Money) => formatMoney(amount, locale);
  switch (refusal.reason) {
    case "above_limit":
      return `You can give up to ${text(refusal.limit)} at once. ${askWho(refusal)}`;
    case "above_day_limit":
      return `You can give up to ${text(refusal.limit)} a day, and ${text(refusal.left)} is left today. ${askWho(refusal)}`;
    case "more_than_paid":
      return `At most ${text(refusal.left)} of this payment is left to refund.`;
    case "more_than_overpaid":
      return `${text(refusal.left)} of this payment is on no bill. Choose another cause for what paid bills.`;
    case "more_than_on_bills":
      return `${text(refusal.left)} of this payment is on bills. Refund the rest as overpaid.`;
    case "more_than_on_bill":
      return `This payment has ${text(refusal.left)} on bill ${refusal.bill}; more cannot be taken off it.`;
    case "more_than_left":
      return `At most ${text(refusal.left)} of bill ${refusal.bill} can still be credited. Choose goodwill for more.`;
    case "not_on_grid":
      return `The processor moves this currency in steps of ${text(refusal.step)}.`;
    case "not_settled":
      return "Only a payment that has settled can be refunded.";
    case "nothing_to_refund":
      return "Enter how much goes back.";
    case "under_bank_review":
      return "The bank has this payment under review. Whoever is right gets the money there, so it cannot be refunded here.";
    case "bills_do_not_add_up":
      return "The amounts per bill do not add up. Look at them again.";
    case "bill_void":
      return "One of these bills is canceled.";
    case "account_changed":
      return "Something changed on this account meanwhile. The numbers are fresh now: look, then refund again.";
    case "key_reused_with_other_input":
      return "This form was sent before with other amounts. Reload the page and start again.";
  }
}

const ROLE_WORDS = { rep: "a rep", supervisor: "a supervisor", admin: "an admin" };

function askWho({ who, people }: Who): string {
  if (who === null) return "Nobody may give that much; an admin can change the policy.";
  return people.length > 0 ? `Ask ${people.map(isolated).join(" or ")} (${who}).` : `Ask ${ROLE_WORDS[who]}.`;
}
