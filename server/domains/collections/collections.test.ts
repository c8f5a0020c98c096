import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { savePolicy } from "#server/domains/business/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  chargeLateFees,
  listPauses,
  pauseCollections,
  resumeCollections,
  runCollectionDuties,
  sendReminders,
} from "./index.ts";
import { feeDay, feeOn, type LateFeePolicy, reminderDay } from "./rules.ts";
import { taken, testDebtors } from "./test-debtor.ts";

const policy: LateFeePolicy = {
  ...{ enabled: true, basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 100n },
  ...{ graceDays: 10, repeat: "once" },
};
let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
  await save("late_fee", policy);
});
afterAll(() => t.drop());

/** A quarter past midnight in New York, where the day begins five hours after that of UTC: four in summer. */
const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T05:15:00Z`) });

async function save(kind: "late_fee", body: LateFeePolicy) {
  const [row] = await t.adminSql<{ version: number }[]>`
    select coalesce(max(version), 0)::int as version from policy_versions where kind = ${kind}`;
  const input = { kind, body, reason: "test", expectedVersion: row?.version ?? 0 };
  taken(await savePolicy({ ctx: testCtx(t.db), input }));
}

const owing = (dueOn: LocalDate, amount?: string) => debtors.owing(dueOn, amount);
const feesOf = (accountId: string) => debtors.feesOf(accountId);
const remindersTo = async (email: string) => (await debtors.remindersOf(email)).length;

const left = (amountMinor: string): unknown => expect.objectContaining({ left: { amountMinor, currency: "USD" } });

describe("a late fee", () => {
  it.each([
    ["5 % of 100.00", 10_000n, {}, 500n],
    ["half a cent goes up", 10_010n, {}, 501n],
    ["with a fixed part", 10_000n, { fixedMinor: 250n }, 750n],
    ["up to its most", 100_000n, { mostMinor: 2_500n }, 2_500n],
    ["never more than is late", 150n, { fixedMinor: 2_500n }, 150n],
    ["none on less than the least", 99n, { fixedMinor: 2_500n }, 0n],
    ["none on nothing", 0n, { fixedMinor: 2_500n }, 0n],
  ] as const)("%s", (_what, late, more, fee) => {
    expect(feeOn({ ...policy, ...more }, late)).toBe(fee);
  });

  it("is never negative and never above what is late", () => {
    fc.assert(
      fc.property(fc.bigInt(-10n, 10n ** 12n), fc.integer({ min: 0, max: 5_000 }), (late, basisPoints) => {
        const fee = feeOn({ ...policy, basisPoints }, late);
        expect(fee >= 0n && fee <= (late > 0n ? late : 0n)).toBe(true);
      }),
    );
  });

  it("takes its number in the order of the accounts where they are looked at one after another", async () => {
    const due = localDate("2028-01-10");
    const people = [await owing(due), await owing(due), await owing(due)];
    // The first is busy: side by side, the others would have their numbers before it.
    let letGo: () => void = () => undefined;
    const free = new Promise<void>((settle) => (letGo = settle));
    let busy: Promise<void> = Promise.resolve();
    await new Promise<void>((locked) => {
      busy = t.db.transaction(async (tx) => {
        await lockAccount(tx, people[0]?.accountId ?? "");
        locked();
        await free;
      });
    });
    const charged = chargeLateFees(at(localDate("2028-01-21")), { lanes: 1 });
    const waiting = async () =>
      (await t.adminSql<{ n: number }[]>`select count(*)::int as n from pg_locks where not granted`)[0]?.n;
    await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(0);
    letGo();
    await Promise.all([charged, busy]);
    const fees = await Promise.all(people.map(({ accountId }) => feesOf(accountId)));
    const numbers = fees.map(([fee]) => fee?.number ?? "none");
    expect(numbers).toEqual(numbers.toSorted());
    expect(new Set(numbers).size).toBe(3);
  });

  it("falls due after the grace days, and every 30 days where that is the policy", () => {
    const due = localDate("2028-02-19");
    expect(feeDay(policy, due, localDate("2028-02-29"))).toBeNull();
    expect(feeDay(policy, due, localDate("2028-03-01"))).toBe("2028-03-01");
    expect(feeDay(policy, due, localDate("2028-12-01"))).toBe("2028-03-01");
    expect(feeDay({ ...policy, repeat: "monthly" }, due, localDate("2028-03-30"))).toBe("2028-03-01");
    expect(feeDay({ ...policy, repeat: "monthly" }, due, localDate("2028-05-02"))).toBe("2028-04-30");
  });

  it("is charged once, on its day in the account's zone, however often the tick runs and from how many places", async () => {
    const who = await owing(localDate("2028-02-19"));
    // On February 29 it is a quarter past midnight in New York: the grace days include that day.
    await chargeLateFees(at(localDate("2028-02-29")));
    expect(await feesOf(who.accountId)).toHaveLength(0);
    await Promise.all([1, 2, 3].map(() => chargeLateFees(at(localDate("2028-03-01")))));
    await chargeLateFees(at(localDate("2028-06-01")));
    expect(await feesOf(who.accountId)).toMatchObject([
      { totalMinor: 500n, parentId: who.invoiceId, issuedOn: "2028-03-01", kind: "late_fee" },
    ]);
  });

  it.each([
    ["the part in dispute bears none", "dispute", 3_000n, [350n]],
    ["what is on a plan bears none", "plan", 10_000n, []],
  ] as const)("%s", async (_what, kind, held, fees) => {
    const who = await owing(localDate("2028-03-10"));
    await debtors.hold(who, { kind, minor: held, day: localDate("2028-03-12") });
    await chargeLateFees(at(localDate("2028-04-01")));
    expect((await feesOf(who.accountId)).map((fee) => fee.totalMinor)).toEqual(fees);
  });

  it("is not charged while the account is paused, and is afterwards", async () => {
    const who = await owing(localDate("2028-03-10"));
    const ctx = at(localDate("2028-03-15"));
    const wish = { accountId: who.accountId, invoiceId: null, untilOn: null };
    expect(await pauseCollections({ ctx, input: { ...wish, reason: " " } })).toMatchObject({ reason: "reason_needed" });
    const other = await owing(localDate("2028-03-10"));
    const foreign = { ...wish, invoiceId: other.invoiceId, reason: "Ill" };
    await expect(pauseCollections({ ctx, input: foreign })).rejects.toThrow("bill not found");
    // Pressed twice, it stands once.
    for (const reason of ["Ill", "Ill "]) await pauseCollections({ ctx, input: { ...wish, reason } });
    const [pause, ...more] = await listPauses(t.db, { accountId: who.accountId, today: localDate("2028-03-15") });
    expect([pause?.reason, more]).toEqual(["Ill", []]);
    await runCollectionDuties(at(localDate("2028-04-01")));
    expect([await feesOf(who.accountId), await remindersTo(who.email)]).toEqual([[], 0]);
    const pauseId = pause?.id ?? "";
    await resumeCollections({ ctx, input: { accountId: other.accountId, pauseId } });
    await chargeLateFees(at(localDate("2028-04-01")));
    expect(await feesOf(who.accountId)).toEqual([]);
    await resumeCollections({ ctx, input: { accountId: who.accountId, pauseId } });
    await chargeLateFees(at(localDate("2028-04-02")));
    expect(await feesOf(who.accountId)).toHaveLength(1);
  });

  it("falls on the other bills while one is paused, which is neither charged nor reminded of, until the pause's last day", async () => {
    const who = await owing(localDate("2028-03-10"));
    await debtors.bill(who.accountId, { dueOn: localDate("2028-03-10"), amount: "20.00" });
    const pause = { accountId: who.accountId, invoiceId: who.invoiceId, untilOn: localDate("2028-03-25") };
    expect(
      await pauseCollections({ ctx: at(localDate("2028-03-08")), input: { ...pause, reason: "Read again" } }),
    ).toEqual(expect.objectContaining({ ok: true }));
    for (let day = localDate("2028-03-09"); day < localDate("2028-03-26"); day = addDays(day, 1)) {
      await runCollectionDuties(at(day));
    }
    expect((await feesOf(who.accountId)).map((fee) => fee.totalMinor)).toEqual([100n]);
    const told = (await debtors.remindersOf(who.email)).map(({ data }) => data);
    expect(told.length).toBeGreaterThan(0);
    // The other bill, then also its fee; never the 100.00 that are paused.
    for (const data of told) expect(data).toMatchObject({ bills: expect.arrayContaining([left("2000")]) as unknown });
    for (const data of told)
      expect(data).not.toMatchObject({ bills: expect.arrayContaining([left("10000")]) as unknown });
    await runCollectionDuties(at(localDate("2028-03-26")));
    const fees = await feesOf(who.accountId);
    expect(new Set(fees.map((fee) => fee.totalMinor))).toEqual(new Set([100n, 500n]));
  });

  it("is never charged to an imported account that nobody released, nor when the policy is off", async () => {
    const who = await owing(localDate("2028-03-10"));
    await t.adminSql`update accounts set quarantined_at = now() where id = ${who.accountId}`;
    const other = await owing(localDate("2028-03-10"));
    await save("late_fee", { ...policy, enabled: false });
    await runCollectionDuties(at(localDate("2028-04-03")));
    await save("late_fee", policy);
    expect([await feesOf(who.accountId), await feesOf(other.accountId)]).toEqual([[], []]);
    await runCollectionDuties(at(localDate("2028-04-03")));
    expect(await feesOf(who.accountId)).toEqual([]);
    expect(await remindersTo(who.email)).toBe(0);
  });

  it("is not sent about what autopay has announced to take, and is once autopay gives up", async () => {
    const who = await owing(localDate("2028-08-12"));
    await debtors.announce(who, { minor: 10_000n, on: "2028-08-12", day: localDate("2028-08-02") });
    for (const day of ["2028-08-09", "2028-08-13"]) await sendReminders(at(localDate(day)));
    expect(await remindersTo(who.email)).toBe(0);
    await debtors.drop(who, { again: null, day: localDate("2028-08-14") });
    await sendReminders(at(localDate("2028-08-14")));
    expect(await remindersTo(who.email)).toBe(1);
  });
});

describe("a reminder", () => {
  it("is of the latest stage whose day has come, and not of one long gone", () => {
    const days = [-3, 1, 14];
    const due = {
      dueOn: localDate("2028-03-10"),
      asked: { askedMinor: 100n, changes: [], fees: null, importedOn: null },
    };
    expect(reminderDay(days, due, localDate("2028-03-06"))).toBeNull();
    expect(reminderDay(days, due, localDate("2028-03-07"))).toBe("2028-03-07");
    expect(reminderDay(days, due, localDate("2028-03-11"))).toBe("2028-03-11");
    expect(reminderDay(days, due, localDate("2028-03-23"))).toBeNull();
    expect(reminderDay(days, due, localDate("2028-03-25"))).toBe("2028-03-24");
  });

  it("comes once per stage, over the change to summer time, with every bill of the account in one mail", async () => {
    const who = await owing(localDate("2028-03-12"));
    for (let day = localDate("2028-03-05"); day < localDate("2028-05-01"); day = addDays(day, 1)) {
      await Promise.all([sendReminders(at(day)), sendReminders(at(day))]);
    }
    expect(await remindersTo(who.email)).toBe(4);
    // Nobody has to sign in: all four lead to the bill's one link.
    const paths = (await debtors.remindersOf(who.email)).map(({ data }) => (data as { path: string }).path);
    expect(new Set(paths).size).toBe(1);
    expect(paths[0]).toMatch(/^\/p\/@[0-9a-f-]{36}$/);
  });

  it.each([
    ["one late, one due soon", "2029-03-10", "2029-03-14", { late: true, pastDue: { amountMinor: "10000" } }],
    ["both late", "2029-05-10", "2029-04-26", { late: true, pastDue: null }],
    ["neither", "2029-07-14", "2029-07-14", { late: false, pastDue: null }],
  ] as const)("calls past due what is, and the rest not: %s", async (_what, first, second, data) => {
    const who = await owing(localDate(first));
    await debtors.bill(who.accountId, { dueOn: localDate(second), amount: "20.00" });
    await sendReminders(at(addDays(localDate(first), data.late ? 1 : -3)));
    const sent = await debtors.remindersOf(who.email);
    expect(sent.map((mail) => ({ pastDue: null, ...mail.data }))).toMatchObject([
      { total: { amountMinor: "12000" }, ...data },
    ]);
  });

  it("is not sent about what is in dispute or on a plan", async () => {
    const who = await owing(localDate("2028-06-12"));
    await debtors.hold(who, { kind: "dispute", minor: 10_000n, day: localDate("2028-06-01") });
    for (const day of ["2028-06-09", "2028-06-13", "2028-06-26"]) await sendReminders(at(localDate(day)));
    expect(await remindersTo(who.email)).toBe(0);
  });
});

it("one account that cannot be worked on keeps nobody else waiting", async () => {
  const [stuck, other] = [await owing(localDate("2028-09-10")), await owing(localDate("2028-09-10"))];
  await t.adminSql.unsafe(`
    create function fail_for_one() returns trigger language plpgsql as
      $$ begin if new.subject = '${stuck.invoiceId}' then raise exception 'a fault of ours'; end if; return new; end $$;
    create trigger fail_for_one before insert on duties for each row execute function fail_for_one();`);
  await expect(runCollectionDuties(at(localDate("2028-09-24")))).rejects.toThrow(AggregateError);
  await t.adminSql.unsafe(`drop trigger fail_for_one on duties`);
  for (const [who, fees] of [
    [stuck, 0],
    [other, 1],
  ] as const) {
    expect(await feesOf(who.accountId)).toHaveLength(fees);
    expect(await remindersTo(who.email)).toBe(fees);
  }
});

it("the books are clean after all of it", async () => {
  const report = await proveBooks({ ctx: at(localDate("2028-07-01")), input: { asOf: null } });
  expect(report.checks.filter((one) => !one.ok)).toEqual([]);
});
