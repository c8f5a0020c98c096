import { isolated } from "../isolated.ts";
import { PLAN_STATES } from "./plans.ts";

/** The words on a money card: what was done, and where it stands. */
export const CARD_TITLES: Record<string, string> = {
  credit_note: "Credit note",
  goodwill_credit: "Credit",
  provisional_credit: "Provisional credit",
  waiver: "Fee waived",
  late_fee: "Late fee",
  payment: "Payment",
  recorded_payment: "Payment received",
  payment_request: "Payment request",
  refund: "Refund",
  return: "Payment returned",
  chargeback: "Chargeback",
  apply_credit: "Credit applied",
  unapply_credit: "Credit taken off a bill",
  write_off: "Written off",
  void_invoice: "Bill voided",
  issue_invoice: "New bill",
  resolve_dispute: "Dispute decided",
  plan_offer: "Payment plan offered",
  plan: "Payment plan proposed",
  promise: "Promise to pay",
};

const OUTCOMES: Record<string, string> = {
  for_customer: "Dispute decided for the customer",
  partially: "Dispute decided partly for the customer",
  denied: "Dispute denied",
};

/** The same words for both sides of a thread. */
export const cardTitle = (kind: string, facts: Record<string, unknown> = {}): string =>
  OUTCOMES[String(facts["outcome"])] ?? CARD_TITLES[kind] ?? "Change to the account";

export type CardTone = "settled" | "waiting" | "overdue" | "done";

const STATES: Record<string, { tone: CardTone; word: string }> = {
  pending_approval: { tone: "waiting", word: "Waits for approval" },
  accepted: { tone: "waiting", word: "Accepted" },
  in_progress: { tone: "waiting", word: "On its way" },
  done: { tone: "settled", word: "Posted" },
  refused: { tone: "done", word: "Not approved" },
  failed: { tone: "overdue", word: "Did not go through" },
  reversed: { tone: "done", word: "Taken back" },
};

/** A refund that came back to us after it was sent. */
const NOT_ARRIVED = { tone: "overdue", word: "Did not arrive" } as const;

type CardFacts = { state: string; kind?: string; facts?: Record<string, unknown> };

export function cardState({ state, kind = "", facts = {} }: CardFacts): { tone: CardTone; word: string } {
  const plan = PLAN_STATES[String(facts["planState"])];
  if (plan) return plan;
  if (kind === "refund" && state === "reversed") return NOT_ARRIVED;
  if (kind === "refund" && state === "done") return { tone: "settled", word: "Sent" };
  return STATES[state] ?? { tone: "done", word: state };
}

/** What happened around a conversation, told in its thread to both sides. The domain gives facts in `meta`, never words. */
const EVENTS: Record<string, string> = {
  "dispute acknowledge": "The dispute was received, and somebody has it.",
  "dispute investigate": "The dispute is being looked into.",
  "dispute ask_customer": "The dispute waits for an answer of the customer.",
  "dispute customer_replied": "The customer answered; the dispute is being looked into.",
  "dispute withdraw": "The dispute was withdrawn. Its amount can be paid again.",
  "dispute appeal": "The decision was appealed; it is looked at once more.",
  "dispute close": "The dispute is closed.",
  "dispute reopen": "The dispute was opened again. Nobody asks for its amount meanwhile.",
};

/** The same, where who did it is part of the sentence. */
const EVENTS_OF: Record<string, (meta: Record<string, unknown>) => string> = {
  "conversation taken_over": ({ by, from }) => `${nameOf(by)} took this conversation over from ${nameOf(from)}.`,
};
const nameOf = (name: unknown): string => (typeof name === "string" && name !== "" ? isolated(name) : "a colleague");

/** The line of an event; the text that came with it where this catalogue has none. */
export function eventLine(meta: Record<string, unknown>, body: string): string {
  const key = `${String(meta["what"])} ${String(meta["kind"])}`;
  return EVENTS[key] ?? EVENTS_OF[key]?.(meta) ?? (body || "Something changed.");
}
