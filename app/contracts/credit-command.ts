import { type Currency } from "./currency.ts";
import { type Money } from "./money.ts";
import { type AmountRefusal, parseAmount } from "./parse-amount.ts";

/** Why a rep gives a credit, as the form and the command line offer it. */
export const CREDIT_REASONS = [
  "billed_wrong",
  "duplicate_charge",
  "service_issue",
  "late_fee",
  "goodwill",
  "hardship",
] as const;
export type GivenReason = (typeof CREDIT_REASONS)[number];

export type CreditCommand = {
  amount: Money | null;
  /** Why the amount cannot be read, for the line above the composer. */
  amountRefusal: AmountRefusal | null;
  amountText: string;
  kind: "goodwill" | "credit_note" | null;
  reason: GivenReason | null;
  bill: string | null;
  /** What is left of the line: told to the customer. */
  note: string;
};

const WORDS: Record<GivenReason, readonly string[]> = {
  billed_wrong: ["billed wrong", "wrong"],
  duplicate_charge: ["duplicate", "twice"],
  service_issue: ["service issue", "service", "outage"],
  late_fee: ["late fee"],
  goodwill: ["goodwill", "kindness"],
  hardship: ["hardship"],
};

/**
 * Reads `/credit 12.50 service issue INV-10042 for the outage`: the amount first, then, in any order, a reason in words,
 * `note` or `goodwill` for the kind, and a bill's number; what is left is the note. Null when the text is no such command.
 */
export function readCreditCommand(
  text: string,
  { currency, locale, bills }: { currency: Currency; locale: string; bills: readonly string[] },
): CreditCommand | null {
  const match = /^\/credit(?:\s+([\s\S]*))?$/i.exec(text.trim());
  if (!match) return null;
  const [amountText = "", ...words] = (match[1] ?? "").split(/\s+/).filter(Boolean);
  const parsed = parseAmount(amountText, currency, locale);
  let rest = words.join(" ");
  const bill = bills.find((number) => words.some((word) => word.toLowerCase() === number.toLowerCase())) ?? null;
  if (bill !== null) rest = cut(cut(rest, `on ${bill}`), bill);
  const isNote = /\bcredit note\b/i.test(rest);
  if (isNote) rest = cut(rest, "credit note");
  const found = findReason(rest);
  return {
    amount: parsed.ok ? parsed.value : null,
    amountRefusal: parsed.ok ? null : parsed,
    ...{ amountText, bill, reason: found?.reason ?? null },
    kind: isNote ? "credit_note" : found?.reason === "billed_wrong" ? null : found ? "goodwill" : null,
    note: (found ? cut(rest, found.words) : rest).replace(/\s+/g, " ").trim(),
  };
}

function findReason(text: string): { reason: GivenReason; words: string } | null {
  for (const reason of CREDIT_REASONS) {
    const words = WORDS[reason].find((one) => new RegExp(`(^|\\s)${one}(\\s|$)`, "i").test(text));
    if (words !== undefined) return { reason, words };
  }
  return null;
}

const cut = (text: string, words: string): string =>
  text.replace(new RegExp(`(^|\\s)${words}(?=\\s|$)`, "i"), " ").trim();
