import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addDays, daysBetween, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { type AskedBill } from "#server/domains/invoices/index.ts";

import { decideFee, type LateFeePolicy, nextFeeLook, nextReminderLook, reminderDay } from "./rules.ts";

const FIRST = localDate("2028-03-01");
const LAST = localDate("2028-07-01");
const DUE = localDate("2028-03-10");

/** What a bill of 100 asks for from a day on, in the order of the days. */
type Story = { on: LocalDate; askedMinor: bigint }[];

const day = fc.integer({ min: 0, max: daysBetween(FIRST, LAST) }).map((days) => addDays(FIRST, days));
const stories = fc
  .array(fc.record({ on: day, askedMinor: fc.constantFrom(0n, 20n, 70n, 100n) }), { maxLength: 6 })
  .map((story) => story.toSorted((a, b) => (a.on < b.on ? -1 : 1)));
const policies: fc.Arbitrary<LateFeePolicy> = fc.record({
  ...{ enabled: fc.constant(true), basisPoints: fc.constantFrom(0, 500), fixedMinor: fc.constantFrom(0n, 3n) },
  ...{ mostMinor: fc.constantFrom(null, 4n), leastLateMinor: fc.constantFrom(0n, 30n) },
  ...{ graceDays: fc.constantFrom(0, 1, 10), repeat: fc.constantFrom("once" as const, "monthly" as const) },
});

function askedOn(
  story: Story,
  { today, dueOn }: { today: LocalDate; dueOn: LocalDate },
): Omit<AskedBill, "fees" | "importedOn"> {
  let askedMinor = 100n;
  const byDay = new Map<LocalDate, bigint>();
  for (const one of story.filter(({ on }) => on <= today)) {
    if (one.on > dueOn) byDay.set(one.on, (byDay.get(one.on) ?? 0n) + one.askedMinor - askedMinor);
    askedMinor = one.askedMinor;
  }
  const changes = [...byDay].map(([on, minor]) => ({ on, minor })).filter(({ minor }) => minor !== 0n);
  return { askedMinor, changes: changes.reverse() };
}

type Look = (today: LocalDate) => LocalDate | null;

/** Looks at midnight and after whatever happens that day: every day, or only on the days that the looks name. */
function live(story: Story, { look, always }: { look: Look; always: boolean }): number {
  let next: LocalDate | null = FIRST;
  let looks = 0;
  for (let today = FIRST; today <= LAST; today = addDays(today, 1)) {
    const changed = story.some(({ on }) => on === today);
    if (!always && !changed && (next === null || next > today)) continue;
    next = look(today);
    looks += 1;
  }
  return looks;
}

describe("looking on the days that the looks name finds what looking every day finds", () => {
  it("of fees, and never charges what was charged for", () => {
    fc.assert(
      fc.property(stories, policies, (story, policy) => {
        const found = [true, false].map((always) => feesOf(story, { policy, always }));
        expect(found[1]).toEqual(found[0]);
        if (policy.repeat === "monthly") return;
        expect((found[0] ?? []).reduce((sum, { onMinor }) => sum + onMinor, 0n)).toBeLessThanOrEqual(100n);
      }),
      { numRuns: 100 },
    );
  });

  it("of reminders", () => {
    fc.assert(
      fc.property(stories, fc.subarray([-8, -3, 0, 1, 14, 30, 60]), (story, stages) => {
        const found = [true, false].map((always) => remindersOf(story, { stages, always }));
        expect(found[1]).toEqual(found[0]);
      }),
      { numRuns: 100 },
    );
  });

  it("and on most days nobody looks", () => {
    const look: Look = (today) => nextReminderLook([1, 14], { dueOn: DUE, asked: quiet }, today);
    expect(live([], { look, always: false })).toBe(3);
  });
});

const quiet: AskedBill = { askedMinor: 100n, changes: [], fees: null, importedOn: null };

function feesOf(story: Story, { policy, always }: { policy: LateFeePolicy; always: boolean }) {
  const charged: { on: LocalDate; feeMinor: bigint; onMinor: bigint }[] = [];
  const look: Look = (today) => {
    const asked = (): AskedBill => ({
      ...askedOn(story, { today, dueOn: DUE }),
      fees: charged.length > 0 ? { onMinor: sum(charged), lastOn: charged.at(-1)?.on ?? today } : null,
      importedOn: null,
    });
    const bill = { dueOn: DUE, lateMinor: asked().askedMinor, asked: asked() };
    const fee = decideFee(policy, bill, today);
    if (fee) charged.push({ on: today, feeMinor: fee.feeMinor, onMinor: fee.onMinor });
    return nextFeeLook(policy, { dueOn: DUE, asked: asked() }, today);
  };
  live(story, { look, always });
  return charged;
}

function remindersOf(story: Story, { stages, always }: { stages: number[]; always: boolean }): string[] {
  const sent = new Set<LocalDate>();
  const told: string[] = [];
  const look: Look = (today) => {
    const asked: AskedBill = { ...askedOn(story, { today, dueOn: DUE }), fees: null, importedOn: null };
    const stage = reminderDay(stages, { dueOn: DUE, asked }, today);
    if (stage !== null && asked.askedMinor > 0n && !sent.has(stage)) {
      sent.add(stage);
      told.push(`${today}: ${String(asked.askedMinor)}`);
    }
    return nextReminderLook(stages, { dueOn: DUE, asked }, today);
  };
  live(story, { look, always });
  return told;
}

const sum = (charged: readonly { onMinor: bigint }[]): bigint =>
  charged.reduce((total, { onMinor }) => total + onMinor, 0n);
