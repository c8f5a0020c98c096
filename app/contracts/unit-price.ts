import { type Currency, exponentOf } from "./currency.ts";

/** "$0.1325": a price per unit, exact decimal text in major units, with as many decimals as it has. */
export function formatUnitPrice(price: string, currency: Currency, locale = "en-US"): string {
  const minimumFractionDigits = exponentOf(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits,
    maximumFractionDigits: MOST_DECIMALS,
  });
  // Intl takes decimal strings exactly; a Number would lose digits.
  return format.format(price as Intl.StringNumericLiteral).replace("-", "−");
}

/** "9.25": a quantity, exact decimal text, without zeros that say nothing. */
export function formatQuantity(quantity: string, locale = "en-US"): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: MOST_DECIMALS });
  return format.format(quantity as Intl.StringNumericLiteral).replace("-", "−");
}

/** As many as a bill's line may have. */
const MOST_DECIMALS = 12;
