import { type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint, minBigint } from "#app/contracts/money.ts";
import { type DraftState, type InstalmentState } from "#db/schema/index.ts";

import { afterMissing, inTurn, lateSince, settleSchedule, wantedOf } from "./rules.ts";

export type DraftFacts = {
  id: string;
  state: DraftState;
  draftOn: LocalDate;
  attempts: number;
  announcedMinor: bigint;
  cancelReason: string | null;
};

export type PlanFacts = {
  today: LocalDate;
  graceDays: number;
  missedAllowed: number;
  bills: readonly {
    invoiceId: string;
    plannedMinor: bigint;
    paidBeforeMinor: bigint;
    paidMinor: bigint;
    openMinor: bigint;
  }[];
  /** Of payments that somebody makes by hand on these bills and that are on their way. */
  handInFlightMinor: bigint;
  instalments: readonly {
    position: number;
    dueOn: LocalDate;
    amountMinor: bigint;
    paidMinor: bigint;
    moved: boolean;
    /** Its latest draft. */
    draft: DraftFacts | null;
  }[];
};

export type JudgedInstalment = { position: number; dueMinor: bigint; state: InstalmentState; moved: boolean };

export type Judged = {
  verdict: "goes_on" | "completed" | "broken";
  wanted: { invoiceId: string; wantedMinor: bigint }[];
  instalments: JudgedInstalment[];
};

/** What may be tried again or was never tried is not missed: only a draft that failed makes an instalment late. */
const hasFailed = (draft: DraftFacts | null): boolean =>
  draft !== null &&
  (draft.state === "failed" ||
    (draft.state === "announced" && draft.attempts > 0) ||
    (draft.state === "canceled" && !WITHOUT_FAULT.includes(draft.cancelReason ?? "")));

/** Cancelled because nothing could be taken that day, or because the amount changed: nobody's fault. */
const WITHOUT_FAULT = ["nothing_left", "paid", "plan_changed"];

/**
 * How a running plan stands, from facts alone: what it still covers of each bill, what is left of each instalment, which
 * are missed, which of those move to the end, and whether it is over. The same facts always give the same answer.
 */
export function judgePlan(facts: PlanFacts): Judged {
  const wanted = facts.bills.map((bill) => ({ invoiceId: bill.invoiceId, wantedMinor: wantedOf(bill) }));
  const coveredMinor = wanted.reduce((sum, one) => sum + one.wantedMinor, 0n);
  const moved = new Set(facts.instalments.filter((one) => one.moved).map((one) => one.position));
  for (;;) {
    const { instalments, late } = settle(facts, { coveredMinor, moved });
    if (coveredMinor === 0n) return { verdict: "completed", wanted, instalments };
    const next = late.find((one) => one.after === "moved" || one.after === "broken");
    if (!next) return { verdict: "goes_on", wanted, instalments };
    if (next.after === "broken") return { verdict: "broken", wanted, instalments };
    moved.add(next.position);
  }
}

/** How much of an amount falls on each place, each up to its base, in this order. */
function spread(
  amountMinor: bigint,
  { bases, order }: { bases: readonly bigint[]; order: readonly number[] },
): bigint[] {
  const parts = bases.map(() => 0n);
  let left = amountMinor;
  for (const at of order) {
    const part = minBigint(left, bases[at] ?? 0n);
    parts[at] = part;
    left -= part;
  }
  return parts;
}

function settle(
  facts: PlanFacts,
  { coveredMinor, moved }: { coveredMinor: bigint; moved: ReadonlySet<number> },
): { instalments: JudgedInstalment[]; late: { position: number; after: ReturnType<typeof afterMissing> }[] } {
  const { today, graceDays, missedAllowed } = facts;
  const rows = facts.instalments.map((one) => ({
    ...{ ...one, moved: moved.has(one.position), onItsWay: one.draft?.state === "in_flight" },
  }));
  const paidOfBills = facts.bills.reduce((sum, b) => sum + maxBigint(b.paidMinor - b.paidBeforeMinor, 0n), 0n);
  const byDrafts = rows.reduce((sum, one) => sum + one.paidMinor, 0n);
  const byHand = maxBigint(paidOfBills - byDrafts, 0n);
  const onWay = minBigint(facts.handInFlightMinor, coveredMinor);
  const due = settleSchedule(rows, { leftMinor: coveredMinor - onWay, aheadMinor: byHand + onWay });
  const bases = rows.map((one) => maxBigint(one.amountMinor - one.paidMinor, 0n));
  const order = inTurn(rows);
  const ofHand = spread(byHand, { bases, order });
  const ofWay = spread(onWay, { bases: bases.map((base, at) => base - (ofHand[at] ?? 0n)), order });
  const late: { position: number; after: ReturnType<typeof afterMissing> }[] = [];
  const instalments = rows.map((one, at): JudgedInstalment => {
    const dueMinor = due[at] ?? 0n;
    const [fromHand, fromWay] = [ofHand[at] ?? 0n, ofWay[at] ?? 0n];
    const is = (state: InstalmentState) => ({ position: one.position, dueMinor, state, moved: one.moved });
    if (one.moved) return is("moved");
    if (dueMinor === 0n) {
      if (fromWay > 0n) return is("processing");
      return is(one.paidMinor > 0n || fromHand > 0n ? "paid" : "cancelled");
    }
    if (one.draft?.state === "in_flight") return is("processing");
    if (hasFailed(one.draft)) {
      const isLast = at === rows.length - 1;
      const after = afterMissing({
        since: lateSince(one),
        today,
        graceDays,
        isLast,
        movedBefore: moved.size,
        missedAllowed,
      });
      late.push({ position: one.position, after });
      return is("missed");
    }
    return is(one.draft?.state === "announced" ? "announced" : "scheduled");
  });
  return { instalments, late };
}

/** What becomes of a missed instalment that nobody pays within its grace: it moves to the last one, or the plan ends. */
export function otherwiseOf(
  { instalments }: Judged,
  { position, missedAllowed }: { position: number; missedAllowed: number },
): "moves" | "ends" {
  const isLast = instalments.at(-1)?.position === position;
  return !isLast && instalments.filter(({ moved }) => moved).length < missedAllowed ? "moves" : "ends";
}
