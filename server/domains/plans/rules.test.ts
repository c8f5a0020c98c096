import fc from "fast-check";
import { expect, test } from "vitest";

import { chargeStep } from "#app/contracts/chargeable.ts";
import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { planState } from "#db/schema/index.ts";
import { DEFAULT_POLICIES } from "#server/domains/business/index.ts";

import {
  afterMissing,
  checkTerms,
  dueDay,
  makeSchedule,
  onGrid,
  planMayMove,
  type PlanTerms,
  settleSchedule,
  splitOverBills,
  takenOn,
  wantedOf,
  withinRep,
} from "./rules.ts";

const today = localDate("2026-11-23");
const firstOn = localDate("2026-12-31");
const policy = DEFAULT_POLICIES.plans;
const USD = currency("USD");
const bounds = { policy, noticeDays: 10, currency: USD, today };
const terms: PlanTerms = { totalMinor: 300_00n, downMinor: 0n, instalments: 3, every: "month", firstOn };

test("a plan moves only along its arrows, over every pair of states", () => {
  const allowed = planState.enumValues.flatMap((from) =>
    planState.enumValues.filter((to) => planMayMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(allowed).toEqual([
    "proposed → active",
    "proposed → declined",
    "proposed → expired",
    "offered → active",
    "offered → declined",
    "offered → expired",
    "active → completed",
    "active → broken",
    "active → cancelled",
  ]);
});

test.each(["USD", "JPY", "KWD"])("a schedule sums exactly and stands on the grid in %s", (code) => {
  const money = currency(code);
  const step = chargeStep(money);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1_000n, max: 90_000_000n }),
      fc.integer({ min: 1, max: 36 }),
      fc.nat({ max: 90 }),
      fc.constantFrom("week" as const, "two_weeks" as const, "month" as const),
      (amount, instalments, downPercent, every) => {
        const totalMinor = onGrid(amount, money);
        const downMinor = onGrid((totalMinor * BigInt(downPercent)) / 100n, money);
        const schedule = makeSchedule(
          { totalMinor, downMinor, instalments, every, firstOn },
          { currency: money, today },
        );
        expect(schedule.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(totalMinor);
        for (const one of schedule) expect(one.amountMinor % step).toBe(0n);
        const parts = schedule.filter((one) => one.position > 0).map((one) => one.amountMinor);
        expect(parts.slice(0, -1).every((part) => part === parts[0])).toBe(true);
        const days = schedule.filter((one) => one.position > 0).map((one) => one.dueOn);
        expect([...days].sort()).toEqual(days);
        expect(new Set(days).size).toBe(days.length);
      },
    ),
  );
});

test("what is left of the instalments always sums to what the plan still covers", () => {
  const amount = fc.bigInt({ min: 0n, max: 10_000n });
  fc.assert(
    fc.property(
      fc.array(fc.record({ amountMinor: amount, paidMinor: amount, moved: fc.boolean() }), {
        minLength: 1,
        maxLength: 14,
      }),
      amount,
      amount,
      (drawn, leftMinor, aheadMinor) => {
        const facts = drawn.map((one, at) => ({
          ...one,
          moved: one.moved && at < drawn.length - 1,
          paidMinor: one.paidMinor > one.amountMinor ? one.amountMinor : one.paidMinor,
        }));
        const due = settleSchedule(facts, { leftMinor, aheadMinor });
        expect(due.reduce((sum, one) => sum + one, 0n)).toBe(leftMinor);
        expect(due.every((one) => one >= 0n)).toBe(true);
      },
    ),
  );
});

const four = [1, 2, 3, 4].map(() => ({ amountMinor: 25n, paidMinor: 0n, moved: false }));

test.each([
  ["nothing happened", 100n, 0n, [25n, 25n, 25n, 25n]],
  ["30 paid by hand shorten the next", 70n, 30n, [0n, 20n, 25n, 25n]],
  ["30 credited shorten the last", 70n, 0n, [25n, 25n, 20n, 0n]],
  ["30 paid by hand and 30 credited", 40n, 30n, [0n, 20n, 20n, 0n]],
  ["all paid by hand", 0n, 100n, [0n, 0n, 0n, 0n]],
  ["10 owed again go to the last", 110n, 0n, [25n, 25n, 25n, 35n]],
] as const)("%s", (_, leftMinor, aheadMinor, due) => {
  expect(settleSchedule(four, { leftMinor, aheadMinor })).toEqual(due);
});

test("what is paid by hand while one is on its way by itself shortens the others", () => {
  const facts = four.map((one, at) => ({ ...one, onItsWay: at === 0 }));
  expect(settleSchedule(facts, { leftMinor: 25n, aheadMinor: 75n })).toEqual([25n, 0n, 0n, 0n]);
  expect(settleSchedule(facts, { leftMinor: 10n, aheadMinor: 90n })).toEqual([10n, 0n, 0n, 0n]);
});

test("a missed one that is allowed goes to the last", () => {
  const facts = four.map((one, at) => ({ ...one, moved: at === 1 }));
  expect(settleSchedule(facts, { leftMinor: 100n, aheadMinor: 0n })).toEqual([25n, 0n, 25n, 50n]);
});

