import { eq, like, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { localDate } from "#app/contracts/local-date.ts";
import {
  type AccountRight,
  invoices,
  logins,
  mails,
  messages,
  moneyActions,
  payments,
  refunds,
} from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { openConversation } from "#server/domains/conversations/index.ts";
import { applyOpenCredits, getAccountMoney, getBill, issueInvoice } from "#server/domains/invoices/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { startAction } from "#server/domains/ledger/index.ts";
import { money } from "#app/contracts/money.ts";
import { type Actor } from "#server/platform/actor.ts";
import { recordChargeback } from "./record-chargeback.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  processEvent,
  receiveEvent,
  recordManualPayment,
  type RefundRequest,
  refundPayment,
  startPayment,
  sweepRefunds,
} from "./index.ts";

const USD = currency("USD");
const HOUR = 3_600_000;
const desk = useStandIn();
let place = 0;

const ctx = (actor?: Actor) =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...(actor ? { actor } : {}) });

async function staff(role: "rep" | "supervisor", name: string): Promise<Actor> {
  place += 1;
  const [row] = await desk.t.db
    .insert(logins)
    .values({ email: `${role}-${place}@demo.test`, name, role })
    .returning();
  const { id: loginId = "", email = "" } = row ?? {};
  return { kind: "staff", loginId, name, email, locale: "en-US", role };
}

async function account() {
  place += 1;
  const { value } = await createAccounts({
    ctx: ctx(),
    input: { accounts: [{ number: `R-${place}`, name: "Ada", email: "ada@demo.test", currency: USD, zone: "UTC" }] },
  });
  return value[0]?.id ?? "";
}

