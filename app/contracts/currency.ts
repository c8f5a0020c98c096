/**
 * What Remit must know of a currency. Exponents follow ISO 4217; the three-decimal ones are charged
 * in steps of ten minor units because card networks accept two decimals only (docs.stripe.com/currencies).
 */
export type Currency = string & { readonly __brand: "Currency" };

const ZERO_DECIMAL = new Set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMAL = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));

const KNOWN = new Set(Intl.supportedValuesOf("currency"));

/** The currency of a three-letter code in any case, or null when ISO 4217 does not know it. */
export function parseCurrency(code: string): Currency | null {
  const upper = code.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(upper) && KNOWN.has(upper) ? (upper as Currency) : null;
}

/** As `parseCurrency`, for codes that our own database or code vouches for. Throws on an unknown one. */
export function currency(code: string): Currency {
  const parsed = parseCurrency(code);
  if (parsed === null) throw new Error(`unknown currency ${JSON.stringify(code)}`);
  return parsed;
}

/** How many decimals one unit of the currency has: 2 for most, 0 for JPY, 3 for KWD. */
export function exponentOf(code: Currency): 0 | 2 | 3 {
  if (ZERO_DECIMAL.has(code)) return 0;
  return THREE_DECIMAL.has(code) ? 3 : 2;
}
