import { addDays, daysBetween, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type Policy } from "#server/domains/business/index.ts";
import { type Asked, type AskedBill } from "#server/domains/invoices/index.ts";

import { askedSince, daysAskedAgain, graceFrom, graceOverOn, leastAsked } from "./grace.ts";

export type LateFeePolicy = Policy<"late_fee">;

const PERIOD_DAYS = 30;

/**
 * The day whose late fee is the latest one due today, where the grace counts from `from`: the first after the grace days,
 * then, for `monthly`, every 30 days. Null while none is due. After a pause only the latest is charged, never several at once.
 */
export function feeDay(policy: LateFeePolicy, from: LocalDate, today: LocalDate): LocalDate | null {
  const first = addDays(from, policy.graceDays + 1);
  if (today < first) return null;
  if (policy.repeat === "once") return first;
  return addDays(first, Math.floor(daysBetween(first, today) / PERIOD_DAYS) * PERIOD_DAYS);
}

/**
 * The fee on what is late of a bill, in minor units: a share in hundredths of a percent, rounded half up, plus a fixed
 * part, at most `mostMinor`. 0 when less than `leastLateMinor` is late, and never more than what is late.
 */
export function feeOn(policy: LateFeePolicy, lateMinor: bigint): bigint {
  if (lateMinor <= 0n || lateMinor < policy.leastLateMinor) return 0n;
  const share = (lateMinor * BigInt(policy.basisPoints) + 5_000n) / 10_000n;
  const fee = share + policy.fixedMinor;
  const capped = policy.mostMinor === null ? fee : minBigint(fee, policy.mostMinor);
  return minBigint(capped, lateMinor);
}

export type LateBill = {
  dueOn: LocalDate;
  /** What is late of it now: less what is held, what open credit covers and what autopay has yet to take. */
  lateMinor: bigint;
  asked: AskedBill;
};

export type LateFee = {
  feeMinor: bigint;
  /** How much of the bill it is on. */
  onMinor: bigint;
  /** The day it belongs to. */
  day: LocalDate;
};

/**
 * The late fee that falls due on a bill today, or null. It is on what was asked for throughout the grace days: what a
 * dispute or a plan gave back has them anew (the rule after 12 CFR 1026.13(g)(2)). Under `once` what was charged for is
 * not charged again, only what is late beyond it; under `monthly` a fee comes at least 30 days after the last.
 */
export function decideFee(policy: LateFeePolicy, bill: LateBill, today: LocalDate): LateFee | null {
  const { dueOn, lateMinor, asked } = bill;
  const graceOver = graceOverOn(today, policy.graceDays);
  const day = feeDay(policy, graceFrom(asked, { dueOn, graceOver }), today);
  if (day === null) return null;
  const dueMinor = minBigint(lateMinor, leastAsked(asked, graceOver));
  const again = asked.fees !== null && policy.repeat === "once";
  // Of fees from before it was kept, nobody knows on how much they were: they were on all of the bill.
  const before = again ? (asked.fees?.onMinor ?? dueMinor) : 0n;
  if (dueMinor <= before || !isPeriodOver(policy, asked, today)) return null;
  const feeMinor = feeOn(policy, dueMinor) - feeOn(policy, before);
  return feeMinor > 0n ? { feeMinor, onMinor: dueMinor - before, day: again ? today : day } : null;
}

const isPeriodOver = ({ repeat }: LateFeePolicy, { fees }: AskedBill, today: LocalDate): boolean =>
  repeat === "once" || fees === null || addDays(fees.lastOn, PERIOD_DAYS) <= today;

/** The next day on which a fee may fall due without anything else happening to the bill; null: none. */
export function nextFeeLook(
  policy: LateFeePolicy,
  { dueOn, asked }: Omit<LateBill, "lateMinor">,
  today: LocalDate,
): LocalDate | null {
  const afterGrace = (from: LocalDate) => addDays(from, policy.graceDays + 1);
  const days = [dueOn, ...daysAskedAgain(asked)].map(afterGrace);
  if (policy.repeat === "monthly" && asked.fees !== null) days.push(addDays(asked.fees.lastOn, PERIOD_DAYS));
  return soonestAfter(days, today);
}

export type ComingFee = {
  /** The last day on which a payment comes before it. */
  freeUntil: LocalDate;
  feeMinor: bigint;
};

/**
 * The fees that will fall due on a bill after today, up to `last`, if nothing happens to it. What is due today is taken as
 * charged.
 */
export function comingFees(
  policy: LateFeePolicy,
  bill: LateBill,
  { today, last, isPaused }: { today: LocalDate; last: LocalDate; isPaused: (day: LocalDate) => boolean },
): ComingFee[] {
  const coming: ComingFee[] = [];
  let { fees } = bill.asked;
  for (let day = today; day <= last; day = addDays(day, 1)) {
    const fee = isPaused(day) ? null : decideFee(policy, { ...bill, asked: { ...bill.asked, fees } }, day);
    if (!fee) continue;
    fees = { onMinor: fee.onMinor + (fees?.onMinor ?? 0n), lastOn: day };
    if (day > today) coming.push({ freeUntil: addDays(day, -1), feeMinor: fee.feeMinor });
  }
  return coming;
}

/** How many days late a reminder may still be sent: what was missed for longer is passed over for the next stage. */
const STILL_SENT_DAYS = 6;

export type RemindedBill = {
  dueOn: LocalDate;
  asked: Asked;
  /** Without the stages before the due date. */
  onlyLate?: boolean;
};

/**
 * The stage of the schedule that a bill is in: the latest whose day has come, or null when there is none to send. The
 * stages after the due date count anew from the day on which a bill that was held is asked for again.
 */
export function reminderDay(days: readonly number[], bill: RemindedBill, today: LocalDate): LocalDate | null {
  const latest = stagesOf(days, bill)
    .filter((day) => day <= today)
    .sort()
    .at(-1);
  return latest !== undefined && daysBetween(latest, today) <= STILL_SENT_DAYS ? latest : null;
}

/** The next day on which a reminder may be due without anything else happening to the bill; null: none. */
export const nextReminderLook = (days: readonly number[], bill: RemindedBill, today: LocalDate): LocalDate | null =>
  soonestAfter(stagesOf(days, bill), today);

function stagesOf(days: readonly number[], { dueOn, asked, onlyLate = false }: RemindedBill): LocalDate[] {
  const since = askedSince(asked, dueOn);
  return days.filter((offset) => (since === dueOn && !onlyLate) || offset > 0).map((offset) => addDays(since, offset));
}

export function soonestAfter(days: readonly LocalDate[], today: LocalDate): LocalDate | null {
  return days.filter((day) => day > today).sort()[0] ?? null;
}
