import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addDays, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { releaseImportedAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, type Policy, savePolicy } from "#server/domains/business/index.ts";
import { promiseToPay, runPlanDuties } from "#server/domains/plans/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { listPauses, pauseCollections, resumeCollections, runCollectionDuties } from "./index.ts";
import { type Debtor, taken, testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) });
const DUE = localDate("2028-03-10");

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
  await save("late_fee", { enabled: true, basisPoints: 500, graceDays: 10, leastLateMinor: 0n });
});
afterAll(() => t.drop());

async function save<K extends "late_fee" | "reminders">(kind: K, changes: Partial<Policy<K>>): Promise<void> {
  const { body, version } = await getPolicy(t.db, kind);
  const input = { kind, body: { ...body, ...changes }, reason: "test", expectedVersion: version };
  taken(await savePolicy({ ctx: testCtx(t.db), input }));
}

/** How many accounts were looked at: each look writes its note. */
async function looksOf(work: () => Promise<unknown>): Promise<number> {
  const notes = () => t.adminSql<{ note: string }[]>`select xmin || ' ' || ctid as note from collection_looks`;
  const before = new Set((await notes()).map(({ note }) => note));
  await work();
  return (await notes()).filter(({ note }) => !before.has(note)).length;
}

const tick = (day: LocalDate) => looksOf(() => runCollectionDuties(at(day)));

it("a tick looks at nobody of whom nothing can be due", async () => {
  for (let place = 0; place < 5; place += 1) await debtors.owing(DUE);
  const looks = [];
  for (let after = 11; after < 60; after += 1) looks.push(await tick(addDays(DUE, after)));
  // The fees of the first day and their bills' reminders, 14 and 30 days after the due date: the fees ride with them.
  expect(looks.flatMap((count, place) => (count > 0 ? [place + 11] : []))).toEqual([11, 14, 30]);
});

/** The day of the change: nothing is due by itself, the stages were on March 7 and 11 and come on the 24th, the fee on the 21st. */
const THE_DAY = localDate("2028-03-15");

type Change = {
  /** Ten days before the bill is due. */
  before?: (who: Debtor) => Promise<unknown>;
  /** On the day, before its tick. */
  change?: (who: Debtor) => Promise<unknown>;
  on?: LocalDate;
  fees?: string[];
  reminders?: string[];
};

const pause = (untilOn: LocalDate | null) => async (who: Debtor) => {
  const input = { accountId: who.accountId, invoiceId: null, untilOn, reason: "Ill" };
  taken(await pauseCollections({ ctx: at(addDays(DUE, -10)), input }));
};

const CHANGES: Record<string, Change> = {
  nothing: {},
  "the clock is moved by a month": {
    on: localDate("2028-04-10"),
    fees: ["04-10: 500"],
    reminders: ["04-10: 10000"],
  },
  "grace becomes shorter": {
    change: () => save("late_fee", { graceDays: 3 }),
    fees: ["03-15: 500"],
  },
  "there is one more stage": {
    change: () => save("reminders", { days: [-3, 1, 4, 14, 30] }),
    reminders: ["03-15: 10000"],
  },
  "a pause is ended": {
    before: pause(null),
    change: async (who) => {
      const [standing] = await listPauses(t.db, { accountId: who.accountId, today: DUE });
      await resumeCollections({ ctx: at(THE_DAY), input: { accountId: who.accountId, pauseId: standing?.id ?? "" } });
    },
    reminders: ["03-15: 10000"],
  },
  "a pause is over by itself": {
    before: pause(localDate("2028-03-14")),
    reminders: ["03-15: 10000"],
  },
  "an imported account is released": {
    before: ({ accountId }) => t.adminSql`update accounts set quarantined_at = now() where id = ${accountId}`,
    change: ({ accountId }) => releaseImportedAccount({ ctx: at(THE_DAY), input: { accountId } }),
    on: addDays(THE_DAY, 1),
    reminders: ["03-16: 10000"],
  },
  "an address is written down": {
    before: ({ accountId }) => t.adminSql`update accounts set email = null where id = ${accountId}`,
    change: ({ accountId, email }) => t.adminSql`update accounts set email = ${email} where id = ${accountId}`,
    reminders: ["03-15: 10000"],
  },
  "a promise is broken": {
    before: async ({ accountId }) => {
      const wish = { accountId, promisedOn: localDate("2028-03-14"), note: null, idempotencyKey: accountId };
      taken(await promiseToPay({ ctx: at(addDays(DUE, -3)), input: wish }));
    },
    change: () => runPlanDuties(at(THE_DAY)),
    reminders: ["03-15: 10000"],
  },
  "autopay stops": {
    before: (who) => debtors.announce(who, { minor: 100_00n, on: "2028-03-18", day: DUE }),
    change: (who) => debtors.drop(who, { again: null, day: THE_DAY }),
    reminders: ["03-15: 10000"],
  },
  "a dispute was decided yesterday": {
    before: (who) => debtors.hold(who, { kind: "dispute", minor: 100_00n, day: addDays(DUE, -10) }),
    change: (who) => debtors.free(who, { kind: "dispute", day: addDays(THE_DAY, -1) }),
    reminders: ["03-15: 10000"],
  },
  "a bill is issued late": {
    change: ({ accountId }) => debtors.bill(accountId, { dueOn: localDate("2028-02-20"), amount: "7.00" }),
    fees: ["03-15: 35"],
  },
};

describe.each(Object.entries(CHANGES))("%s", (_name, { before, change, on = THE_DAY, fees = [], reminders = [] }) => {
  it("and the next tick does what is due then, and no more", async () => {
    await save("late_fee", { graceDays: 10 });
    await save("reminders", { days: [-3, 1, 14, 30] });
    const who = await debtors.owing(DUE);
    await before?.(who);
    for (let day = addDays(DUE, -5); day < THE_DAY; day = addDays(day, 1)) await tick(day);
    const found = async () => [await debtors.feeDays(who), await debtors.reminderDays(who)] as const;
    const [feesBefore, remindersBefore] = await found();
    await change?.(who);
    await tick(on);
    const [feesAfter, remindersAfter] = await found();
    expect(feesAfter.slice(feesBefore.length)).toEqual(fees);
    expect(remindersAfter.slice(remindersBefore.length)).toEqual(reminders);
    expect(await tick(on)).toBe(0);
  });
});
