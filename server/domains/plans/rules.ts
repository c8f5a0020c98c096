import { chargeStep, smallestCharge } from "#app/contracts/chargeable.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { addDays, addMonths, daysBetween, type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint, minBigint } from "#app/contracts/money.ts";
import { type DraftState, type PlanEvery, type PlanState } from "#db/schema/index.ts";
import { type Policy } from "#server/domains/business/index.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

const NEXT: Record<PlanState, readonly PlanState[]> = {
  proposed: ["active", "declined", "expired"],
  offered: ["active", "declined", "expired"],
  active: ["completed", "broken", "cancelled"],
  completed: [],
  broken: [],
  cancelled: [],
  declined: [],
  expired: [],
};

/** Whether a plan may move. Staying is not moving; what is over stays over. */
export const planMayMove = (from: PlanState, to: PlanState): boolean => NEXT[from].includes(to);

/** The terms that both sides talk about. Amounts in minor units. */
export type PlanTerms = {
  totalMinor: bigint;
  /** Paid on the day it is accepted; 0 is none. */
  downMinor: bigint;
  instalments: number;
  every: PlanEvery;
  firstOn: LocalDate;
};

export type Instalment = { position: number; dueOn: LocalDate; amountMinor: bigint };

/** The day of an instalment, counted from the first one: the 31st is the last of a shorter month and the 31st again. */
export function dueDay({ firstOn, every }: Pick<PlanTerms, "firstOn" | "every">, at: number): LocalDate {
  if (every === "month") return addMonths(firstOn, at);
  return addDays(firstOn, at * (every === "week" ? 7 : 14));
}

/** What a plan can cover of an amount: the processor's grid has no place for what is left over. */
export const onGrid = (amountMinor: bigint, currency: Currency): bigint =>
  amountMinor - (amountMinor % chargeStep(currency));

/**
 * The schedule: the down payment at position 0 (when there is one), then equal instalments on the processor's grid; the
 * last takes the rest. Sums to the total exactly.
 */
export function makeSchedule(terms: PlanTerms, { currency, today }: { currency: Currency; today: LocalDate }) {
  const step = chargeStep(currency);
  const rest = terms.totalMinor - terms.downMinor;
  const count = BigInt(terms.instalments);
  const each = (rest / count / step) * step;
  const schedule: Instalment[] = [];
  if (terms.downMinor > 0n) schedule.push({ position: 0, dueOn: today, amountMinor: terms.downMinor });
  for (let at = 0; at < terms.instalments; at += 1) {
    const last = at === terms.instalments - 1;
    const amountMinor = last ? rest - each * (count - 1n) : each;
    schedule.push({ position: at + 1, dueOn: dueDay(terms, at), amountMinor });
  }
  return schedule;
}

export type TermsRefusal =
  | Refusal<"nothing_to_plan">
  | (Refusal<"instalments_out_of_range"> & { least: number; most: number })
  | (Refusal<"too_long"> & { mostDays: number; lastBy: LocalDate })
  | (Refusal<"down_too_small"> & { leastMinor: bigint })
  | (Refusal<"down_too_large"> & { mostMinor: bigint })
  | (Refusal<"off_grid"> & { stepMinor: bigint })
  | (Refusal<"instalment_too_small"> & { leastMinor: bigint; most: number })
  | (Refusal<"first_out_of_range"> & { first: LocalDate; last: LocalDate });

type Bounds = { policy: Policy<"plans">; noticeDays: number; currency: Currency; today: LocalDate };

/** The smallest down payment the policy asks for, rounded up to the processor's grid. */
export function leastDown(totalMinor: bigint, { policy, currency }: Pick<Bounds, "policy" | "currency">): bigint {
  const step = chargeStep(currency);
  const exact = (totalMinor * BigInt(policy.leastDownBasisPoints) + 9_999n) / 10_000n;
  return ((exact + step - 1n) / step) * step;
}

