import { type Currency, exponentOf } from "./currency.ts";
import { keep } from "./keep.ts";

/** An amount in the smallest unit of its currency. Never a float, never a bare number. */
export type Money = { readonly amountMinor: bigint; readonly currency: Currency };

export const money = (amountMinor: bigint, currency: Currency): Money => ({ amountMinor, currency });
export const zero = (currency: Currency): Money => money(0n, currency);
export const isZero = (m: Money): boolean => m.amountMinor === 0n;

/** Throws when the currencies differ: adding them is a bug, never a refusal. */
export function addMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

/** Throws when the currencies differ. */
export function subtractMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.amountMinor - b.amountMinor, a.currency);
}

export const sumMoney = (items: readonly Money[], currency: Currency): Money => items.reduce(addMoney, zero(currency));

export const minBigint = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const maxBigint = (a: bigint, b: bigint): bigint => (a > b ? a : b);

function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new Error(`currency mismatch: ${a.currency} and ${b.currency}`);
}

/** "1234.56": plain decimal text of an amount, for files, JSON and hashes; `-` is a plain hyphen. */
export function toDecimal(m: Money): string {
  const exponent = exponentOf(m.currency);
  const negative = m.amountMinor < 0n;
  const digits = (negative ? -m.amountMinor : m.amountMinor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const text = exponent === 0 ? whole : `${whole}.${digits.slice(digits.length - exponent)}`;
  return negative ? `-${text}` : text;
}

// An amount stands on a page more than once, and a price on many.
const written = keep<string>(2_000);

/** "$1,234.56" in the reader's language, with a true minus sign. */
export function formatMoney(m: Money, locale = "en-US"): string {
  return written(`${locale} ${m.currency} ${String(m.amountMinor)}`, () =>
    // Intl takes decimal strings exactly; a Number would lose cents above 2^53.
    formatterFor(m.currency, locale)
      .format(toDecimal(m) as Intl.StringNumericLiteral)
      .replace("-", "−"),
  );
}

const formatters = keep<Intl.NumberFormat>(200);

function formatterFor(currency: Currency, locale: string): Intl.NumberFormat {
  const digits = exponentOf(currency);
  const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  return formatters(`${locale} ${currency}`, () => new Intl.NumberFormat(locale, { ...style, ...fractions }));
}
