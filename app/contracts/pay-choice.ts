import { type Currency } from "#app/contracts/currency.ts";
import { minBigint, money, type Money } from "#app/contracts/money.ts";
import { type AmountRefusal, parseAmount, typedAmount } from "#app/contracts/parse-amount.ts";

/** A bill as the pay page offers it. Minor units of the account's currency. */
export type OfferedBill = { invoiceId: string; payableMinor: bigint; mostMinor: bigint };
export type ChosenPart = { invoiceId: string; amountMinor: bigint };

/** Instead of a saved method: one in the processor's own form. */
export const NEW_METHOD = "new";

/** What was typed for each bill, by its id; a bill that is not named takes what the rule gives it. */
export type Parts = Readonly<Record<string, string>>;

export type Choice =
  { mode: "bills"; invoiceIds: readonly string[]; parts?: Parts } | { mode: "amount"; text: string; parts?: Parts };

export type ChoiceProblem =
  | AmountRefusal
  | { ok: false; reason: "more_than_bill"; most: Money }
  | { ok: false; reason: "more_than_amount"; over: Money };

export type ReadChoice =
  | {
      ok: true;
      amount: Money;
      parts: ChosenPart[];
      /** What no bill takes: it becomes credit. */
      credit: Money;
      /** A bill is paid in part. */
      short: boolean;
    }
  | { ok: false; refusal: AmountRefusal | null; problems: Record<string, ChoiceProblem> };

export type ChoiceFacts = { bills: readonly OfferedBill[]; currency: Currency; locale: string };

/** What ticking a bill pays: all that is asked for, or, where nothing is, what may be paid of it all the same. */
export const partOf = (bill: OfferedBill): bigint => (bill.payableMinor > 0n ? bill.payableMinor : bill.mostMinor);

const isAsked = (invoiceId: string, bills: readonly OfferedBill[]): boolean =>
  bills.some((bill) => bill.invoiceId === invoiceId && bill.payableMinor > 0n);

/** Those of the ids that nothing is asked for: somebody who ticks them wants to pay what is in dispute or planned. */
export const notAsked = (ids: readonly string[], bills: readonly OfferedBill[]): string[] =>
  ids.filter((id) => !isAsked(id, bills));

/** What was asked for when it was ticked and is not any more is not paid out of what is left of it. */
export const stillTicked = (
  { ticked, wanted }: { ticked: readonly string[]; wanted: readonly string[] },
  bills: readonly OfferedBill[],
): string[] => ticked.filter((id) => isAsked(id, bills) || wanted.includes(id));

const PART = "part.";
/** The name of the field that holds what a bill is paid. */
export const partField = (invoiceId: string): string => `${PART}${invoiceId}`;

/** The choice that a form's fields stand for; ticked bills are one field, their ids separated by spaces. */
export function choiceOf(values: Readonly<Record<string, string>>): Choice {
  const parts = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith(PART))
      .map(([name, text]) => [name.slice(PART.length), text]),
  );
  if (values["mode"] === "amount") return { mode: "amount", text: values["amount"] ?? "", parts };
  return { mode: "bills", invoiceIds: (values["bill"] ?? "").split(" ").filter(Boolean), parts };
}

/**
 * What the payer's choice means: bills with what is paid of each, or an amount spread oldest due first over what is asked
 * for, as far as they did not say otherwise. The bills come oldest due first. The page and the server read it with this
 * one function.
 */
export const readChoice = (choice: Choice, facts: ChoiceFacts): ReadChoice =>
  choice.mode === "bills" ? readBills(choice, facts) : readAmount(choice, facts);

function readBills({ invoiceIds, parts: typed = {} }: Choice & { mode: "bills" }, facts: ChoiceFacts): ReadChoice {
  const problems: Record<string, ChoiceProblem> = {};
  const parts: ChosenPart[] = [];
  let creditMinor = 0n;
  for (const bill of facts.bills) {
    const { invoiceId } = bill;
    if (!invoiceIds.includes(invoiceId) || partOf(bill) <= 0n) continue;
    const read = readPart(typed[invoiceId], partOf(bill), facts);
    if (!read.ok) {
      problems[partField(invoiceId)] = read;
      continue;
    }
    const amountMinor = minBigint(read.minor, bill.mostMinor);
    parts.push({ invoiceId, amountMinor });
    creditMinor += read.minor - amountMinor;
  }
  return finish({ parts, creditMinor, problems }, facts);
}

/** What was typed for a bill; untouched text is what the rule gives it, however a reader might take it. */
function readPart(text: string | undefined, givenMinor: bigint, { currency, locale }: ChoiceFacts) {
  if (text === undefined || text.trim() === typedAmount(money(givenMinor, currency), locale)) {
    return { ok: true as const, minor: givenMinor };
  }
  const read = parseAmount(text, currency, locale);
  return read.ok ? { ok: true as const, minor: read.value.amountMinor } : read;
}

function readAmount({ text, parts: typed = {} }: Choice & { mode: "amount" }, facts: ChoiceFacts): ReadChoice {
  const { bills, currency, locale } = facts;
  const parsed = parseAmount(text, currency, locale);
  if (!parsed.ok) return { ok: false, refusal: parsed, problems: { amount: parsed } };
  const { amountMinor } = parsed.value;
  const problems: Record<string, ChoiceProblem> = {};
  const fixed = new Map<string, bigint>();
  for (const { invoiceId, mostMinor } of bills) {
    const own = typed[invoiceId];
    if (own === undefined) continue;
    const read = parseAmount(own, currency, locale);
    const none = !read.ok && (read.reason === "zero" || read.reason === "empty");
    const minor = read.ok ? read.value.amountMinor : 0n;
    if (!read.ok && !none) problems[partField(invoiceId)] = read;
    if (minor > mostMinor) {
      problems[partField(invoiceId)] = { ok: false, reason: "more_than_bill", most: money(mostMinor, currency) };
    }
    fixed.set(invoiceId, minor);
  }
  let rest = [...fixed.values()].reduce((left, minor) => left - minor, amountMinor);
  if (rest < 0n) problems["amount"] = { ok: false, reason: "more_than_amount", over: money(-rest, currency) };
  const parts: ChosenPart[] = [];
  for (const { invoiceId, payableMinor } of bills) {
    const part = fixed.get(invoiceId) ?? (rest > 0n ? minBigint(payableMinor, rest) : 0n);
    if (!fixed.has(invoiceId)) rest -= part;
    if (part > 0n) parts.push({ invoiceId, amountMinor: part });
  }
  return finish({ parts, creditMinor: rest, problems }, facts);
}

type Found = { parts: ChosenPart[]; creditMinor: bigint; problems: Record<string, ChoiceProblem> };

function finish({ parts, creditMinor, problems }: Found, { bills, currency }: ChoiceFacts): ReadChoice {
  if (Object.keys(problems).length > 0) return { ok: false, refusal: null, problems };
  const sum = parts.reduce((total, part) => total + part.amountMinor, creditMinor);
  const asked = new Map(bills.map((bill) => [bill.invoiceId, bill.payableMinor]));
  const short = parts.some((part) => part.amountMinor < (asked.get(part.invoiceId) ?? 0n));
  return { ok: true, amount: money(sum, currency), parts, credit: money(creditMinor, currency), short };
}