/** The days on which a first instalment may fall: late enough for its notice, soon enough for the policy. */
export const firstDays = ({ policy, noticeDays, today }: Omit<Bounds, "currency">) => ({
  first: addDays(today, noticeDays),
  last: addDays(today, Math.max(policy.firstWithinDays, noticeDays)),
});

/** Whether terms lie within the policy; the refusal says what is allowed. */
export function checkTerms(terms: PlanTerms, bounds: Bounds): TermsRefusal | null {
  const { policy, currency, today } = bounds;
  const { totalMinor, downMinor, instalments } = terms;
  const { leastInstalments: least, mostInstalments: most, mostDays } = policy;
  const step = chargeStep(currency);
  const minimum = smallestCharge(currency);
  if (totalMinor <= 0n) return refuse("nothing_to_plan");
  if (!Number.isInteger(instalments) || instalments < least || instalments > most) {
    return refuse("instalments_out_of_range", { least, most });
  }
  const downLeast = leastDown(totalMinor, bounds);
  if (downMinor < downLeast) return refuse("down_too_small", { leastMinor: downLeast });
  if (downMinor > 0n && downMinor < minimum) return refuse("down_too_small", { leastMinor: minimum });
  if (downMinor >= totalMinor) return refuse("down_too_large", { mostMinor: totalMinor - step });
  if (downMinor % step !== 0n || totalMinor % step !== 0n) return refuse("off_grid", { stepMinor: step });
  const { first, last } = firstDays(bounds);
  if (terms.firstOn < first || terms.firstOn > last) return refuse("first_out_of_range", { first, last });
  const lastBy = addDays(today, mostDays);
  if (dueDay(terms, instalments - 1) > lastBy) return refuse("too_long", { mostDays, lastBy });
  const leastMinor = maxBigint(policy.leastInstalmentMinor, minimum);
  const each = (totalMinor - downMinor) / BigInt(instalments);
  if (each - (each % step) < leastMinor) {
    const fits = leastMinor === 0n ? BigInt(most) : (totalMinor - downMinor) / leastMinor;
    return refuse("instalment_too_small", { leastMinor, most: Number(minBigint(fits, BigInt(most))) });
  }
  return null;
}

/** Whether somebody of this role may offer or approve these terms. */
export const withinRep = (terms: PlanTerms, policy: Policy<"plans">): boolean =>
  terms.instalments <= policy.repMostInstalments &&
  (policy.repMostTotalMinor === null || terms.totalMinor <= policy.repMostTotalMinor);

export type InstalmentFacts = {
  amountMinor: bigint;
  /** What its drafts took, less what came back. */
  paidMinor: bigint;
  /** Missed and allowed: its amount went to the last one. */
  moved: boolean;
  /** Its own draft is being taken: what somebody pays by hand meanwhile is for the others. */
  onItsWay?: boolean;
};

/**
 * What is left to pay of each instalment. `leftMinor` is what the plan still covers, `aheadMinor` what was paid by hand:
 * that shortens the next instalments that are not on their way by themselves, everything else that made the debt smaller (credits, write-offs) the last ones.
 * More left than agreed (a refund that reopened a bill) goes to the last one. Sums to `leftMinor` exactly.
 */
export function settleSchedule(
  instalments: readonly InstalmentFacts[],
  { leftMinor, aheadMinor }: { leftMinor: bigint; aheadMinor: bigint },
): bigint[] {
  const due = instalments.map(({ amountMinor, paidMinor, moved }) =>
    moved ? 0n : maxBigint(amountMinor - paidMinor, 0n),
  );
  const last = due.length - 1;
  const carried = instalments.reduce((sum, one) => sum + (one.moved ? one.amountMinor - one.paidMinor : 0n), 0n);
  if (last >= 0) due[last] = (due[last] ?? 0n) + maxBigint(carried, 0n);
  const agreed = due.reduce((sum, one) => sum + one, 0n);
  if (agreed < leftMinor && last >= 0) due[last] = (due[last] ?? 0n) + leftMinor - agreed;
  const gap = maxBigint(agreed - leftMinor, 0n);
  const ahead = minBigint(gap, maxBigint(aheadMinor, 0n));
  takeOff(due, ahead, inTurn(instalments));
  takeOff(due, gap - ahead, [...due.keys()].reverse());
  return due;
}