/** A bill of one line, a tenth of it tax. */
async function bill(accountId: string, cents: bigint, dueOn = "2026-11-22") {
  place += 1;
  const net = (cents * 9n) / 10n;
  const issued = await issueInvoice({
    ctx: ctx(),
    input: {
      ...{ accountId, issuedOn: localDate("2026-11-01"), dueOn: localDate(dueOn), idempotencyKey: `bill ${place}` },
      lines: [
        {
          description: "Water",
          unitPrice: `${net / 100n}.${String(net % 100n).padStart(2, "0")}`,
          taxMinor: cents - net,
        },
      ],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

type Paid = { accountId: string; paymentId: string; first: string; second: string };

/** Two bills, 60.00 and 40.00, paid by one payment of 110.00: 10.00 is on no bill. */
async function paid(method = "pm_card_visa"): Promise<Paid> {
  const accountId = await account();
  const first = await bill(accountId, 60_00n, "2026-11-20");
  const second = await bill(accountId, 40_00n);
  const bills = [
    { invoiceId: first, amountMinor: 60_00n },
    { invoiceId: second, amountMinor: 40_00n },
  ];
  place += 1;
  if (method === "check") {
    const input = { accountId, kind: "check" as const, amountMinor: 110_00n, bills, reference: "1042" };
    const more = { receivedOn: localDate("2026-11-23"), idempotencyKey: `check ${place}` };
    const recorded = await recordManualPayment({ ctx: ctx(), input: { ...input, ...more } });
    if (!recorded.ok) throw new Error(recorded.reason);
    return { accountId, paymentId: recorded.value.paymentId, first, second };
  }
  const done = await startPayment({
    ctx: ctx(),
    input: {
      ...{
        accountId,
        amountMinor: 110_00n,
        bills,
        seenVersion: null,
        creditAllowed: true,
        idempotencyKey: `p ${place}`,
      },
      means: { kind: "token", confirmationToken: await desk.standIn.token(method), save: false },
    },
  });
  if (!done.ok || done.value.state !== "settled") throw new Error("the test's own payment failed");
  await desk.standIn.deliveries();
  return { accountId, paymentId: done.value.paymentId, first, second };
}

const wish = (of: Paid, more: Partial<RefundRequest> = {}): RefundRequest => ({
  ...{ paymentId: of.paymentId, cause: "billed_wrong", amountMinor: 30_00n, perBill: null, feeBack: null, note: null },
  ...{ conversationId: null, idempotencyKey: `refund ${(place += 1)}` },
  ...more,
});

const over = (of: Paid, first: bigint, second: bigint) => [
  { invoiceId: of.first, amountMinor: first },
  { invoiceId: of.second, amountMinor: second },
];

async function refund(input: RefundRequest, actor?: Actor) {
  const done = await refundPayment({ ctx: ctx(actor), input });
  if (!done.ok) throw new Error(done.reason);
  return done.value;
}

/** Journals of an action as "account: amount", by kind. */
async function booksOf(actionId: string): Promise<Record<string, Record<string, number>>> {
  const rows = await desk.t.sql<{ kind: string; account: string; minor: string }[]>`
    select j.kind, a.kind as account, e.amount_minor::text as minor from journals j
    join entries e on e.journal_number = j.number join ledger_accounts a on a.id = e.ledger_account_id
    where j.action_id = ${actionId} order by j.number, e.line`;
  const books: Record<string, Record<string, number>> = {};
  for (const { kind, account: name, minor } of rows) (books[kind] ??= {})[name] = Number(minor);
  return books;
}

async function billNow(id: string) {
  const [row] = await desk.t.db.select().from(invoices).where(eq(invoices.id, id));
  const { paidMinor: was = 0n, creditedMinor: credited = 0n, openMinor: open = 0n } = row ?? {};
  return { paid: was, credited, open };
}

const unappliedOf = async (accountId: string) =>
  (await getAccountMoney(desk.t.db, accountId, localDate("2026-11-23"))).unapplied.amountMinor;
const paymentNow = async (id: string) => (await desk.t.db.select().from(payments).where(eq(payments.id, id)))[0];
const refundNow = async (id: string) => (await desk.t.db.select().from(refunds).where(eq(refunds.id, id)))[0];
const actionNow = async (id: string) => (await desk.t.db.select().from(moneyActions).where(eq(moneyActions.id, id)))[0];
const mailsOf = async (id: string) =>
  (
    await desk.t.db
      .select({ kind: mails.kind })
      .from(mails)
      .where(like(mails.dedupeKey, `refund-%:${id}`))
  )
    .map((m) => m.kind)
    .sort();

async function hear(): Promise<void> {
  for (const delivery of await desk.standIn.deliveries()) {
    await receiveEvent({ ctx: ctx(), input: delivery });
    await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
  }
}

/** The card's bank sends the refund back. */
async function sendBack(refundId: string): Promise<void> {
  const row = await refundNow(refundId);
  await desk.standIn.press(`/refunds/${row?.processorId ?? ""}/fail`);
  await hear();
}

describe("a refund of what was overpaid", () => {
  it("leaves through the payment's own open credit; the bills stay paid; failed, it is that credit again", async () => {
    const of = await paid();
    const { refundId, actionId, state } = await refund(wish(of, { cause: "overpaid", amountMinor: 10_00n }));
    expect(state).toBe("succeeded");
    expect(await booksOf(actionId)).toEqual({ refund: { unapplied: 1000, clearing: -1000 } });
    expect([await billNow(of.first), await unappliedOf(of.accountId)]).toEqual([
      { paid: 60_00n, credited: 0n, open: 0n },
      0n,
    ]);
    await sendBack(refundId);
    expect((await booksOf(actionId))["refund_failed"]).toEqual({ clearing: 1000, unapplied: -1000 });
    expect(await unappliedOf(of.accountId)).toBe(10_00n);
    expect([(await refundNow(refundId))?.state, (await actionNow(actionId))?.state]).toEqual(["failed", "reversed"]);
    expect((await paymentNow(of.paymentId))?.refundedMinor).toBe(0n);
    expect(await mailsOf(refundId)).toEqual(["refund_failed", "refund_sent"]);
  });

  it("is at most what no bill took", async () => {
    const of = await paid();
    const asked = refundPayment({ ctx: ctx(), input: wish(of, { cause: "overpaid", amountMinor: 10_01n }) });
    expect(await asked).toMatchObject({ reason: "more_than_overpaid", leftMinor: 10_00n });
  });
});

describe("a refund of what was billed wrong", () => {
  it("over two bills: a credit note of each, paid falls as credited rises, to the cent; failed, only the money leg", async () => {
    const of = await paid();
    const { refundId, actionId } = await refund(wish(of, { perBill: over(of, 10_00n, 20_00n), note: "Meter misread" }));
    expect(await booksOf(actionId)).toEqual({ refund: { unapplied: 3000, clearing: -3000 } });
    expect(await billNow(of.first)).toEqual({ paid: 50_00n, credited: 10_00n, open: 0n });
    expect(await billNow(of.second)).toEqual({ paid: 20_00n, credited: 20_00n, open: 0n });
    const notes = await desk.t.sql<{ action_id: string; reason: string; memo: string; tax: string }[]>`
      select action_id, reason, memo, tax_minor::text as tax from credits where account_id = ${of.accountId} order by id`;
    expect(notes.map(({ reason, memo, tax }) => [reason, memo, tax])).toEqual([
      ["billed_wrong", "Meter misread", "100"],
      ["billed_wrong", "Meter misread", "200"],
    ]);
    expect(await booksOf(notes[0]?.action_id ?? "")).toEqual({
      credit_unapplied: { receivable: 1000, unapplied: -1000 },
      credit_note: { revenue: 900, tax_payable: 100, receivable: -1000 },
    });
    expect(await unappliedOf(of.accountId)).toBe(10_00n);
    await sendBack(refundId);
    expect(await billNow(of.first)).toEqual({ paid: 50_00n, credited: 10_00n, open: 0n });
    expect(await unappliedOf(of.accountId)).toBe(40_00n);
  });

  it("leaves what is open as it is: a bill half paid is not paid by its own correction", async () => {
    const accountId = await account();
    const first = await bill(accountId, 100_00n);
    const input = { accountId, kind: "transfer" as const, amountMinor: 60_00n, reference: null };
    const more = { bills: [{ invoiceId: first, amountMinor: 60_00n }], receivedOn: localDate("2026-11-23") };
    const recorded = await recordManualPayment({
      ctx: ctx(),
      input: { ...input, ...more, idempotencyKey: `half ${place}` },
    });
    if (!recorded.ok) throw new Error(recorded.reason);
    const of = { accountId, paymentId: recorded.value.paymentId, first, second: first };
    await refund(wish(of, { amountMinor: 50_00n }));
    expect(await billNow(first)).toEqual({ paid: 10_00n, credited: 50_00n, open: 40_00n });
  });

  it("never takes more of a bill than its lines have left, and says which bill", async () => {
    const of = await paid();
    await refund(wish(of, { perBill: over(of, 60_00n, 1n).slice(0, 1), amountMinor: 60_00n }));
    const again = wish(of, { perBill: over(of, 1n, 29_99n), amountMinor: 30_00n });
    expect(await refundPayment({ ctx: ctx(), input: again })).toMatchObject({
      reason: "more_than_on_bill",
      leftMinor: 0n,
    });
  });
});

describe("a refund out of goodwill", () => {
  it("is borne by an allowance, and leaves revenue alone", async () => {
    const of = await paid();
    const { actionId } = await refund(
      wish(of, { cause: "goodwill", amountMinor: 5_00n, perBill: over(of, 5_00n, 0n).slice(0, 1) }),
    );
    expect(await booksOf(actionId)).toEqual({ refund: { unapplied: 500, clearing: -500 } });
    const [gift] = await desk.t.sql<
      { action_id: string }[]
    >`select action_id from credits where account_id = ${of.accountId}`;
    expect((await booksOf(gift?.action_id ?? ""))["goodwill_credit"]).toEqual({
      allowance_goodwill: 500,
      receivable: -500,
    });
    expect(await billNow(of.first)).toEqual({ paid: 55_00n, credited: 5_00n, open: 0n });
  });
});

describe("a refund that reopens", () => {
  it("makes the bills owed again; failed, they are paid again as far as they are open, the rest is credit", async () => {
    const of = await paid();
    const { refundId, actionId } = await refund(wish(of, { cause: "reopen", perBill: over(of, 10_00n, 20_00n) }));
    expect(await booksOf(actionId)).toEqual({ refund_reopened: { receivable: 3000, clearing: -3000 } });
    expect([await billNow(of.first), await billNow(of.second)]).toEqual([
      { paid: 50_00n, credited: 0n, open: 10_00n },
      { paid: 20_00n, credited: 0n, open: 20_00n },
    ]);
    // Meanwhile the overpayment pays 10.00 of what is owed again.
    await withTransaction(desk.t.db, async (tx) => {
      const occurredOn = localDate("2026-11-23");
      const draft = {
        kind: "apply_credit" as const,
        state: "done" as const,
        accountId: of.accountId,
        amount: money(1n, USD),
      };
      const key = { makerLoginId: null, idempotencyKey: `apply ${place}`, input: {}, occurredOn };
      const started = await startAction(tx, { ...draft, ...key });
      if (!started.ok) throw new Error(started.reason);
      const step = { actionId: started.action.id, occurredOn, occurredAt: desk.standIn.now() };
      await applyOpenCredits(tx, { accountId: of.accountId, step });
    });
    await sendBack(refundId);
    expect((await booksOf(actionId))["refund_failed"]).toEqual({ clearing: 3000, receivable: -2000, unapplied: -1000 });
    expect([(await billNow(of.first)).open, (await billNow(of.second)).open]).toEqual([0n, 0n]);
    expect(await unappliedOf(of.accountId)).toBe(10_00n);
  });

  it("takes what the payment had on a bill through its open credit too", async () => {
    const of = await paid();
    const later = await bill(of.accountId, 8_00n);
    await withTransaction(desk.t.db, async (tx) => {
      const occurredOn = localDate("2026-11-23");
      const draft = {
        kind: "apply_credit" as const,
        state: "done" as const,
        accountId: of.accountId,
        amount: money(1n, USD),
      };
      const started = await startAction(tx, {
        ...draft,
        makerLoginId: null,
        idempotencyKey: `later ${place}`,
        input: {},
        occurredOn,
      });
      if (!started.ok) throw new Error(started.reason);
      const step = { actionId: started.action.id, occurredOn, occurredAt: desk.standIn.now() };
      await applyOpenCredits(tx, { accountId: of.accountId, step });
    });
    const { actionId } = await refund(
      wish(of, { cause: "reopen", amountMinor: 8_00n, perBill: [{ invoiceId: later, amountMinor: 8_00n }] }),
    );
    expect(await booksOf(actionId)).toEqual({
      credit_unapplied: { receivable: 800, unapplied: -800 },
      refund_reopened: { unapplied: 800, clearing: -800 },
    });
    expect(await billNow(later)).toEqual({ paid: 0n, credited: 0n, open: 8_00n });
  });
});

describe("a refund of money that came by hand", () => {
  it("goes out of bank, is done with its writing, and its mail says that people send it", async () => {
    const of = await paid("check");
    const { actionId, state } = await refund(wish(of, { cause: "overpaid", amountMinor: 10_00n }));
    expect(state).toBe("succeeded");
    expect(await booksOf(actionId)).toEqual({ refund: { unapplied: 1000, bank: -1000 } });
    expect((await actionNow(actionId))?.state).toBe("done");
    const path = `/payments/${encodeId("payment", of.paymentId)}`;
    const [mail] = await desk.t.db
      .select({ data: mails.data })
      .from(mails)
      .where(sql`${mails.kind} = 'refund_sent' and ${mails.data}->>'paymentPath' = ${path}`);
    expect(mail?.data).toMatchObject({ byHand: true });
    await refund(wish(of, { cause: "goodwill", amountMinor: 1_00n }));
    const [first] = await desk.t.db
      .select({ number: invoices.number })
      .from(invoices)
      .where(eq(invoices.id, of.second));
    const at = { accountId: of.accountId, number: first?.number ?? "", today: localDate("2026-11-23") };
    expect((await getBill(desk.t.db, at)).refunds).toMatchObject([{ byHand: true, failed: false }]);
  });
});

describe("the convenience fee", () => {
  it("stays on a partial refund, goes with the whole, or when chosen; never twice", async () => {
    const of = await paid();
    // As a payment with a fee of 2.00 on top would have been booked.
    await desk.t
      .adminSql`update payments set fee_minor = 200, captured_minor = captured_minor + 200 where id = ${of.paymentId}`;
    await desk.t.adminSql`update stripe_sandbox.documents set doc = doc || '{"amount": 11200, "amount_captured": 11200}'
      where kind = 'charge' and id = ${(await paymentNow(of.paymentId))?.chargeId ?? ""}`;
    const kept = await refund(wish(of, { cause: "overpaid", amountMinor: 4_00n }));
    expect(await booksOf(kept.actionId)).toEqual({ refund: { unapplied: 400, clearing: -400 } });
    const given = await refund(wish(of, { cause: "overpaid", amountMinor: 6_00n, feeBack: true }));
    expect(await booksOf(given.actionId)).toEqual({
      refund: { convenience_fee_income: 200, clearing: -800, unapplied: 600 },
    });
    const again = await refund(wish(of, { amountMinor: 10_00n, feeBack: true }));
    expect(await booksOf(again.actionId)).toEqual({ refund: { unapplied: 1000, clearing: -1000 } });
    await sendBack(given.refundId);
    expect((await booksOf(given.actionId))["refund_failed"]).toEqual({
      ...{ clearing: 800, unapplied: -600, convenience_fee_income: -200 },
    });
  });
});

describe("replay and races", () => {
  it("the same key ten times at once refunds once, also at the processor", async () => {
    const of = await paid();
    const input = wish(of);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refundPayment({ ctx: ctx(), input })));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.refundId : answer.reason))).size).toBe(1);
    const charge = (await paymentNow(of.paymentId))?.chargeId ?? "";
    expect((await desk.standIn.stripe.refunds.list({ charge })).data.map((one) => one.amount)).toEqual([3000]);
    expect((await paymentNow(of.paymentId))?.refundedMinor).toBe(30_00n);
    const other = await refundPayment({ ctx: ctx(), input: { ...input, amountMinor: 31_00n } });
    expect(other).toMatchObject({ reason: "key_reused_with_other_input" });
  });

  it("S40: ten people at once never refund more than there is", async () => {
    const of = await paid();
    const each = { cause: "goodwill" as const, perBill: over(of, 60_00n, 0n).slice(0, 1), amountMinor: 60_00n };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refundPayment({ ctx: ctx(), input: wish(of, each) })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const charge = (await paymentNow(of.paymentId))?.chargeId ?? "";
    expect((await desk.standIn.stripe.refunds.list({ charge })).data).toHaveLength(1);
    expect(await billNow(of.first)).toEqual({ paid: 0n, credited: 60_00n, open: 0n });
  });

  it("the database itself refuses to refund beyond what is left, and bills that do not add up", async () => {
    const of = await paid();
    const { refundId } = await refund(wish(of, { cause: "overpaid", amountMinor: 10_00n }));
    const beyond = desk.t.db.update(payments).set({ refundedMinor: 110_01n }).where(eq(payments.id, of.paymentId));
    await expect(beyond).rejects.toMatchObject({ cause: { code: "23514" } });
    const apart = desk.t.db.update(payments).set({ refundedMinor: 9_00n }).where(eq(payments.id, of.paymentId));
    await apart;
    const touched = desk.t.db.update(refunds).set({ state: "succeeded" }).where(eq(refunds.id, refundId));
    await expect(touched).rejects.toMatchObject({ cause: { code: "23000" } });
    await desk.t.db.update(payments).set({ refundedMinor: 10_00n }).where(eq(payments.id, of.paymentId));
    const foreign = desk.t.db.execute(sql`insert into refund_bills values (${refundId}, ${of.first}, 100)`);
    await expect(foreign).rejects.toMatchObject({ cause: { code: "23000" } });
  });
});

