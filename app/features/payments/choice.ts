import { type Currency } from "#app/contracts/currency.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type AmountRefusal, parseAmount } from "#app/contracts/parse-amount.ts";

/** A bill as the pay page offers it. Minor units of the account's currency. */
export type OfferedBill = { invoiceId: string; payableMinor: bigint; mostMinor: bigint };
export type ChosenPart = { invoiceId: string; amountMinor: bigint };

export type Choice = { mode: "bills"; invoiceIds: readonly string[] } | { mode: "amount"; text: string };

export type ReadChoice =
  { ok: true; amount: Money; parts: ChosenPart[]; credit: Money } | { ok: false; refusal: AmountRefusal | null };

/** What ticking a bill pays: all that is asked for, or, where nothing is, what may be paid of it all the same. */
export const partOf = (bill: OfferedBill): bigint => (bill.payableMinor > 0n ? bill.payableMinor : bill.mostMinor);

/**
 * What the payer's choice means: whole bills, or an amount spread oldest due first over what is asked for. The bills come
 * oldest due first. The page and the server read it with this one function.
 */
export function readChoice(
  choice: Choice,
  { bills, currency, locale }: { bills: readonly OfferedBill[]; currency: Currency; locale: string },
): ReadChoice {
  if (choice.mode === "bills") {
    const parts = bills
      .filter((bill) => choice.invoiceIds.includes(bill.invoiceId) && partOf(bill) > 0n)
      .map((bill) => ({ invoiceId: bill.invoiceId, amountMinor: partOf(bill) }));
    const sum = parts.reduce((total, part) => total + part.amountMinor, 0n);
    return { ok: true, amount: money(sum, currency), parts, credit: money(0n, currency) };
  }
  const parsed = parseAmount(choice.text, currency, locale);
  if (!parsed.ok) return { ok: false, refusal: parsed };
  let rest = parsed.value.amountMinor;
  const parts: ChosenPart[] = [];
  for (const bill of bills) {
    const amountMinor = bill.payableMinor < rest ? bill.payableMinor : rest;
    if (amountMinor <= 0n) continue;
    parts.push({ invoiceId: bill.invoiceId, amountMinor });
    rest -= amountMinor;
  }
  return { ok: true, amount: parsed.value, parts, credit: money(rest, currency) };
}
