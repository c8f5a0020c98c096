/** A movement's journal in the reader's words; the parts that are known are put after it. */
const WORDS: Readonly<Record<string, string>> = {
  invoice_issued: "Bill",
  invoice_voided: "Bill canceled",
  credit_note: "Credit note",
  goodwill_credit: "Goodwill credit",
  waiver: "Fee waived",
  late_fee: "Late fee",
  payment_settled: "Payment",
  recorded_payment: "Payment",
  imported_payment: "Payment",
  imported_credit_note_paid: "Credit note paid out",
  payment_returned: "Payment returned by the bank",
  payment_bounced: "Check bounced",
  chargeback_opened: "Taken back by the card’s bank",
  chargeback_won: "Given back by the card’s bank",
  chargeback_lost: "Written off",
  write_off: "Written off",
  write_off_recovered: "Write-off taken back",
  provisional_credit: "Provisional credit",
  provisional_confirmed: "Provisional credit confirmed",
  provisional_reversed: "Provisional credit taken back",
  refund: "Refund",
  refund_reopened: "Refund",
  refund_failed: "Refund came back",
};

export type MovementFacts = {
  kind: string;
  billNumber: string | null;
  methodLabel: string | null;
  late: boolean;
};

/** "Payment, Visa ··4242"; "Credit note on INV-10423"; "Bill INV-10423". */
export function movementText({ kind, billNumber, methodLabel, late }: MovementFacts): string {
  const word = WORDS[kind] ?? "Change";
  const named = kind === "invoice_issued" || kind === "late_fee" || kind === "invoice_voided";
  const bill = billNumber === null ? "" : named ? ` ${billNumber}` : ` on ${billNumber}`;
  const method = methodLabel === null ? "" : `, ${methodLabel}`;
  return `${word}${bill}${method}${late ? " (arrived after the statement of its month)" : ""}`;
}

const AGING: Readonly<Record<string, string>> = {
  current: "Not due yet",
  d1_30: "1 to 30 days late",
  d31_60: "31 to 60 days late",
  d61_90: "61 to 90 days late",
  d90plus: "More than 90 days late",
};

/** How late what is open is, by the name of its bucket. */
export const agingText = (bucket: string): string => AGING[bucket] ?? bucket;

export const STATEMENT_DONE: Readonly<Record<string, string>> = {
  on: "We mail you a statement when each month is over.",
  off: "No more statements come by mail. You find them here all the same.",
};

export const RANGE_PROBLEM = "Choose two days, the first not after the last, at most ten years apart.";

/** Whom a statement is mailed to, for a reader who may know some of the addresses: those, and how many other people. */
export function mailedTo(addresses: readonly string[], known: readonly (string | null)[]): string | null {
  const named = addresses.filter((address) => known.includes(address));
  const others = addresses.length - named.length;
  const more = others === 0 ? [] : [others === 1 ? "one other person" : `${String(others)} other people`];
  return [...named, ...more].join(" and ") || null;
}
