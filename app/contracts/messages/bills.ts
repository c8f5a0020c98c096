import { type Currency } from "../currency.ts";
import { formatMoney, money } from "../money.ts";
import { formatQuantity, formatUnitPrice } from "../unit-price.ts";

/** Where a bill stands, in a word. Due and overdue ones say their day instead. */
export const BILL_STANDING_WORDS = {
  voided: "Canceled",
  paid: "Paid",
  credited: "Credited",
  written_off: "Closed",
  in_dispute: "In dispute",
  under_review: "Under bank review",
  processing: "Processing",
  scheduled: "Scheduled",
  planned: "On a plan",
} as const;

/** What a bill went through, as its timeline tells it. */
export const BILL_EVENT_WORDS = {
  issued: "Bill issued",
  sent: "Sent",
  viewed: "Opened",
  paid: "Paid",
  credited: "Credited",
  uncredited: "Credit taken back",
  unpaid: "Payment taken back",
  written_off: "Closed without payment",
  disputed: "Put in dispute",
  dispute_settled: "Dispute settled",
  payment_started: "Payment on its way",
  payment_failed: "Payment did not go through",
  voided: "Bill canceled",
  refunded: "Refunded",
} as const;

/** What holds an amount of a bill, as a word and as the sentence that says what it means. */
export const HELD_WORDS = {
  in_flight: { word: "processing", meaning: "A payment is on its way. There is nothing more to do for it." },
  chargeback: {
    word: "under bank review",
    meaning: "A bank is looking at a payment of this bill. What it covered is not asked for meanwhile.",
  },
  dispute: { word: "in dispute", meaning: "What is in dispute is not asked for until it is decided." },
  plan: { word: "on a plan", meaning: "What is on a plan is paid by instalments." },
  scheduled: { word: "scheduled", meaning: "What is scheduled is taken by itself on the date that was chosen." },
} as const;

/** The names of a bill's sums, under its lines. */
export const BILL_SUM_WORDS = {
  beforeTax: "Before tax",
  tax: "Tax",
  total: "Total",
  paid: "Paid",
  credited: "Credited",
  writtenOff: "Closed without payment",
  left: "Left to pay",
} as const;

type Priced = { quantity: string; unit: string | null; unitPrice: string; amountMinor: bigint };

/**
 * What became of a line since the bill before, in one sentence: "$12.40 more than last time: 9.2 instead of 7.1 thousand
 * gallons." `quantity`, `price`: which of the two is another one now.
 */
export function lineChangeText(
  change: { kind: "new" } | { kind: "changed"; last: Priced; quantity: boolean; price: boolean },
  { line, currency, locale }: { line: Priced; currency: Currency; locale: string },
): string {
  if (change.kind === "new") return "New on this bill";
  const { last } = change;
  const minor = line.amountMinor - last.amountMinor;
  const amount = formatMoney(money(minor < 0n ? -minor : minor, currency), locale);
  const more = minor === 0n ? "As much as last time" : `${amount} ${minor > 0n ? "more" : "less"} than last time`;
  const counted = (text: string) => formatQuantity(text, locale);
  const priced = (text: string) => formatUnitPrice(text, currency, locale);
  const why: string[] = [];
  if (change.quantity)
    why.push([`${counted(line.quantity)} instead of ${counted(last.quantity)}`, line.unit].filter(Boolean).join(" "));
  // Of a single thing the price is the amount: nothing more to say.
  const single = Number(line.quantity) === 1 && line.unit === null && !change.quantity;
  if (change.price && !single) why.push(`${priced(line.unitPrice)} instead of ${priced(last.unitPrice)} each`);
  return why.length === 0 ? more : `${more}: ${why.join(", ")}`;
}