describe("when nobody hears the answer", () => {
  it("the sweep asks by our own id and books it once; a refund never asked for is asked for once", async () => {
    const [heard, never] = [await paid(), await paid()];
    const deaf = {
      ...desk.standIn.processor,
      startRefund: async (start: Parameters<typeof desk.standIn.processor.startRefund>[0]) => {
        if (start.refundId === (await lost())) return { known: false as const };
        await desk.standIn.processor.startRefund(start);
        return { known: false as const };
      },
    };
    const lost = async () =>
      (await desk.t.db.select({ id: refunds.id }).from(refunds).where(eq(refunds.paymentId, never.paymentId)))[0]?.id;
    const silent = testCtx(desk.t.db, { processor: deaf, now: desk.standIn.now() });
    const answers = [heard, never].map((of) => refundPayment({ ctx: silent, input: wish(of) }));
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ value: { state: "requested" } });
    await desk.standIn.advance(HOUR);
    await sweepRefunds(ctx());
    for (const { paymentId } of [heard, never]) {
      const charge = (await paymentNow(paymentId))?.chargeId ?? "";
      expect((await desk.standIn.stripe.refunds.list({ charge })).data).toHaveLength(1);
      const [row] = await desk.t.db.select().from(refunds).where(eq(refunds.paymentId, paymentId));
      expect(row?.state).toBe("succeeded");
    }
    await hear();
  });

  it("a refund that takes days is on its way, then sent; told twice and late it changes nothing more", async () => {
    const of = await paid("pm_card_pendingRefund");
    const { refundId, actionId, state } = await refund(wish(of));
    expect([state, (await actionNow(actionId))?.state]).toEqual(["pending", "in_progress"]);
    await desk.standIn.advance(6 * 24 * HOUR);
    const deliveries = await desk.standIn.deliveries();
    for (const delivery of [...deliveries, ...deliveries].reverse()) {
      await receiveEvent({ ctx: ctx(), input: delivery });
      await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
    }
    expect([(await refundNow(refundId))?.state, (await actionNow(actionId))?.state]).toEqual(["succeeded", "done"]);
    expect(await mailsOf(refundId)).toEqual(["refund_sent"]);
  });

  it("what the processor refuses is booked back at once", async () => {
    const of = await paid();
    const charge = (await paymentNow(of.paymentId))?.chargeId ?? "";
    await desk.standIn.stripe.refunds.create({ charge });
    const done = await refund(wish(of, { cause: "overpaid", amountMinor: 10_00n }));
    expect(done).toMatchObject({ state: "failed", failure: "already_refunded" });
    expect(await unappliedOf(of.accountId)).toBe(10_00n);
    expect((await actionNow(done.actionId))?.state).toBe("failed");
  });
});

