import { expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";

import { judgePlan, type PlanFacts } from "./judge-plan.ts";

const today = localDate("2026-11-29");
const draft = {
  id: "d",
  state: "in_flight",
  draftOn: today,
  attempts: 1,
  announcedMinor: 30n,
  cancelReason: null,
} as const;
const facts: PlanFacts = {
  ...{ today, graceDays: 10, missedAllowed: 1, handInFlightMinor: 90n },
  bills: [{ invoiceId: "b", plannedMinor: 120n, paidBeforeMinor: 0n, paidMinor: 0n, openMinor: 120n }],
  instalments: [0, 1, 2, 3].map((position) => ({
    ...{ position, dueOn: addDays(today, position * 30), amountMinor: 30n, paidMinor: 0n, moved: false },
    draft: position === 0 ? draft : null,
  })),
};
const statesOf = (of: PlanFacts) => judgePlan(of).instalments.map((one) => `${one.state} ${String(one.dueMinor)}`);

it("finished by hand while one is on its way by itself, nothing more is to come", () => {
  expect(statesOf(facts)).toEqual(["processing 30", "processing 0", "processing 0", "processing 0"]);
  const arrived = facts.bills.map((bill) => ({ ...bill, paidMinor: 90n, openMinor: 30n }));
  const settled = { ...facts, handInFlightMinor: 0n, bills: arrived };
  expect(statesOf(settled)).toEqual(["processing 30", "paid 0", "paid 0", "paid 0"]);
});
