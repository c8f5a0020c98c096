import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { disputeState } from "#db/schema/index.ts";

import { clockFrom, clockState, decideAmount, DISPUTE_STEPS, isLive, nextState, stepsFrom } from "./rules.ts";

const states = disputeState.enumValues;

/** Every step that may be taken, by state. What is not here is refused. */
const table: Record<
  (typeof states)[number],
  Partial<Record<(typeof DISPUTE_STEPS)[number], (typeof states)[number]>>
> = {
  open: {
    acknowledge: "acknowledged",
    investigate: "investigating",
    ask_customer: "waiting_on_customer",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
  acknowledged: {
    investigate: "investigating",
    ask_customer: "waiting_on_customer",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
  investigating: {
    ask_customer: "waiting_on_customer",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
  waiting_on_customer: {
    customer_replied: "investigating",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
  resolved_for_customer: { close: "closed" },
  resolved_partially: { appeal: "appealed", close: "closed" },
  denied: { appeal: "appealed", close: "closed" },
  appealed: {
    investigate: "investigating",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
  withdrawn: { reopen: "reopened" },
  closed: { reopen: "reopened" },
  reopened: {
    acknowledge: "acknowledged",
    investigate: "investigating",
    ask_customer: "waiting_on_customer",
    resolve_for_customer: "resolved_for_customer",
    resolve_partially: "resolved_partially",
    deny: "denied",
    withdraw: "withdrawn",
  },
};

describe("the dispute state machine", () => {
  for (const state of states) {
    for (const step of DISPUTE_STEPS) {
      const to = table[state][step] ?? null;
      it(`${step} from ${state} leads to ${to ?? "a refusal"}`, () => {
        expect(nextState(state, step, { appealed: false })).toBe(to);
      });
    }
  }

  it("is appealed once", () => {
    expect(nextState("denied", "appeal", { appealed: true })).toBeNull();
    expect(stepsFrom("denied", { appealed: true })).toEqual(["close"]);
  });

  it("holds its amount exactly while it can still be decided", () => {
    expect(states.filter(isLive)).toEqual([
      "open",
      "acknowledged",
      "investigating",
      "waiting_on_customer",
      "appealed",
      "reopened",
    ]);
  });
});

describe("the policy clock", () => {
  const calendar = { acknowledgeWithinDays: 30, resolveWithinDays: 90, businessDays: false, appealWithinDays: 30 };

  it.each([
    [calendar, "2026-11-23", "2026-12-23", "2027-02-21"],
    [
      { ...calendar, acknowledgeWithinDays: 1, resolveWithinDays: 10, businessDays: true },
      "2026-11-27",
      "2026-11-30",
      "2026-12-11",
    ],
    [{ ...calendar, acknowledgeWithinDays: 1, resolveWithinDays: 2 }, "2028-02-28", "2028-02-29", "2028-03-01"],
  ])("counts %j from %s", (policy, notice, acknowledgeBy, resolveBy) => {
    expect(clockFrom(policy, localDate(notice))).toEqual({ acknowledgeBy, resolveBy });
  });

  it("promises the acknowledgement first, then the decision", () => {
    const dispute = {
      state: "open" as const,
      acknowledgeBy: localDate("2026-11-25"),
      resolveBy: localDate("2026-12-20"),
      acknowledgedAt: null,
    };
    expect(clockState(dispute, localDate("2026-11-20"))).toEqual({ state: "on_time", dueOn: "2026-11-25" });
    expect(clockState(dispute, localDate("2026-11-25"))).toEqual({ state: "due_soon", dueOn: "2026-11-25" });
    expect(clockState(dispute, localDate("2026-11-26"))).toEqual({ state: "breached", dueOn: "2026-11-25" });
    const acknowledged = { ...dispute, state: "acknowledged" as const, acknowledgedAt: new Date() };
    expect(clockState(acknowledged, localDate("2026-11-26"))).toEqual({ state: "on_time", dueOn: "2026-12-20" });
    expect(clockState({ ...acknowledged, state: "denied" }, localDate("2027-01-01")).state).toBe("none");
  });
});

it("a dispute is never about more than what is left in question", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10_000n }),
      fc.bigInt({ min: -10n, max: 10_000n }),
      (askedMinor, mostMinor) => {
        const decision = decideAmount({ askedMinor, mostMinor });
        expect(decision === "allowed").toBe(mostMinor > 0n && askedMinor <= mostMinor);
      },
    ),
  );
});
