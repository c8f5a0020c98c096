import { type Currency, exponentOf } from "./currency.ts";
import { type Money, money, toDecimal } from "./money.ts";

export type AmountRefusal =
  | { ok: false; reason: "empty" }
  | { ok: false; reason: "not_a_number" }
  | { ok: false; reason: "negative" }
  | { ok: false; reason: "zero" }
  | { ok: false; reason: "too_many_decimals"; decimals: number }
  | { ok: false; reason: "too_large" }
  | { ok: false; reason: "ambiguous"; readings: readonly [Money, Money] };

/** Above this no bill is honest and arithmetic elsewhere (int8, Stripe's eight digits) could be strained. */
const MAX_MINOR = 99_999_999_999n;

/**
 * Reads an amount a person typed, in the grouping of their locale ("1,234.56" in en-US, "1.234,56" in de-DE).
 * Only ASCII digits, one optional currency sign or code, and separators. Text such as "1.234", which another
 * locale reads otherwise, is refused as `ambiguous` with both readings, so that the person chooses.
 * Refuses signs, exponents, other scripts' digits, more decimals than the currency has, zero, and huge amounts.
 */
export function parseAmount(
  text: string,
  currency: Currency,
  locale = "en-US",
): { ok: true; value: Money } | AmountRefusal {
  const bare = stripCurrency(text, currency);
  if (bare === "") return { ok: false, reason: "empty" };
  if (/^[-−(]/.test(bare)) return { ok: false, reason: "negative" };
  if (bare.length > 40 || !/^\d[\d.,' \u00a0\u202f]*$/.test(bare)) {
    return { ok: false, reason: /^\d{41,}$/.test(bare) ? "too_large" : "not_a_number" };
  }
  const decimal = decimalSeparator(locale);
  const here = readWith(bare, decimal, currency);
  const other = readWith(bare, decimal === "." ? "," : ".", currency);
  // With three decimals of its own, "1.234" is what the currency writes: nothing to ask.
  if (here.ok && exponentOf(currency) === 3) return here;
  if (here.ok && other.ok && here.value.amountMinor !== other.value.amountMinor && looksAmbiguous(bare, decimal)) {
    return { ok: false, reason: "ambiguous", readings: [here.value, other.value] };
  }
  if (!here.ok && other.ok && looksAmbiguous(bare, decimal)) return ambiguousFrom(bare, here, other.value, currency);
  return here;
}

/** An amount as somebody in this locale would type it: `parseAmount` reads it back. */
export const typedAmount = (value: Money, locale = "en-US"): string =>
  toDecimal(value).replace(".", decimalSeparator(locale));

function stripCurrency(text: string, currency: Currency): string {
  return text
    .trim()
    .replace(/^[$€£¥₩₹]/, "")
    .replace(new RegExp(`^${currency}|${currency}$`, "i"), "")
    .trim();
}

function decimalSeparator(locale: string): "." | "," {
  const part = new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === "decimal");
  return part?.value === "," ? "," : ".";
}

type Reading = { ok: true; value: Money } | Exclude<AmountRefusal, { reason: "ambiguous" }>;

function readWith(text: string, decimal: "." | ",", currency: Currency): Reading {
  const group = decimal === "." ? "," : "\\.";
  const point = decimal === "." ? "\\." : ",";
  const shape = new RegExp(`^(\\d{1,3}(?:(?:${group}|['\\u00a0\\u202f ])\\d{3})+|\\d+)(?:${point}(\\d*))?$`);
  const match = shape.exec(text);
  if (!match) return { ok: false, reason: "not_a_number" };
  const whole = (match[1] ?? "").replace(/\D/g, "");
  const fraction = match[2] ?? "";
  const exponent = exponentOf(currency);
  if (fraction.length > exponent && /[1-9]/.test(fraction.slice(exponent))) {
    return { ok: false, reason: "too_many_decimals", decimals: exponent };
  }
  const amountMinor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  if (amountMinor > MAX_MINOR) return { ok: false, reason: "too_large" };
  if (amountMinor === 0n && !/[1-9]/.test(fraction)) return { ok: false, reason: "zero" };
  return { ok: true, value: money(amountMinor, currency) };
}

/** "1.234" or "1,234" against the reader's own locale: exactly one separator followed by three digits. */
function looksAmbiguous(text: string, decimal: "." | ","): boolean {
  const separators = text.replace(/[\d' \u00a0\u202f]/g, "");
  return separators === decimal && /^[1-9]\d{0,2}[.,]\d{3}$/.test(text);
}

/** In a two-decimal currency "1.234" has no exact reading of its own: offer it cut to the currency's decimals. */
function ambiguousFrom(
  text: string,
  refusal: Reading,
  other: Money,
  currency: Currency,
): AmountRefusal | { ok: true; value: Money } {
  if (refusal.ok || refusal.reason !== "too_many_decimals") return refusal as AmountRefusal;
  const [whole = "0", fraction = ""] = text.split(/[.,]/);
  const cut = BigInt(whole + fraction.slice(0, exponentOf(currency)));
  return { ok: false, reason: "ambiguous", readings: [money(cut, currency), other] };
}
