import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";

import { addDays, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { savePolicy } from "#server/domains/business/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { pauseCollections, runCollectionDuties } from "./index.ts";
import { type Debtor, taken, testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

const noon = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) });

type Deed = (who: Debtor, day: LocalDate) => Promise<unknown>;

const payBill = async (who: Debtor, day: LocalDate, [invoiceId, amountMinor]: readonly [string, bigint]) => {
  const check = { kind: "check" as const, amountMinor, receivedOn: day, reference: null };
  const input = { accountId: who.accountId, ...check, bills: [{ invoiceId, amountMinor }], idempotencyKey: uuidv7() };
  taken(await recordManualPayment({ ctx: noon(day), input }));
};
const pay =
  (minor: bigint): Deed =>
  (who, day) =>
    payBill(who, day, [who.invoiceId, minor]);
const feeAt = async ({ accountId }: Debtor, place: number) => {
  const { id = "", totalMinor = 0n } = (await debtors.feesOf(accountId))[place] ?? {};
  return [id, totalMinor] as const;
};
const payFee =
  (place: number): Deed =>
  async (who, day) =>
    payBill(who, day, await feeAt(who, place));
const pause =
  (of: (who: Debtor) => Promise<string>): Deed =>
  async (who, day) => {
    const input = { accountId: who.accountId, invoiceId: await of(who), untilOn: null, reason: "Asked to wait" };
    taken(await pauseCollections({ ctx: noon(day), input }));
  };
const second = new Map<string, string>();
const owesMore: Deed = async ({ accountId }) =>
  second.set(accountId, await debtors.bill(accountId, { dueOn: localDate("2028-03-12"), amount: "24.00" }));
const payBoth: Deed = async (who, day) => {
  await payBill(who, day, [who.invoiceId, 100_00n]);
  await payBill(who, day, [second.get(who.accountId) ?? "", 24_00n]);
};

const EARLY = ["03-07: 10000", "03-11: 10000"];
const RODE = [...EARLY, "03-24: 10500"];
const TWO = ["03-07: 10000", "03-09: 2400", "03-11: 10000", "03-13: 2400", "03-24: 10500", "03-26: 2520"];

/** The second table of the README. */
const TABLE: Record<string, { deeds: Record<string, Deed>; mails: string[] }> = {
  nothing: { deeds: {}, mails: [...RODE, "04-09: 10500"] },
  "the bill is paid": {
    deeds: { "03-30": pay(100_00n) },
    mails: [...RODE, "04-05: 500", "04-18: 500", "05-04: 500"],
  },
  "the bill is paid when the fee is past due": {
    deeds: { "04-12": pay(100_00n) },
    mails: [...RODE, "04-09: 10500", "04-13: 500", "04-26: 500", "05-12: 500"],
  },
  "the fee is paid": { deeds: { "03-30": payFee(0) }, mails: [...RODE, "04-09: 10000"] },
  "a part of the bill is paid": { deeds: { "03-30": pay(60_00n) }, mails: [...RODE, "04-09: 4500"] },
  "the bill is in dispute, denied": {
    deeds: {
      "03-25": (who, day) => debtors.hold(who, { kind: "dispute", minor: 100_00n, day }),
      "04-05": (who, day) => debtors.free(who, { kind: "dispute", day }),
    },
    mails: [...RODE, "04-06: 10500", "04-19: 10500", "05-05: 10500"],
  },
  "the bill is on a plan": {
    deeds: { "03-25": (who, day) => debtors.hold(who, { kind: "plan", minor: 100_00n, day }) },
    mails: [...RODE, "04-05: 500", "04-18: 500", "05-04: 500"],
  },
  "the fee alone is paused": {
    deeds: { "03-22": pause(async (who) => (await feeAt(who, 0))[0]) },
    mails: [...EARLY, "03-24: 10000", "04-09: 10000"],
  },
  "the bill alone is paused": {
    deeds: { "03-22": pause((who) => Promise.resolve(who.invoiceId)) },
    mails: EARLY,
  },
  "two fees are left": {
    deeds: { "03-01": owesMore, "03-30": payBoth },
    mails: [...TWO, "04-07: 620", "04-20: 620", "05-06: 620"],
  },
  "two fees are left, and one of them is paid": {
    deeds: { "03-01": owesMore, "03-30": payBoth, "04-08": payFee(1) },
    mails: [...TWO, "04-07: 620", "04-18: 500", "05-04: 500"],
  },
};

const people = new Map<string, Debtor>();

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at: noon });
  const fee = { enabled: true, basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 1_00n };
  const body = { ...fee, graceDays: 10, repeat: "once" as const };
  taken(
    await savePolicy({ ctx: testCtx(t.db), input: { kind: "late_fee", body, reason: "test", expectedVersion: 0 } }),
  );
  for (const name of Object.keys(TABLE)) people.set(name, await debtors.owing(localDate("2028-03-10")));
  for (let day = localDate("2028-03-01"); day <= "2028-05-20"; day = addDays(day, 1)) {
    await runCollectionDuties(noon(day));
    for (const [name, { deeds }] of Object.entries(TABLE)) {
      const who = people.get(name);
      if (who) await deeds[day.slice(5)]?.(who, day);
    }
    await runCollectionDuties(noon(day));
  }
}, 120_000);
afterAll(() => t.drop());

it.each(Object.entries(TABLE))("a late fee rides with its bill: %s", async (name, { mails }) => {
  const who = people.get(name);
  expect(who && (await debtors.mailDays(who))).toEqual(mails);
});
