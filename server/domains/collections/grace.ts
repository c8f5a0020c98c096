import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint } from "#app/contracts/money.ts";
import { type Asked } from "#server/domains/invoices/index.ts";

/** The least that was asked for of a bill: at the end of any day from `from` on, and now. */
export function leastAsked({ askedMinor, changes }: Asked, from: LocalDate): bigint {
  let [level, least] = [askedMinor, askedMinor];
  for (const { on, minor } of changes) {
    if (on <= from) break;
    level -= minor;
    least = minBigint(least, level);
  }
  return least;
}

/** Since when something of a bill has been asked for without a break: its due date, or the day it was asked for again. */
export function askedSince({ askedMinor, changes }: Asked, dueOn: LocalDate): LocalDate {
  let level = askedMinor;
  for (const { on, minor } of changes) {
    level -= minor;
    if (level <= 0n) return on;
  }
  return dueOn;
}

/**
 * What is asked for of a bill, as far as the biller stood behind it: what was overdue when an import brought it, or when
 * its imported account was released, is asked for anew from that day, whatever happened before.
 */
export function askedSinceRelease<A extends Asked & { importedOn: LocalDate | null }>(
  asked: A,
  { dueOn, releasedOn }: { dueOn: LocalDate; releasedOn: LocalDate | null },
): A {
  const [since] = [asked.importedOn, releasedOn]
    .filter((on) => on !== null)
    .sort()
    .reverse();
  if (since === undefined || since <= dueOn) return asked;
  const after = asked.changes.filter(({ on }) => on > since);
  const minor = after.reduce((level, change) => level - change.minor, asked.askedMinor);
  return { ...asked, changes: minor > 0n ? [...after, { on: since, minor }] : after };
}

/** The days on which more of a bill was asked for: when a dispute, a plan or the bank's review gave it back, it was owed again, or released. */
export const daysAskedAgain = ({ changes }: Asked): LocalDate[] =>
  changes.filter(({ minor }) => minor > 0n).map(({ on }) => on);

/** The day from which the grace counts that was over last: the due date, or a day on which more was asked for. */
export function graceFrom(asked: Asked, { dueOn, graceOver }: { dueOn: LocalDate; graceOver: LocalDate }): LocalDate {
  return daysAskedAgain(asked).find((on) => on <= graceOver) ?? dueOn;
}

/** The last day whose grace is over today. */
export const graceOverOn = (today: LocalDate, graceDays: number): LocalDate => addDays(today, -graceDays - 1);
