import { type Currency, exponentOf } from "./currency.ts";
import { type Money } from "./money.ts";

/** What the processor takes money from. A wallet is a card. */
export type ChargeMethod = "card" | "bank_debit";

export type NotChargeable =
  | { ok: false; reason: "below_minimum"; minimumMinor: bigint }
  | { ok: false; reason: "above_maximum"; maximumMinor: bigint }
  | { ok: false; reason: "not_on_grid"; stepMinor: bigint }
  | { ok: false; reason: "currency_not_taken"; method: ChargeMethod; currency: Currency };

/**
 * Stripe's smallest charges in minor units. Source: docs.stripe.com/currencies, "Minimum and maximum charge amounts";
 * for a currency that is not listed there, one step of the grid.
 */
const SMALLEST: Readonly<Record<string, bigint>> = {
  ...{ USD: 50n, AED: 200n, AUD: 50n, BRL: 50n, CAD: 50n, CHF: 50n, CZK: 1500n, DKK: 250n, EUR: 50n, GBP: 30n },
  ...{ HKD: 400n, HUF: 17500n, INR: 50n, JPY: 50n, MXN: 1000n, MYR: 200n, NOK: 300n, NZD: 50n, PLN: 200n },
  ...{ RON: 200n, SEK: 300n, SGD: 50n, THB: 1000n },
};

/** Eight digits, the most that Stripe takes in one charge. */
export const LARGEST_CHARGE_MINOR = 99_999_999n;

/** Card networks take two decimals: a currency with three is charged in steps of ten. Source: as above. */
export const chargeStep = (currency: Currency): bigint => (exponentOf(currency) === 3 ? 10n : 1n);

/** The smallest amount the processor charges at all, in minor units. */
export const smallestCharge = (currency: Currency): bigint => SMALLEST[currency] ?? chargeStep(currency);

/** Whether a method can be charged in a currency at all: US bank accounts are debited in US dollars only. */
export const takesCurrency = (method: ChargeMethod, currency: Currency): boolean =>
  method === "card" || currency === "USD";

/**
 * Whether the processor can charge this amount with this method: its grid, its smallest and its largest charge, and the
 * currencies it debits. Amounts that we make (instalments, drafts) must fall on it, or they can never be collected.
 */
export function chargeable({ amountMinor, currency }: Money, method: ChargeMethod): { ok: true } | NotChargeable {
  if (!takesCurrency(method, currency)) return { ok: false, reason: "currency_not_taken", method, currency };
  const minimumMinor = smallestCharge(currency);
  if (amountMinor < minimumMinor) return { ok: false, reason: "below_minimum", minimumMinor };
  if (amountMinor > LARGEST_CHARGE_MINOR) {
    return { ok: false, reason: "above_maximum", maximumMinor: LARGEST_CHARGE_MINOR };
  }
  const stepMinor = chargeStep(currency);
  return amountMinor % stepMinor === 0n ? { ok: true } : { ok: false, reason: "not_on_grid", stepMinor };
}