test("the 31st is the last day of a shorter month, also of February in a leap year, and the 31st again", () => {
  const from = { firstOn: localDate("2027-12-31"), every: "month" as const };
  expect([0, 1, 2, 3, 4].map((at) => dueDay(from, at))).toEqual([
    "2027-12-31",
    "2028-01-31",
    "2028-02-29",
    "2028-03-31",
    "2028-04-30",
  ]);
});

test.each<[string, Partial<PlanTerms>, string | null]>([
  ["within all bounds", {}, null],
  ["one instalment", { instalments: 1 }, "instalments_out_of_range"],
  ["13 instalments", { instalments: 13 }, "instalments_out_of_range"],
  ["12 monthly ones, the last beyond a year", { instalments: 12, firstOn: localDate("2027-01-07") }, "too_long"],
  ["nothing", { totalMinor: 0n }, "nothing_to_plan"],
  ["all of it down", { downMinor: 300_00n }, "down_too_large"],
  [
    "12 weekly ones of less than 10.00",
    { totalMinor: 100_00n, instalments: 12, every: "week" },
    "instalment_too_small",
  ],
  ["tomorrow", { firstOn: localDate("2026-11-24") }, "first_out_of_range"],
  ["in three months", { firstOn: localDate("2027-02-23") }, "first_out_of_range"],
])("terms: %s", (_, change, reason) => {
  expect(checkTerms({ ...terms, ...change }, bounds)?.reason ?? null).toBe(reason);
});

test("a refusal says what is allowed", () => {
  const small = { ...terms, totalMinor: 55_00n, instalments: 6 };
  expect(checkTerms(small, bounds)).toEqual({
    ok: false,
    reason: "instalment_too_small",
    leastMinor: 10_00n,
    most: 5,
  });
  const asked = { ...bounds, policy: { ...policy, leastDownBasisPoints: 1_000 } };
  expect(checkTerms(terms, asked)).toEqual({ ok: false, reason: "down_too_small", leastMinor: 30_00n });
});

test("beyond a rep's bound only a supervisor may", () => {
  expect(withinRep(terms, policy)).toBe(true);
  expect(withinRep({ ...terms, instalments: 7 }, policy)).toBe(false);
  expect(withinRep({ ...terms, totalMinor: 1_000_01n }, policy)).toBe(false);
});

test("a plan covers what it planned less what was paid since, never more than is open", () => {
  const bill = { plannedMinor: 100n, paidBeforeMinor: 10n, paidMinor: 10n, openMinor: 100n };
  expect(wantedOf(bill)).toBe(100n);
  expect(wantedOf({ ...bill, paidMinor: 35n, openMinor: 75n })).toBe(75n);
  expect(wantedOf({ ...bill, openMinor: 60n })).toBe(60n);
  expect(wantedOf({ ...bill, paidMinor: 0n, openMinor: 110n })).toBe(100n);
});

test("an amount goes over the bills in their order, each up to what is held", () => {
  const bills = [
    { invoiceId: "a", heldMinor: 30n },
    { invoiceId: "b", heldMinor: 0n },
    { invoiceId: "c", heldMinor: 50n },
  ];
  expect(splitOverBills(bills, 45n)).toEqual([
    { invoiceId: "a", amountMinor: 30n },
    { invoiceId: "c", amountMinor: 15n },
  ]);
});

test.each([
  ["2026-12-01", 0, false, "not_due"],
  ["2026-12-02", 0, false, "grace"],
  ["2026-12-11", 0, false, "grace"],
  ["2026-12-12", 0, false, "moved"],
  ["2026-12-12", 1, false, "broken"],
  ["2026-12-12", 0, true, "broken"],
] as const)("an instalment of Dec 1 on %s, %i moved before, last: %s", (on, movedBefore, isLast, expected) => {
  const since = localDate("2026-12-01");
  expect(afterMissing({ since, today: localDate(on), graceDays: 10, isLast, movedBefore, missedAllowed: 1 })).toBe(
    expected,
  );
});

/** An instalment of 30.00 on December 20, notice 10 days. */
test.each([
  ["is announced first", "2026-12-10", null, "2026-12-20"],
  ["is announced late, as its schedule told", "2026-12-23", null, "2026-12-23"],
  ["was lower when it was announced", "2026-12-17", ["canceled", 20_00, "2026-12-20"], "2026-12-27"],
  ["was lower, and there is time", "2026-12-10", ["canceled", 20_00, "2026-12-20"], "2026-12-20"],
  ["was higher when it was announced", "2026-12-17", ["canceled", 40_00, "2026-12-20"], "2026-12-20"],
  ["was told for a later day", "2026-12-22", ["canceled", 40_00, "2026-12-27"], "2026-12-27"],
  ["was told for a day that is over", "2026-12-22", ["canceled", 30_00, "2026-12-20"], "2027-01-01"],
  ["was taken and came back", "2026-12-20", ["paid", 30_00, "2026-12-20"], "2026-12-30"],
] as const)(
  "an instalment that %s, seen on %s, is taken on its day or after its notice",
  (_why, on, before, expected) => {
    const draft = before && { state: before[0], announcedMinor: BigInt(before[1]), draftOn: localDate(before[2]) };
    const one = { dueOn: localDate("2026-12-20"), dueMinor: 30_00n, draft };
    expect(takenOn(one, { today: localDate(on), noticeDays: 10 })).toBe(expected);
  },
);
