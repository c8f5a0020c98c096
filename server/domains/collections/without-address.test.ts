import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { type LocalDate, localDate, localDateOf } from "#app/contracts/local-date.ts";
import { accountPeople, accounts, logins, mails } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import { savePolicy } from "#server/domains/business/index.ts";
import { sendQueuedMail, writeTopicsOff } from "#server/domains/notifications/index.ts";
import { mailIssuedBill } from "#server/domains/pay-links/index.ts";
import { bouncePayment, recordManualPayment } from "#server/domains/payments/index.ts";
import { offerPlan } from "#server/domains/plans/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { runCollectionDuties } from "./index.ts";
import { type Debtor, taken, testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;
const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) });
const on = (day: string) => at(localDate(day));

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
  const fees = { basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 0n, graceDays: 10 };
  const body = { ...fees, enabled: true, repeat: "once" as const };
  const input = { kind: "late_fee" as const, body, reason: "test", expectedVersion: 0 };
  taken(await savePolicy({ ctx: on("2028-03-01"), input }));
});
afterAll(() => t.drop());

/** 100.00 due on March 10, of an account that has no address; `names` sign in to it. */
async function owing(...names: string[]): Promise<Debtor> {
  const of = await debtors.owing(localDate("2028-03-10"));
  await t.db.update(accounts).set({ email: null }).where(eq(accounts.id, of.accountId));
  for (const name of names) await join(of, name);
  return of;
}

async function join({ accountId }: Debtor, name: string): Promise<void> {
  const [login] = await t.db
    .insert(logins)
    .values({ email: `${name}@demo.test`, name, role: "customer" })
    .returning();
  await t.db.insert(accountPeople).values({ accountId, loginId: login?.id ?? "", right: "view" });
}

const toldOf = async (name: string) =>
  (
    await t.db
      .select()
      .from(mails)
      .where(eq(mails.toAddress, `${name}@demo.test`))
      .orderBy(mails.toldAt, mails.id)
  ).map(({ kind, toldAt }) => `${localDateOf(toldAt, "America/New_York").slice(5)} ${kind}`);

it("its people get every mail about its money once each: a bill, a reminder, a fee, a credit, a receipt, a return, a plan", async () => {
  const { accountId, invoiceId } = await owing("bea", "cy");
  await mailIssuedBill({ ctx: on("2028-02-19"), input: { accountId, invoiceId } });
  for (const day of ["2028-03-07", "2028-03-11", "2028-03-21"]) await runCollectionDuties(on(day));
  const [fee] = await debtors.feesOf(accountId);
  await mailIssuedBill({ ctx: on("2028-03-21"), input: { accountId, invoiceId: fee?.id ?? "" } });
  const about = { accountId, idempotencyKey: uuidv7() };
  const gift = { kind: "goodwill" as const, reason: "goodwill" as const, invoiceId, conversationId: null };
  const amount = { amountMinor: 10_00n, currency: currency("USD") };
  taken(await applyCredit({ ctx: on("2028-03-22"), input: { ...about, ...gift, amount } }));
  const bills = [{ invoiceId, amountMinor: 20_00n }];
  const check = { kind: "check" as const, amountMinor: 20_00n, bills, receivedOn: localDate("2028-03-23") };
  const key = () => ({ accountId, idempotencyKey: uuidv7() });
  const paid = taken(
    await recordManualPayment({ ctx: on("2028-03-23"), input: { ...key(), ...check, reference: null } }),
  );
  const bounced = { paymentId: paid.paymentId, bouncedOn: localDate("2028-03-28"), reason: "NSF" };
  taken(await bouncePayment({ ctx: on("2028-03-28"), input: { ...bounced, idempotencyKey: uuidv7() } }));
  const terms = { downMinor: 0n, instalments: 2, every: "month" as const, firstOn: localDate("2028-04-10") };
  const around = { conversationId: null, countersId: null, note: null, seenVersion: null };
  const offer = { ...key(), invoiceIds: [invoiceId], ...terms, ...around };
  taken(await offerPlan({ ctx: on("2028-03-29"), input: offer }));

  const told = await toldOf("bea");
  expect(told.map((line) => line.split(" ")[1])).toEqual(
    expect.arrayContaining(["bill_issued", "reminder", "credit_given", "receipt", "payment_returned", "plan_offered"]),
  );
  expect(told.filter((line) => line.endsWith("bill_issued"))).toEqual(["02-19 bill_issued", "03-21 bill_issued"]);
  expect(await toldOf("cy")).toEqual(told);
});

it("who does not want a kind of it does not get it, and the other does", async () => {
  const of = await owing("dee", "eli");
  await writeTopicsOff(t.db, { address: "dee@demo.test", wanted: { bill: false } });
  await mailIssuedBill({ ctx: on("2028-02-19"), input: of });
  const sent: string[] = [];
  const render = () => Promise.resolve({ subject: "", html: "<p>", plain: "" });
  for (const name of ["dee@demo.test", "eli@demo.test"]) {
    const [mail] = await t.db.select().from(mails).where(eq(mails.toAddress, name));
    const send = ({ to }: { to: string }) => Promise.resolve(void sent.push(to));
    await sendQueuedMail({ ctx: on("2028-02-19"), input: { mailId: mail?.id ?? "", render, send } });
  }
  expect(sent).toEqual(["eli@demo.test"]);
});

it("with nobody to tell its bill does not count as sent, and the first who comes is reminded from then on", async () => {
  const of = await owing();
  await mailIssuedBill({ ctx: on("2028-02-19"), input: of });
  await runCollectionDuties(on("2028-03-11"));
  expect(await t.db.select().from(mails).where(eq(mails.accountId, of.accountId))).toEqual([]);
  await join(of, "fay");
  await runCollectionDuties(on("2028-03-12"));
  expect(await toldOf("fay")).toEqual(["03-12 reminder"]);
});
