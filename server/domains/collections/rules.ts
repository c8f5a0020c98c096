import { addDays, daysBetween, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type Policy } from "#server/domains/business/index.ts";

export type LateFeePolicy = Policy<"late_fee">;

const PERIOD_DAYS = 30;

/**
 * The day whose late fee is the latest one due on a bill today: the first after the grace days, then, for `monthly`,
 * every 30 days. Null while none is due. After a pause only the latest is charged, never several at once.
 */
export function feeDay(policy: LateFeePolicy, dueOn: LocalDate, today: LocalDate): LocalDate | null {
  const first = addDays(dueOn, policy.graceDays + 1);
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

/** How many days late a reminder may still be sent: what was missed for longer is passed over for the next stage. */
const STILL_SENT_DAYS = 6;

/** The stage of the schedule that a bill is in: the latest whose day has come, or null when there is none to send. */
export function reminderDay(days: readonly number[], dueOn: LocalDate, today: LocalDate): LocalDate | null {
  const reached = days.map((offset) => addDays(dueOn, offset)).filter((day) => day <= today);
  const latest = reached.sort().at(-1);
  return latest !== undefined && daysBetween(latest, today) <= STILL_SENT_DAYS ? latest : null;
}
