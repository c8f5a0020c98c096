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
};

export const cardTitle = (kind: string): string => CARD_TITLES[kind] ?? "Change to your account";

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

export const cardState = (state: string): { tone: CardTone; word: string } =>
  STATES[state] ?? { tone: "done", word: state };

/** What happened around a conversation, told in its thread. The domain gives `meta.event` and facts, never words. */
const EVENTS: Record<string, string | ((facts: Record<string, unknown>) => string)> = {
  "dispute.open": "Your dispute was received. Nobody will ask for the disputed amount while we look into it.",
  "dispute.acknowledged": "Your dispute is with us.",
  "dispute.investigating": "We are looking into your dispute.",
  "dispute.waiting_on_customer": "We need something from you to go on.",
  "dispute.resolved_for_customer": "The dispute was decided for you.",
  "dispute.resolved_partially": "The dispute was decided partly for you.",
  "dispute.denied": "The dispute was denied.",
  "dispute.appealed": "The decision was appealed.",
  "dispute.withdrawn": "The dispute was withdrawn.",
  "dispute.closed": "The dispute is closed.",
  "dispute.reopened": "The dispute was opened again.",
};

/** The line of an event; the text that came with it where this catalogue has none. */
export function eventLine(meta: Record<string, unknown>, body: string): string {
  const words = EVENTS[String(meta["event"])];
  if (words === undefined) return body || "Something changed.";
  return typeof words === "string" ? words : words(meta);
}
