import { type ChargeMethod, chargeStep } from "./chargeable.ts";
import { type Money, money } from "./money.ts";

/** What is asked on top of a payment: hundredths of a percent of it, and a fixed part in minor units. */
export type FeeRate = { basisPoints: number; fixedMinor: bigint };
export type FeeRates = Readonly<Record<ChargeMethod, FeeRate>>;

export const NO_FEE: FeeRates = {
  card: { basisPoints: 0, fixedMinor: 0n },
  bank_debit: { basisPoints: 0, fixedMinor: 0n },
};

/** The fee on an amount: rounded once, half up, to what can be charged. Nothing on nothing. */
export function convenienceFee(amount: Money, { basisPoints, fixedMinor }: FeeRate): Money {
  const { amountMinor, currency } = amount;
  if (amountMinor <= 0n) return money(0n, currency);
  const step = chargeStep(currency);
  const exact = amountMinor * BigInt(basisPoints) + fixedMinor * 10_000n;
  const unit = 10_000n * step;
  return money(((exact + unit / 2n) / unit) * step, currency);
}