describe("refusals", () => {
  it("above the limit names who can and writes nothing; the day counts refunds and credits together", async () => {
    const of = await paid();
    await staff("supervisor", "Dana");
    const rep = await staff("rep", "Rae");
    const tooMuch = await refundPayment({
      ctx: ctx(rep),
      input: wish(of, { amountMinor: 50_01n, perBill: over(of, 50_01n, 0n).slice(0, 1) }),
    });
    expect(tooMuch).toMatchObject({ reason: "above_limit", limitMinor: 50_00n, who: "supervisor" });
    expect(!tooMuch.ok && "people" in tooMuch && tooMuch.people).toContain("Dana");
    const others = [await paid(), await paid(), await paid()];
    for (const [at, other] of others.entries()) {
      await refund(wish(other, { cause: at === 0 ? "reopen" : "billed_wrong", amountMinor: 45_00n }), rep);
    }
    const dayFull = await refundPayment({ ctx: ctx(rep), input: wish(of, { amountMinor: 20_00n }) });
    expect(dayFull).toMatchObject({ reason: "above_day_limit", leftMinor: 15_00n });
    expect((await paymentNow(of.paymentId))?.refundedMinor).toBe(0n);
  });

  it("a stale form, amounts per bill that do not add up, a payment that failed", async () => {
    const of = await paid();
    const refused = async (more: Partial<RefundRequest>) => refundPayment({ ctx: ctx(), input: wish(of, more) });
    expect(await refused({ seenVersion: 1 })).toMatchObject({ reason: "account_changed" });
    expect(await refused({ perBill: over(of, 10_00n, 10_00n) })).toMatchObject({ reason: "bills_do_not_add_up" });
    expect(await refused({ perBill: over(of, 40_00n, -10_00n) })).toMatchObject({ reason: "bills_do_not_add_up" });
    expect(await refused({ amountMinor: 100_01n })).toMatchObject({ reason: "more_than_on_bills", leftMinor: 100_00n });
    expect(await refused({ amountMinor: 110_01n })).toMatchObject({ reason: "more_than_paid", leftMinor: 110_00n });
    expect(await refused({ amountMinor: 0n })).toMatchObject({ reason: "nothing_to_refund" });
  });

  it("what the bank has under review, and customers", async () => {
    const of = await paid("pm_card_createDispute");
    await dispute(of);
    expect(await refundPayment({ ctx: ctx(), input: wish(of) })).toMatchObject({ reason: "under_bank_review" });
    const right: AccountRight = "manage";
    const customer: Actor = {
      ...{ kind: "customer", loginId: "0190a000-0000-7000-8000-000000000009", name: "Ada", email: "a@demo.test" },
      ...{ locale: "en-US", accounts: new Map([[of.accountId, right]]) },
    };
    await expect(refundPayment({ ctx: ctx(customer), input: wish(of) })).rejects.toMatchObject({ code: "forbidden" });
  });
});

