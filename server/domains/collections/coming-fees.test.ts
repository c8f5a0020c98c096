import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";

import { addDays, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, type Policy, savePolicy } from "#server/domains/business/index.ts";
import { placeClaim } from "#server/domains/invoices/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { chargeLateFees, listComingFees, pauseCollections } from "./index.ts";
import { type Debtor, taken, testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) });
const MAR_5 = localDate("2028-03-05");
const PLAIN = {
  ...{ enabled: true, basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 1_00n },
  ...{ graceDays: 10, repeat: "once" as const },
};

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
});
afterAll(() => t.drop());

async function save(changes: Partial<Policy<"late_fee">>): Promise<void> {
  const { version } = await getPolicy(t.db, "late_fee");
  const input = { kind: "late_fee" as const, body: { ...PLAIN, ...changes }, reason: "t", expectedVersion: version };
  taken(await savePolicy({ ctx: testCtx(t.db), input }));
}

type Deed = (who: Debtor) => Promise<unknown>;

const hold = (kind: "dispute" | "scheduled", minor: bigint, day: LocalDate) => (who: Debtor) =>
  t.db.transaction((tx) =>
    placeClaim(tx, {
      ...{ accountId: who.accountId, kind, sourceId: uuidv7(), occurredOn: day, occurredAt: at(day).now },
      bills: [{ invoiceId: who.invoiceId, wantedMinor: minor }],
    }),
  );
const credit: Deed = async ({ accountId }) => {
  const check = { kind: "check" as const, amountMinor: 40_00n, bills: [], receivedOn: MAR_5, reference: null };
  taken(await recordManualPayment({ ctx: at(MAR_5), input: { accountId, ...check, idempotencyKey: uuidv7() } }));
};
const paused =
  (untilOn: string | null): Deed =>
  async ({ accountId }) => {
    const until = untilOn === null ? null : localDate(untilOn);
    const input = { accountId, invoiceId: null, untilOn: until, reason: "Ill" };
    taken(await pauseCollections({ ctx: at(MAR_5), input }));
  };
const givenBack: Deed = async (who) => {
  await debtors.hold(who, { kind: "dispute", minor: 30_00n, day: MAR_5 });
  await debtors.free(who, { kind: "dispute", day: localDate("2028-03-18") });
};
const nothing: Deed = () => Promise.resolve();
const charged: Deed = () => chargeLateFees(at(localDate("2028-03-21")));
const imported: Deed = ({ accountId }) =>
  t.adminSql`update accounts set quarantined_at = now() where id = ${accountId}`;

/** The table of the README. */
it.each<[string, Deed, string, string[], Partial<Policy<"late_fee">>?]>([
  ["long before it is due", nothing, "03-01", ["03-20: 500"]],
  ["in its grace", nothing, "03-15", ["03-20: 500"]],
  ["on the last day of it", nothing, "03-20", ["03-20: 500"]],
  ["when the fee is due", nothing, "03-21", []],
  ["when it is charged", charged, "03-25", []],
  ["what credit covers bears none", credit, "03-15", ["03-20: 300"]],
  ["what is in dispute bears none", hold("dispute", 100_00n, MAR_5), "03-15", []],
  ["what a dispute gave back has its own grace", givenBack, "03-19", ["03-20: 350", "03-28: 150"]],
  ["what waits for a date bears it", hold("scheduled", 100_00n, MAR_5), "03-15", ["03-20: 500"]],
  ["after a pause", paused("2028-03-25"), "03-15", ["03-25: 500"]],
  ["never while a pause has no end", paused(null), "03-15", []],
  ["every month", nothing, "03-15", ["03-20: 500", "04-19: 500"], { repeat: "monthly" }],
  ["never for an imported account", imported, "03-15", []],
  ["never when fees are off", nothing, "03-15", [], { enabled: false }],
])("a coming late fee is told of: %s", async (_what, deed, day, told, policy = {}) => {
  await save(policy);
  const who = await debtors.owing(localDate("2028-03-10"));
  await deed(who);
  const today = localDate(`2028-${day}`);
  const account = await getAccount(t.db, who.accountId);
  const coming = await listComingFees(t.db, { account, today, last: addDays(today, 60) });
  expect(coming.map(({ freeUntil, fee }) => `${freeUntil.slice(5)}: ${String(fee.amountMinor)}`)).toEqual(told);
});
