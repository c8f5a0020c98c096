import { isZero, type Money } from "../money.ts";

/** Where an attempt to pay stands, as staff read it. What went back of a settled one is an amount, not a state. */
const STATES = {
  requested: { tone: "waiting", word: "Requested" },
  requires_action: { tone: "waiting", word: "Waits for the customer" },
  processing: { tone: "waiting", word: "Processing" },
  settled: { tone: "settled", word: "Settled" },
  failed: { tone: "overdue", word: "Failed" },
  canceled: { tone: "done", word: "Canceled" },
} as const;

export type StaffPaymentFacts = {
  state: keyof typeof STATES;
  /** All that was charged, the convenience fee in it included. */
  amount: Money;
  fee: Money;
  refunded: Money;
  /** Returned by the bank, or charged back. */
  takenBack: Money;
  /** The part of it that the bank returned. */
  returned: Money;
  bouncedOn: string | null;
};

export type PaymentWord = { tone: "settled" | "waiting" | "overdue" | "dispute" | "done"; word: string };

/** A payment in a word for staff: what the bank took of it comes before what was refunded, and "partly" says that some is left. */
export function staffPaymentWord(payment: StaffPaymentFacts): PaymentWord {
  const { state, amount, fee, refunded, takenBack, returned, bouncedOn } = payment;
  if (state !== "settled") return STATES[state];
  if (bouncedOn !== null) return { tone: "overdue", word: "Sent back by the bank" };
  if (!isZero(returned)) {
    return { tone: "overdue", word: returned.amountMinor < amount.amountMinor ? "Partly returned" : "Returned" };
  }
  if (!isZero(takenBack)) {
    const all = takenBack.amountMinor >= amount.amountMinor;
    return { tone: "dispute", word: all ? "Charged back" : "Partly charged back" };
  }
  if (isZero(refunded)) return STATES.settled;
  // The convenience fee is kept unless it was chosen: without it everything went back.
  const all = refunded.amountMinor >= amount.amountMinor - fee.amountMinor;
  return { tone: "done", word: all ? "Refunded" : "Partly refunded" };
}