/** The network takes the payment back. */
async function dispute(of: Paid): Promise<void> {
  const charge = (await paymentNow(of.paymentId))?.chargeId ?? "";
  const [opened] = (await desk.standIn.stripe.disputes.list({ charge })).data;
  expect(await recordChargeback(ctx(), await desk.standIn.processor.getDispute(opened?.id ?? ""))).toBeNull();
}

describe("a chargeback of what was refunded before", () => {
  it("is a fact: beyond what is left it is a loss, and the payment's amounts stand", async () => {
    const of = await paid("pm_card_createDispute");
    // The refund was asked for before the network spoke, and its answer was never heard.
    const silent = { ...desk.standIn.processor, startRefund: () => Promise.resolve({ known: false as const }) };
    const early = testCtx(desk.t.db, { processor: silent, now: desk.standIn.now() });
    const asked = await refundPayment({ ctx: early, input: wish(of) });
    if (!asked.ok) throw new Error(asked.reason);
    await dispute(of);
    const [row] = await desk.t.sql<
      { action_id: string }[]
    >`select action_id from chargebacks where payment_id = ${of.paymentId}`;
    const opened = (await booksOf(row?.action_id ?? ""))["chargeback_opened"];
    expect(opened).toMatchObject({ clearing: -11000, chargeback_losses: 3000 });
    const { refundedMinor, chargedBackMinor } = (await paymentNow(of.paymentId)) ?? {};
    expect([refundedMinor, chargedBackMinor]).toEqual([30_00n, 110_00n]);
  });
});

describe("a refund from a thread", () => {
  it("leaves one card that says how it stands, however often it is sent", async () => {
    const of = await paid();
    const opened = await openConversation({
      ctx: ctx(),
      input: { accountId: of.accountId, subject: "general", title: "Water" },
    });
    if (!opened.ok) throw new Error(opened.reason);
    const conversationId = opened.value.conversation.id;
    const input = wish(of, { conversationId, note: "Meter misread", perBill: over(of, 10_00n, 20_00n) });
    const { actionId, messageSeq } = await refund(input);
    await refund(input);
    const cards = await desk.t.db.select().from(messages).where(eq(messages.conversationId, conversationId));
    expect(cards).toMatchObject([{ kind: "card", actionId, body: "Meter misread", seq: messageSeq }]);
    const { facts, reason } = (await actionNow(actionId)) ?? {};
    expect([reason, facts?.["bills"]]).toMatchObject([
      "billed_wrong",
      [{ amountMinor: "1000" }, { amountMinor: "2000" }],
    ]);
  });
});
