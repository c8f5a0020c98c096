import { type Currency } from "./currency.ts";
import { money, type Money } from "./money.ts";
import { type AmountRefusal, parseAmount } from "./parse-amount.ts";

/** The name of the field that holds what goes back of a bill. */
export const refundField = (invoiceId: string): string => `part.${invoiceId}`;

export type ReadRefund =
  | { ok: true; amount: Money; perBill: { invoiceId: string; amountMinor: bigint }[] | null }
  | { ok: false; problems: Record<string, AmountRefusal> };

type Offer = { bills: readonly { invoiceId: string }[]; currency: Currency; locale: string };

/**
 * What goes back, as it was typed: one amount of what was overpaid, else an amount per bill, empty ones left out. The
 * page and the server read it with this one function; nothing typed at all is an amount of 0.
 */
export function readRefund(values: Readonly<Record<string, string>>, { bills, currency, locale }: Offer): ReadRefund {
  if (values["cause"] === "overpaid") {
    const read = parseAmount(values["amount"] ?? "", currency, locale);
    return read.ok ? { ok: true, amount: read.value, perBill: null } : { ok: false, problems: { amount: read } };
  }
  const problems: Record<string, AmountRefusal> = {};
  const perBill: { invoiceId: string; amountMinor: bigint }[] = [];
  for (const { invoiceId } of bills) {
    const field = refundField(invoiceId);
    const read = parseAmount(values[field] ?? "", currency, locale);
    if (read.ok) perBill.push({ invoiceId, amountMinor: read.value.amountMinor });
    else if (read.reason !== "empty" && read.reason !== "zero") problems[field] = read;
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const sum = perBill.reduce((total, part) => total + part.amountMinor, 0n);
  return { ok: true, amount: money(sum, currency), perBill };
}
