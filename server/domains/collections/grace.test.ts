import { and, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addDays, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { mails } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { releaseImportedAccount } from "#server/domains/accounts/index.ts";
import { savePolicy } from "#server/domains/business/index.ts";
import { fileDispute, resolveDispute, takeDisputeStep } from "#server/domains/disputes/index.ts";
import { bouncePayment, recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { runCollectionDuties } from "./index.ts";
import { type Debtor, taken, testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

/** A quarter past midnight in New York, and noon. */
const at = (day: LocalDate, hour = "05:15") => testCtx(t.db, { now: new Date(`${day}T${hour}:00Z`) });
const noon = (day: LocalDate) => at(day, "17:00");

/** What somebody does on a day, about one debtor's bill of 100.00 that is due on March 10. */
type Deed = (who: Debtor & { note: Map<string, string> }, day: LocalDate) => Promise<unknown>;

const dispute =
  (amountMinor: bigint | null): Deed =>
  async (who, day) => {
    const about = { reason: "wrong_amount" as const, description: "We were away.", lineId: null, fileIds: [] };
    const input = { accountId: who.accountId, invoiceId: who.invoiceId, amountMinor, ...about, clientKey: uuidv7() };
    who.note.set("dispute", taken(await fileDispute({ ctx: noon(day), input })).disputeId);
  };
const decide =
  (outcome: "denied" | "partially", amountMinor: bigint | null = null): Deed =>
  async (who, day) => {
    const decision = { outcome, amountMinor, creditKind: "credit_note" as const, reason: "Read twice." };
    const input = { disputeId: who.note.get("dispute") ?? "", ...decision, idempotencyKey: uuidv7() };
    taken(await resolveDispute({ ctx: noon(day), input }));
  };
const step =
  (name: "withdraw" | "appeal"): Deed =>
  async (who, day) => {
    const input = { disputeId: who.note.get("dispute") ?? "", step: name, note: "Please look again." };
    taken(await takeDisputeStep({ ctx: noon(day), input }));
  };
const pay =
  (amountMinor: bigint, toBill = true): Deed =>
  async (who, day) => {
    const bills = toBill ? [{ invoiceId: who.invoiceId, amountMinor }] : [];
    const check = { kind: "check" as const, amountMinor, bills, receivedOn: day, reference: null };
    const input = { accountId: who.accountId, ...check, idempotencyKey: uuidv7() };
    who.note.set("payment", taken(await recordManualPayment({ ctx: noon(day), input })).paymentId);
  };
const bounce: Deed = async (who, day) => {
  const input = { paymentId: who.note.get("payment") ?? "", bouncedOn: day, reason: "NSF", idempotencyKey: uuidv7() };
  taken(await bouncePayment({ ctx: noon(day), input }));
};
const startPaying: Deed = (who, day) => debtors.hold(who, { kind: "in_flight", minor: 100_00n, day });
const failPaying: Deed = (who, day) => debtors.free(who, { kind: "in_flight", day });
const planned: Deed = async (who, day) =>
  who.note.set("plan", await debtors.agreeOnPlan(who, { firstOn: "2028-04-10", day }));
const planEnds: Deed = (who, day) => debtors.endPlan(who.note.get("plan") ?? "", day);
const announced =
  (minor: bigint, on: string): Deed =>
  (who, day) =>
    debtors.announce(who, { minor, on, day });
const stopped: Deed = (who, day) => debtors.drop(who, { again: null, day });
const declined =
  (again: string): Deed =>
  (who, day) =>
    debtors.drop(who, { again, day });

const released: Deed = async ({ accountId }, day) =>
  taken(await releaseImportedAccount({ ctx: noon(day), input: { accountId } }));

type Row = { imported?: true; deeds: Record<string, Deed>; fees: string[]; reminders: string[] };

/** The table of the README, 5 % after 10 days of grace, reminders 3 days before and 1, 14 and 30 days after the due date. */
const TABLE: Record<string, Row> = {
  "nothing happens": {
    deeds: {},
    fees: ["03-21: 500"],
    reminders: ["03-07: 10000", "03-11: 10000", "03-24: 10000", "04-09: 10000"],
  },
  "all in dispute, denied within the first grace": {
    deeds: { "03-05": dispute(null), "03-18": decide("denied") },
    fees: ["03-29: 500"],
    reminders: ["03-19: 10000", "04-01: 10000", "04-17: 10000"],
  },
  "all in dispute, denied long after it": {
    deeds: { "03-05": dispute(null), "04-05": decide("denied") },
    fees: ["04-16: 500"],
    reminders: ["04-06: 10000", "04-19: 10000", "05-05: 10000"],
  },
  "all in dispute, withdrawn": {
    deeds: { "03-05": dispute(null), "03-25": step("withdraw") },
    fees: ["04-05: 500"],
    reminders: ["03-26: 10000", "04-08: 10000", "04-24: 10000"],
  },
  "all in dispute, denied, appealed, denied": {
    deeds: { "03-05": dispute(null), "03-18": decide("denied"), "03-20": step("appeal"), "04-03": decide("denied") },
    fees: ["04-14: 500"],
    reminders: ["03-19: 10000", "04-04: 10000", "04-17: 10000", "05-03: 10000"],
  },
  "30.00 in dispute, denied": {
    deeds: { "03-05": dispute(30_00n), "03-18": decide("denied") },
    fees: ["03-21: 350", "03-29: 150"],
    reminders: ["03-07: 7000", "03-11: 7000", "03-24: 10000", "04-09: 10000"],
  },
  "60.00 in dispute, 20.00 of it given": {
    deeds: { "03-05": dispute(60_00n), "03-25": decide("partially", 20_00n) },
    fees: ["03-21: 200", "04-05: 200"],
    reminders: ["03-07: 4000", "03-11: 4000", "03-24: 4000", "04-09: 8000"],
  },
  "30.00 in dispute after its fee, denied": {
    deeds: { "03-25": dispute(30_00n), "04-02": decide("denied") },
    fees: ["03-21: 500"],
    reminders: ["03-07: 10000", "03-11: 10000", "03-24: 10000", "04-09: 10000"],
  },
  "on a plan, which ends": {
    deeds: { "03-12": planned, "04-04": planEnds },
    fees: ["04-15: 500"],
    reminders: ["03-07: 10000", "03-11: 10000", "04-05: 10000", "04-18: 10000", "05-04: 10000"],
  },
  "paid by a check that bounces": {
    deeds: { "03-08": pay(100_00n), "03-28": bounce },
    fees: ["04-08: 500"],
    reminders: ["03-07: 10000", "03-29: 10000", "04-11: 10000", "04-27: 10000"],
  },
  "a debit on its way fails": {
    deeds: { "03-19": startPaying, "03-23": failPaying },
    fees: ["03-23: 500"],
    reminders: ["03-07: 10000", "03-11: 10000", "03-24: 10000", "04-09: 10000"],
  },
  "40.00 credit stands on the account": {
    deeds: { "03-02": pay(40_00n, false) },
    fees: ["03-21: 300"],
    reminders: ["03-07: 6000", "03-11: 6000", "03-24: 6000", "04-09: 6000"],
  },
  "autopay has announced 60.00 and takes them": {
    deeds: { "03-08": announced(60_00n, "2028-03-26"), "03-26": both(stopped, pay(60_00n)) },
    fees: ["03-21: 200"],
    reminders: ["03-07: 10000", "03-11: 4000", "03-24: 4000", "04-09: 4000"],
  },
  "autopay has announced 60.00 and is declined": {
    deeds: { "03-08": announced(60_00n, "2028-03-26"), "03-26": declined("2028-03-28"), "03-30": stopped },
    fees: ["03-21: 200", "03-26: 300"],
    reminders: ["03-07: 10000", "03-11: 4000", "03-24: 4000", "04-09: 10000"],
  },
  "autopay has announced all of it, and is stopped": {
    deeds: { "03-05": announced(100_00n, "2028-03-15"), "03-14": stopped },
    fees: ["03-21: 500"],
    reminders: ["03-14: 10000", "03-24: 10000", "04-09: 10000"],
  },
  "imported, released before it is due": {
    imported: true,
    deeds: { "03-05": released },
    fees: ["03-21: 500"],
    reminders: ["03-07: 10000", "03-11: 10000", "03-24: 10000", "04-09: 10000"],
  },
  "imported, released when it is overdue": {
    imported: true,
    deeds: { "04-05": released },
    fees: ["04-16: 500"],
    reminders: ["04-06: 10000", "04-19: 10000", "05-05: 10000"],
  },
  "imported, overdue at its release, 40.00 paid within the grace": {
    imported: true,
    deeds: { "03-25": released, "03-30": pay(40_00n) },
    fees: ["04-05: 300"],
    reminders: ["03-26: 10000", "04-08: 6000", "04-24: 6000"],
  },
  "imported, released while 30.00 are in dispute, denied": {
    imported: true,
    deeds: { "03-05": dispute(30_00n), "03-25": released, "04-02": decide("denied") },
    fees: ["04-05: 350", "04-13: 150"],
    reminders: ["03-26: 7000", "04-08: 10000", "04-24: 10000"],
  },
};

function both(first: Deed, second: Deed): Deed {
  return async (who, day) => {
    await first(who, day);
    await second(who, day);
  };
}

const people = new Map<string, Debtor>();

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
  const fee = { enabled: true, basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 1_00n };
  const body = { ...fee, graceDays: 10, repeat: "once" as const };
  taken(
    await savePolicy({ ctx: testCtx(t.db), input: { kind: "late_fee", body, reason: "test", expectedVersion: 0 } }),
  );
  await live();
}, 120_000);
afterAll(() => t.drop());

/** From before the bills are due to two months later: the tick, what people do, and the tick again, twice. */
async function live(): Promise<void> {
  const notes = new Map<string, Map<string, string>>();
  for (const name of Object.keys(TABLE)) people.set(name, await debtors.owing(localDate("2028-03-10")));
  for (const [name, { imported }] of Object.entries(TABLE)) {
    const { accountId } = personOf(name);
    if (imported) await t.adminSql`update accounts set quarantined_at = now() where id = ${accountId}`;
  }
  for (let day = localDate("2028-03-01"); day <= "2028-05-10"; day = addDays(day, 1)) {
    await runCollectionDuties(at(day));
    for (const [name, { deeds }] of Object.entries(TABLE)) {
      const who = people.get(name);
      const deed = deeds[day.slice(5)];
      if (!who || !deed) continue;
      const note = notes.get(name) ?? new Map<string, string>();
      notes.set(name, note);
      await deed({ ...who, note }, day);
    }
    await Promise.all([runCollectionDuties(noon(day)), runCollectionDuties(noon(day))]);
  }
}

const personOf = (name: string): Debtor => {
  const who = people.get(name);
  if (!who) throw new Error(`nobody lives through ${name}`);
  return who;
};

describe.each(Object.entries(TABLE))("%s", (name, { fees, reminders }) => {
  it("is charged for, each part once and after its grace", async () => {
    expect(await debtors.feeDays(personOf(name))).toEqual(fees);
  });

  it("is reminded of as far as it is asked for", async () => {
    expect(await debtors.reminderDays(personOf(name))).toEqual(reminders);
  });
});

it.each([
  ["all in dispute, denied within the first grace", "dispute_decided", ["2028-03-28"]],
  ["60.00 in dispute, 20.00 of it given", "dispute_decided", ["2028-04-04"]],
  ["on a plan, which ends", "plan_ended", ["2028-04-14"]],
])("%s: the mail says until when no fee is charged", async (name, kind, days) => {
  const told = await t.db
    .select()
    .from(mails)
    .where(and(eq(mails.accountId, personOf(name).accountId), eq(mails.kind, kind)));
  expect(told.map(({ data }) => (data as { payBy: string }).payBy)).toEqual(days);
});

it("the books are clean after all of it", async () => {
  const report = await proveBooks({ ctx: at(localDate("2028-05-11")), input: { asOf: null } });
  expect(report.checks.filter((one) => !one.ok)).toEqual([]);
});