/** The places that a payment by hand shortens, in their order: what is on its way by itself last. */
export function inTurn(instalments: readonly Pick<InstalmentFacts, "onItsWay">[]): number[] {
  const places = [...instalments.keys()];
  const waits = (at: number): boolean => instalments[at]?.onItsWay === true;
  return [...places.filter((at) => !waits(at)), ...places.filter(waits)];
}

function takeOff(due: bigint[], amountMinor: bigint, places: readonly number[]): void {
  let left = amountMinor;
  for (const place of places) {
    const part = minBigint(due[place] ?? 0n, left);
    due[place] = (due[place] ?? 0n) - part;
    left -= part;
  }
}

/** What the plan still covers of a bill: what it planned less what was paid since, never more than is open. */
export const wantedOf = (bill: {
  plannedMinor: bigint;
  paidBeforeMinor: bigint;
  paidMinor: bigint;
  openMinor: bigint;
}): bigint =>
  minBigint(
    maxBigint(bill.plannedMinor - maxBigint(bill.paidMinor - bill.paidBeforeMinor, 0n), 0n),
    maxBigint(bill.openMinor, 0n),
  );

/** Spreads an amount over the plan's bills in their order, each up to what the plan holds of it. */
export function splitOverBills(
  bills: readonly { invoiceId: string; heldMinor: bigint }[],
  amountMinor: bigint,
): { invoiceId: string; amountMinor: bigint }[] {
  let left = amountMinor;
  return bills.flatMap(({ invoiceId, heldMinor }) => {
    const part = minBigint(left, heldMinor);
    left -= part;
    return part > 0n ? [{ invoiceId, amountMinor: part }] : [];
  });
}

type Announced = { state: DraftState; draftOn: LocalDate; announcedMinor: bigint };

/**
 * The day on which an instalment is taken: its own, as the accepted schedule told. What was announced once and is
 * announced again has the full notice, unless it is no more than was told for a day that is still to come: whoever is
 * drafted is told of a higher amount that long before (Regulation E, 12 CFR 1005.10(d): 10 days).
 */
export function takenOn(
  { dueOn, dueMinor, draft }: { dueOn: LocalDate; dueMinor: bigint; draft: Announced | null },
  { today, noticeDays }: { today: LocalDate; noticeDays: number },
): LocalDate {
  if (draft === null) return latest(dueOn, today);
  const told = draft.state === "canceled" && draft.announcedMinor >= dueMinor && draft.draftOn >= today;
  return latest(dueOn, told ? draft.draftOn : addDays(today, noticeDays));
}

type Drafted = { dueOn: LocalDate; draft: { draftOn: LocalDate } | null };

/** Since when an instalment is late once its draft failed: its day, or that of the draft where it had a later one. */
export const lateSince = ({ dueOn, draft }: Drafted): LocalDate =>
  draft === null ? dueOn : latest(dueOn, draft.draftOn);

/** The last day on which a missed instalment can be paid by hand without the plan changing or ending. */
export const payableUntil = (missed: Drafted, graceDays: number): LocalDate => addDays(lateSince(missed), graceDays);

const latest = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** What becomes of an instalment whose day has passed unpaid: it waits in its grace, moves to the end, or breaks the plan. */
export function afterMissing({
  since,
  today,
  graceDays,
  isLast,
  movedBefore,
  missedAllowed,
}: {
  since: LocalDate;
  today: LocalDate;
  graceDays: number;
  isLast: boolean;
  movedBefore: number;
  missedAllowed: number;
}): "not_due" | "grace" | "moved" | "broken" {
  const late = daysBetween(since, today);
  if (late <= 0) return "not_due";
  if (late <= graceDays) return "grace";
  return !isLast && movedBefore < missedAllowed ? "moved" : "broken";
}
