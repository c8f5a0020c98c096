import { and, eq, like } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { drafts, invoices, mails, paymentMethods, payments } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { processEvent, receiveEvent, recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { concludeDraft } from "./conclude-draft.ts";
import {
  type AutopayRequest,
  cancelScheduledPayment,
  changeScheduledPayment,
  getAutopay,
  listDrafts,
  nextDraft,
  replaceMethodInUse,
  runAutopayDuties,
  schedulePayment,
  setUpAutopay,
  stopAutopay,
  usesOfMethod,
} from "./index.ts";

const DAY_MS = 86_400_000;
let t: TestDatabase;
let standIn: StandIn;
let place = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2028-02-10T15:00:00Z"));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctx = () => testCtx(t.db, { processor: standIn.processor, now: standIn.now() });

/** An account in New York, so that its days are not those of UTC, with a saved method of the stand-in's. */
async function payer(card = "pm_card_visa", kind: "card" | "bank_debit" = "card") {
  place += 1;
  const email = `ada-${String(place)}@demo.test`;
  const { value } = await createAccounts({
    ctx: ctx(),
    input: {
      accounts: [
        { number: `A-${String(place)}`, name: "Ada", email, currency: currency("USD"), zone: "America/New_York" },
      ],
    },
  });
  const accountId = value[0]?.id ?? "";
  return { accountId, email, methodId: await save(accountId, card, kind) };
}

async function save(accountId: string, card: string, kind: "card" | "bank_debit" = "card"): Promise<string> {
  const customer = await standIn.processor.createCustomer({
    key: `test:${accountId}`,
    accountId,
    email: null,
    name: "Ada",
  });
  await t.adminSql`insert into processor_customers (account_id, processor_id) values (${accountId}, ${customer})
    on conflict do nothing`;
  const [row] = await t.adminSql<{ processor_id: string }[]>`
    select processor_id from processor_customers where account_id = ${accountId}`;
  const attached = await standIn.stripe.paymentMethods.attach(card, { customer: row?.processor_id ?? "" });
  const [method] = await t.db
    .insert(paymentMethods)
    .values({
      ...{ accountId, processorId: attached.id, kind, last4: "0341", brand: "visa" },
      ...{ expMonth: kind === "card" ? 12 : null, expYear: kind === "card" ? 2034 : null },
    })
    .returning();
  return method?.id ?? "";
}

async function bill(accountId: string, { dueOn, amount = "100.00" }: { dueOn: LocalDate; amount?: string }) {
  place += 1;
  const issued = await issueInvoice({
    ctx: ctx(),
    input: {
      ...{ accountId, issuedOn: addDays(dueOn, -20), dueOn, idempotencyKey: `bill ${String(place)}` },
      lines: [{ description: "Water", unitPrice: amount }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

const wish: Omit<AutopayRequest, "accountId" | "methodId"> = {
  ...{ amountKind: "statement_balance", fixedMinor: null, daysBeforeDue: 0 },
  ...{ mandateText: "I authorize it.", ip: "203.0.113.9" },
};

async function enrol(who: { accountId: string; methodId: string }, more: Partial<AutopayRequest> = {}) {
  const done = await setUpAutopay({ ctx: ctx(), input: { ...wish, ...who, ...more } });
  if (!done.ok) throw new Error(done.reason);
  return done.value.enrolmentId;
}

/** One business day after another, the tick twice on each, with what the processor has to tell in between. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await standIn.advance(DAY_MS);
    await runAutopayDuties(ctx());
    for (const delivery of await standIn.deliveries()) {
      await receiveEvent({ ctx: ctx(), input: delivery });
      await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
    }
    await runAutopayDuties(ctx());
  }
}

const mailKinds = async (to: string) =>
  (await t.db.select({ kind: mails.kind }).from(mails).where(eq(mails.toAddress, to)).orderBy(mails.createdAt)).map(
    (mail) => mail.kind,
  );
const openOf = async (invoiceId: string) =>
  (await t.db.select({ open: invoices.openMinor }).from(invoices).where(eq(invoices.id, invoiceId)))[0]?.open;
const draftsOf = (accountId: string) =>
  t.db.select().from(drafts).where(eq(drafts.accountId, accountId)).orderBy(drafts.createdAt);
const today = (): LocalDate => localDate(standIn.now().toISOString().slice(0, 10));

describe("autopay", () => {
  it("announces ten days before and takes on the due date, over 29 February, once each", async () => {
    const who = await payer();
    await enrol(who);
    const due = localDate("2028-02-29");
    const invoiceId = await bill(who.accountId, { dueOn: due });
    await live(8);
    expect(await draftsOf(who.accountId)).toHaveLength(0);
    await live(1);
    expect(await draftsOf(who.accountId)).toMatchObject([
      { state: "announced", draftOn: due, announcedMinor: 10_000n },
    ]);
    expect(await nextDraft(t.db, who.accountId)).toMatchObject({ methodLabel: "Visa ··0341", draftOn: due });
    await live(9);
    expect(await openOf(invoiceId)).toBe(10_000n);
    await live(3);
    expect(await openOf(invoiceId)).toBe(0n);
    expect(await draftsOf(who.accountId)).toMatchObject([{ state: "paid", attempts: 1 }]);
    const [paid] = await t.db.select().from(payments).where(eq(payments.accountId, who.accountId));
    expect(paid).toMatchObject({ state: "settled", settledOn: due });
    expect(await mailKinds(who.email)).toEqual(["autopay_changed", "draft_notice", "receipt"]);
  });

  it("takes less when a part was paid by hand, and nothing when all was", async () => {
    const who = await payer();
    await enrol(who);
    const dueOn = addDays(today(), 10);
    const [first, second] = [
      await bill(who.accountId, { dueOn }),
      await bill(who.accountId, { dueOn, amount: "30.00" }),
    ];
    await live(1);
    await recordManualPayment({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, kind: "check", amountMinor: 9_000n, reference: "7", receivedOn: today() },
        ...{
          bills: [
            { invoiceId: first, amountMinor: 6_000n },
            { invoiceId: second, amountMinor: 3_000n },
          ],
        },
        ...{ creditAllowed: false, idempotencyKey: `by hand ${String(place)}` },
      },
    });
    await live(12);
    const taken = await t.db
      .select({ minor: payments.amountMinor })
      .from(payments)
      .where(and(eq(payments.accountId, who.accountId), eq(payments.kind, "card")));
    expect(taken).toEqual([{ minor: 4_000n }]);
    expect(await openOf(first)).toBe(0n);
  });

  it("tries a declined card again on later days, eight times at most, and tells each time", async () => {
    const who = await payer("pm_card_chargeCustomerFail");
    await enrol(who);
    const invoiceId = await bill(who.accountId, { dueOn: addDays(today(), 10) });
    await live(40);
    const [draft] = await draftsOf(who.accountId);
    expect(await draftsOf(who.accountId)).toHaveLength(1);
    expect(draft).toMatchObject({ state: "failed", attempts: 8 });
    expect(await openOf(invoiceId)).toBe(10_000n);
    expect((await mailKinds(who.email)).filter((kind) => kind === "draft_failed")).toHaveLength(8);
  });

  it("a fixed amount is taken once a month, oldest bills first, over the change to summer time", async () => {
    const who = await payer();
    await enrol(who, { amountKind: "fixed", fixedMinor: 2_500n });
    await bill(who.accountId, { dueOn: addDays(today(), 5) });
    await live(70);
    const taken = (await draftsOf(who.accountId)).filter((draft) => draft.state === "paid");
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(taken.every((draft) => draft.announcedMinor === 2_500n)).toBe(true);
    expect(new Set(taken.map((draft) => draft.draftOn.slice(0, 7))).size).toBe(taken.length);
  });

  it("turned off, it takes nothing of what it had announced", async () => {
    const who = await payer();
    await enrol(who);
    const invoiceId = await bill(who.accountId, { dueOn: addDays(today(), 10) });
    await live(1);
    expect(await nextDraft(t.db, who.accountId)).not.toBeNull();
    await stopAutopay({ ctx: ctx(), input: { accountId: who.accountId } });
    await stopAutopay({ ctx: ctx(), input: { accountId: who.accountId } });
    expect(await getAutopay(t.db, who.accountId)).toBeNull();
    await live(12);
    expect(await openOf(invoiceId)).toBe(10_000n);
  });

  it("two ticks at once announce once and take once", async () => {
    const who = await payer();
    await enrol(who);
    const invoiceId = await bill(who.accountId, { dueOn: addDays(today(), 10) });
    await Promise.all([runAutopayDuties(ctx()), runAutopayDuties(ctx()), runAutopayDuties(ctx())]);
    expect(await draftsOf(who.accountId)).toHaveLength(1);
    await standIn.advance(10 * DAY_MS);
    await Promise.all([runAutopayDuties(ctx()), runAutopayDuties(ctx()), runAutopayDuties(ctx())]);
    await live(1);
    expect(await openOf(invoiceId)).toBe(0n);
    expect(await t.db.select().from(payments).where(eq(payments.accountId, who.accountId))).toHaveLength(1);
  });

  it("an imported account that nobody released is left alone", async () => {
    const who = await payer();
    await enrol(who);
    await t.adminSql`update accounts set quarantined_at = now() where id = ${who.accountId}`;
    await bill(who.accountId, { dueOn: addDays(today(), 3) });
    await live(15);
    expect(await draftsOf(who.accountId)).toHaveLength(0);
  });

  it("tells of an expiring card 30 and 7 days before, once each", async () => {
    const who = await payer();
    await enrol(who);
    const expires = addDays(today(), 45);
    await t.db
      .update(paymentMethods)
      .set({ expMonth: Number(expires.slice(5, 7)), expYear: Number(expires.slice(0, 4)) })
      .where(eq(paymentMethods.id, who.methodId));
    await live(80);
    const told = await t.db
      .select()
      .from(mails)
      .where(like(mails.dedupeKey, `card-expiring:${who.methodId}%`));
    expect(told).toHaveLength(2);
  });
});

describe("a chosen date", () => {
  async function dated(more: Partial<Parameters<typeof schedulePayment>[0]["input"]> = {}) {
    const who = await payer();
    const invoiceId = await bill(who.accountId, { dueOn: addDays(today(), 3) });
    const input = {
      ...{ accountId: who.accountId, bills: [{ invoiceId, amountMinor: 10_000n }], payOn: addDays(today(), 5) },
      ...{ methodId: who.methodId, seenVersion: null, idempotencyKey: uuidv7(), ...more },
    };
    return { who, invoiceId, input, made: await schedulePayment({ ctx: ctx(), input }) };
  }

  it("holds its bills until its day and takes them then; the same form again is the same draft", async () => {
    const { who, invoiceId, input, made } = await dated();
    if (!made.ok) throw new Error(made.reason);
    expect(await schedulePayment({ ctx: ctx(), input })).toEqual(made);
    expect(await schedulePayment({ ctx: ctx(), input: { ...input, payOn: addDays(input.payOn, 1) } })).toMatchObject({
      reason: "key_reused_with_other_input",
    });
    const other = await schedulePayment({ ctx: ctx(), input: { ...input, idempotencyKey: uuidv7() } });
    expect(other.ok).toBe(true);
    await live(7);
    expect(await openOf(invoiceId)).toBe(0n);
    const states = (await draftsOf(who.accountId)).map((draft) => draft.state).sort();
    expect(states).toEqual(["canceled", "paid"]);
  });

  it("can be moved, and cancelled until it is taken", async () => {
    const { who, invoiceId, input, made } = await dated();
    if (!made.ok) throw new Error(made.reason);
    const of = { accountId: who.accountId, draftId: made.value.draftId };
    const far = { ...of, payOn: addDays(today(), 300), methodId: input.methodId };
    expect(await changeScheduledPayment({ ctx: ctx(), input: far })).toMatchObject({ reason: "date_out_of_range" });
    const later = { ...of, payOn: addDays(today(), 9), methodId: input.methodId };
    expect(await changeScheduledPayment({ ctx: ctx(), input: later })).toMatchObject({ ok: true });
    await live(6);
    expect(await openOf(invoiceId)).toBe(10_000n);
    expect(await cancelScheduledPayment({ ctx: ctx(), input: of })).toMatchObject({ ok: true });
    expect(await cancelScheduledPayment({ ctx: ctx(), input: of })).toMatchObject({ ok: true });
    await live(6);
    expect(await openOf(invoiceId)).toBe(10_000n);
    expect(await listDrafts(t.db, { accountId: who.accountId, live: true })).toEqual([]);
  });

  it("a payment by hand of the whole bill cancels it", async () => {
    const { who, invoiceId } = await dated();
    await recordManualPayment({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, kind: "cash", amountMinor: 10_000n, reference: null, receivedOn: today() },
        ...{ bills: [{ invoiceId, amountMinor: 10_000n }], creditAllowed: false, idempotencyKey: uuidv7() },
      },
    });
    await live(7);
    expect(await draftsOf(who.accountId)).toMatchObject([{ state: "canceled" }]);
  });
});

it("a method that is removed is taken over by another, or stops what relied on it", async () => {
  const who = await payer();
  await enrol(who);
  const other = await save(who.accountId, "pm_card_mastercard");
  expect(await usesOfMethod(t.db, who.methodId)).toEqual({ autopay: true, scheduled: 0, plan: 0 });
  await t.db.transaction((tx) =>
    replaceMethodInUse({ ctx: ctx(), tx }, { accountId: who.accountId, from: who.methodId, to: other }),
  );
  expect((await getAutopay(t.db, who.accountId))?.method.id).toBe(other);
  await t.db.transaction((tx) =>
    replaceMethodInUse({ ctx: ctx(), tx }, { accountId: who.accountId, from: other, to: null }),
  );
  expect(await getAutopay(t.db, who.accountId)).toBeNull();
});

it("what is concluded again stays as it is, and the books are clean after all of it", async () => {
  for (const { id } of await t.db.select({ id: payments.id }).from(payments)) await concludeDraft(ctx(), id);
  const report = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
});
