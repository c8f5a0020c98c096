import { type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type ClaimKind } from "#db/schema/index.ts";

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/;

type Exact = { digits: bigint; scale: number };

/** Exact decimal text ("0.1325") as digits and scale, or null when it is not plain decimal text. */
export function parseExact(text: string): Exact | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Divides, rounding once, half away from zero. The divisor is positive. */
export function divideHalfAway(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

/**
 * Quantity × unit price in minor units of a currency with `exponent` decimals, rounded once, half away from zero.
 * Null when either is not plain decimal text (at most 15 digits before and 12 after the point).
 */
export function lineAmount(quantity: string, unitPrice: string, exponent: number): bigint | null {
  const [q, p] = [parseExact(quantity), parseExact(unitPrice)];
  if (!q || !p) return null;
  return divideHalfAway(q.digits * p.digits * 10n ** BigInt(exponent), 10n ** BigInt(q.scale + p.scale));
}

/** The share of `amountMinor` at a decimal rate ("0.0825"), rounded once, half away from zero. Null on a bad rate. */
export function shareAt(amountMinor: bigint, rate: string): bigint | null {
  const exact = parseExact(rate);
  return exact && divideHalfAway(amountMinor * exact.digits, 10n ** BigInt(exact.scale));
}

/** The order in which claims fill what is open: a payment on its way displaces what lies beneath it. */
export const CLAIM_ORDER: readonly ClaimKind[] = ["in_flight", "chargeback", "dispute", "plan", "scheduled"];

export type ClaimWish = { kind: ClaimKind; wantedMinor: bigint; released: boolean };

/** How much each claim holds of an open amount: in claim order, older first within a kind; the sum never exceeds open. */
export function recomputeHeld(openMinor: bigint, claims: readonly ClaimWish[]): bigint[] {
  const held = claims.map(() => 0n);
  let left = openMinor;
  for (const kind of CLAIM_ORDER) {
    claims.forEach((claim, at) => {
      if (claim.kind !== kind || claim.released) return;
      const part = minBigint(claim.wantedMinor, left);
      held[at] = part;
      left -= part;
    });
  }
  return held;
}

/** Takes an amount off the end of a list of parts, which it shortens. Returns what each part gave. */
export function takeNewest<P extends { amountMinor: bigint }>(parts: P[], amountMinor: bigint): P[] {
  const taken: P[] = [];
  for (let left = amountMinor; left > 0n;) {
    const last = parts.pop();
    if (!last) break;
    const part = minBigint(last.amountMinor, left);
    taken.push({ ...last, amountMinor: part });
    if (part < last.amountMinor) parts.push({ ...last, amountMinor: last.amountMinor - part });
    left -= part;
  }
  return taken;
}

type Due = { dueOn: LocalDate; issuedOn: LocalDate; number: string };

/** Oldest due first; bills of one due date by issue date, then number. */
export function byDueDate(a: Due, b: Due): number {
  return compare(a.dueOn, b.dueOn) || compare(a.issuedOn, b.issuedOn) || compare(a.number, b.number);
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Spreads an amount over what is payable, oldest due first. What no bill takes is `restMinor`: it would become credit.
 * Bills that take nothing are left out.
 */
export function spreadOldestFirst<B extends Due & { id: string; payableMinor: bigint }>(
  bills: readonly B[],
  amountMinor: bigint,
): { allocations: { invoiceId: string; amountMinor: bigint }[]; restMinor: bigint } {
  let restMinor = amountMinor;
  const allocations: { invoiceId: string; amountMinor: bigint }[] = [];
  for (const bill of [...bills].sort(byDueDate)) {
    const part = minBigint(bill.payableMinor, restMinor);
    if (part <= 0n) continue;
    allocations.push({ invoiceId: bill.id, amountMinor: part });
    restMinor -= part;
  }
  return { allocations, restMinor };
}

/**
 * Splits an amount in proportion to weights, exactly: each share is rounded down, then the largest remainders take one
 * more each (the earlier one on a tie). No share exceeds its weight when the amount does not exceed their sum.
 */
export function splitInProportion(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (amountMinor * weight) / sum);
  const remainders = weights.map((weight, at) => ({ at, rest: (amountMinor * weight) % sum }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  let missing = amountMinor - shares.reduce((a, b) => a + b, 0n);
  for (const { at } of remainders) {
    if (missing === 0n) break;
    shares[at] = (shares[at] ?? 0n) + 1n;
    missing -= 1n;
  }
  return shares;
}

export type AgingBuckets = { current: bigint; d1_30: bigint; d31_60: bigint; d61_90: bigint; d90plus: bigint };

/** The aging bucket of a bill: a bill due today, or later, is current. */
export function agingBucket(daysLate: number): keyof AgingBuckets {
  if (daysLate <= 0) return "current";
  if (daysLate <= 30) return "d1_30";
  if (daysLate <= 60) return "d31_60";
  return daysLate <= 90 ? "d61_90" : "d90plus";
}
