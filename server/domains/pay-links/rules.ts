import { addDays, daysBetween, type LocalDate } from "#app/contracts/local-date.ts";

/** How long links work, in days. Policy `pay_links`. */
export type LinkDays = { daysPastDue: number; mostDays: number };

/**
 * The last day of a link: so many days past the due date, counted from today for a bill that is late already, and never
 * more than `mostDays` from the day it is made.
 */
export function lastDayOf({ dueOn, today }: { dueOn: LocalDate; today: LocalDate }, days: LinkDays): LocalDate {
  const from = daysBetween(dueOn, today) > 0 ? today : dueOn;
  const wanted = addDays(from, days.daysPastDue);
  const most = addDays(today, days.mostDays);
  return daysBetween(wanted, most) < 0 ? most : wanted;
}

/** What a link is at a moment. `replaced`: a newer one of the same bill took its place. */
export type LinkState = "living" | "expired" | "revoked" | "replaced";

export type LinkFacts = { expiresOn: LocalDate; endKind: "revoked" | "replaced" | null };

/** It works on its last day, and not after; an ended link stays ended. */
export function stateOf({ expiresOn, endKind }: LinkFacts, today: LocalDate): LinkState {
  if (endKind !== null) return endKind;
  return daysBetween(expiresOn, today) > 0 ? "expired" : "living";
}
