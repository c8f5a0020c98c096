import { eq, like } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { chargebacks, invoices, journals, mails, moneyActions, paymentMethods, payments } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { getAccountMoney, getBill, issueInvoice } from "#server/domains/invoices/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  cancelPayment,
  findVerifyUrl,
  getPayment,
  type PaymentRequest,
  processEvent,
  receiveEvent,
  recordManualPayment,
  refreshPayment,
  resumePayment,
  startPayment,
  sweepPayments,
} from "./index.ts";
import { requestPayment } from "./request-payment.ts";

const HOUR = 3_600_000;
let t: TestDatabase;
let standIn: StandIn;
let place = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2026-11-23T15:00:00Z"));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctx = () => testCtx(t.db, { processor: standIn.processor, now: standIn.now() });

/** An account with one bill of 100.00 that is due. */
async function owing() {
  place += 1;
  const { value } = await createAccounts({
    ctx: ctx(),
    input: {
      accounts: [{ number: `P-${place}`, name: "Ada", email: "ada@demo.test", currency: currency("USD"), zone: "UTC" }],
    },
  });
  return anotherBill(value[0]?.id ?? "");
}

async function anotherBill(accountId: string) {
  place += 1;
  const issued = await issueInvoice({
    ctx: ctx(),
    input: {
      ...{
        accountId,
        issuedOn: localDate("2026-11-01"),
        dueOn: localDate("2026-11-22"),
        idempotencyKey: `bill ${place}`,
      },
      lines: [{ description: "Water", unitPrice: "100.00" }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return { accountId, invoiceId: issued.value.invoiceId };
}

/** A processor whose answer to a charge is never heard. */
const deaf = (): StandIn["processor"] => ({
  ...standIn.processor,
  startIntent: async (start) => {
    await standIn.processor.startIntent(start);
    return { known: false };
  },
});

async function request(
  { accountId, invoiceId }: { accountId: string; invoiceId: string },
  { method = "pm_card_visa", ...more }: Partial<PaymentRequest> & { method?: string } = {},
): Promise<PaymentRequest> {
  return {
    ...{ accountId, amountMinor: 10_000n, bills: [{ invoiceId, amountMinor: 10_000n }], seenVersion: null },
    means: { kind: "token", confirmationToken: await standIn.token(method), save: false },
    ...{ creditAllowed: false, idempotencyKey: `pay ${place} ${method}` },
    ...more,
  };
}

async function pay(input: PaymentRequest) {
  const paid = await startPayment({ ctx: ctx(), input });
  if (!paid.ok) throw new Error(paid.reason);
  return paid.value;
}

async function hear(deliveries: readonly { raw: string; signature: string }[]): Promise<void> {
  for (const delivery of deliveries) {
    await receiveEvent({ ctx: ctx(), input: delivery });
    await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
  }
}

const open = async (invoiceId: string) =>
  (
    await t.db
      .select({ open: invoices.openMinor, held: invoices.heldMinor })
      .from(invoices)
      .where(eq(invoices.id, invoiceId))
  )[0];
const journalsOf = async (paymentId: string) => {
  const rows = await t.db
    .select({ kind: journals.kind })
    .from(journals)
    .innerJoin(payments, eq(payments.actionId, journals.actionId))
    .where(eq(payments.id, paymentId));
  return rows.map((row) => row.kind).sort();
};
/** The payer says yes on their bank's page; nobody tells us. */
async function authenticate(paymentId: string): Promise<void> {
  const [row] = await t.db.select().from(payments).where(eq(payments.id, paymentId));
  await standIn.press(`/intents/${row?.intentId ?? ""}/authenticate`);
}

const intentsOf = async (paymentId: string) =>
  (await standIn.stripe.paymentIntents.list({ limit: 100 })).data.filter(
    (one) => one.metadata["payment_id"] === paymentId,
  );

describe("a card payment", () => {
  it("settles at once: the bill paid, one journal and one for the fee", async () => {
    const bill = await owing();
    // The processor knows whole seconds, and we are in the middle of one.
    await standIn.advance(345);
    const { paymentId, state } = await pay(await request(bill));
    expect(state).toBe("settled");
    expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
    expect(await journalsOf(paymentId)).toEqual(["payment_settled", "processor_fee"]);
    const detail = await getPayment(t.db, paymentId);
    expect(detail).toMatchObject({ methodLabel: "Visa ··4242", settledOn: "2026-11-23" });
    expect(detail.parts.map((part) => part.paid.amountMinor)).toEqual([10_000n]);
    const number = detail.parts[0]?.number ?? "";
    const { timeline } = await getBill(t.db, { accountId: bill.accountId, number, today: localDate("2026-11-23") });
    expect(timeline.map(({ kind }) => kind)).toEqual(["issued", "payment_started", "paid"]);
  });

  it("that is declined stays failed with its reason, and the bill is asked for again", async () => {
    const bill = await owing();
    const paid = await pay(await request(bill, { method: "pm_card_chargeDeclinedInsufficientFunds" }));
    expect(paid).toMatchObject({ state: "failed", failure: "insufficient_funds" });
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 0n });
    expect(await journalsOf(paid.paymentId)).toEqual([]);
    expect((await pay(await request(bill, { idempotencyKey: `again ${place}` }))).state).toBe("settled");
  });

  it("asked for twice with one key charges once and answers the same", async () => {
    const bill = await owing();
    const input = await request(bill);
    const answers = await Promise.all(Array.from({ length: 10 }, () => startPayment({ ctx: ctx(), input })));
    const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.paymentId : answer.reason)));
    expect(ids.size).toBe(1);
    const [paymentId = ""] = ids;
    await refreshPayment(ctx(), paymentId);
    expect(await intentsOf(paymentId)).toHaveLength(1);
    expect(await journalsOf(paymentId)).toEqual(["payment_settled", "processor_fee"]);
  });

  it("whose form is sent again meets the attempt its key has made, whatever became of it", async () => {
    const [paid, declined] = [await owing(), await owing()];
    const again = (bill: { accountId: string }, { idempotencyKey }: PaymentRequest) =>
      resumePayment({ ctx: ctx(), input: { accountId: bill.accountId, idempotencyKey } });
    const good = await request(paid);
    expect(await again(paid, good)).toBeNull();
    const { paymentId } = await pay(good);
    expect(await again(paid, good)).toMatchObject({ paymentId, state: "settled", failure: null });
    expect(await again(declined, good)).toBeNull();
    const bad = await request(declined, { method: "pm_card_chargeDeclinedExpiredCard" });
    await pay(bad);
    expect(await again(declined, bad)).toMatchObject({ state: "failed", failure: "expired_card" });
  });

  it("with a used key and another amount is refused", async () => {
    const bill = await owing();
    const input = await request(bill);
    await pay(input);
    const other = await startPayment({ ctx: ctx(), input: { ...input, amountMinor: 5_000n, bills: [] } });
    expect(other).toMatchObject({ ok: false, reason: "key_reused_with_other_input" });
  });

  it("from two tabs at once: the second meets the first one's claim", async () => {
    const bill = await owing();
    const [a, b] = await Promise.all([request(bill), request(bill, { idempotencyKey: `tab two ${place}` })]);
    const answers = await Promise.all([startPayment({ ctx: ctx(), input: a }), startPayment({ ctx: ctx(), input: b })]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
  });

  it("of a stale form is told so, and of too much asks before it becomes credit", async () => {
    const bill = await owing();
    expect(await startPayment({ ctx: ctx(), input: await request(bill, { seenVersion: 1 }) })).toMatchObject({
      reason: "account_changed",
    });
    const much = await request(bill, { amountMinor: 14_000n });
    expect(await startPayment({ ctx: ctx(), input: much })).toMatchObject({
      reason: "becomes_credit",
      creditMinor: 4_000n,
    });
    const { paymentId } = await pay({ ...much, creditAllowed: true });
    expect((await getPayment(t.db, paymentId)).credit.amountMinor).toBe(4_000n);
    const account = await getAccountMoney(t.db, bill.accountId, localDate("2026-11-23"));
    expect(account.unapplied.amountMinor).toBe(4_000n);
  });

  it("uses open credit first", async () => {
    const bill = await owing();
    await pay(await request(bill, { amountMinor: 14_000n, creditAllowed: true }));
    await issueInvoice({
      ctx: ctx(),
      input: {
        ...{ accountId: bill.accountId, issuedOn: localDate("2026-11-02"), dueOn: localDate("2026-11-23") },
        ...{ lines: [{ description: "Sewer", unitPrice: "60.00" }], idempotencyKey: `second ${place}` },
      },
    });
    const [second] = (await t.db.select().from(invoices).where(eq(invoices.accountId, bill.accountId))).filter(
      (row) => row.id !== bill.invoiceId,
    );
    const rest = await request(bill, {
      ...{
        amountMinor: 2_000n,
        bills: [{ invoiceId: second?.id ?? "", amountMinor: 2_000n }],
        idempotencyKey: `rest ${place}`,
      },
    });
    expect((await pay(rest)).state).toBe("settled");
    expect(await open(second?.id ?? "")).toEqual({ open: 0n, held: 0n });
  });

  it("keeps the card only when asked, and the next payment uses it", async () => {
    const bill = await owing();
    const token = { kind: "token" as const, confirmationToken: await standIn.token("pm_card_visa"), save: true };
    await pay(await request(bill, { means: token, amountMinor: 4_000n, bills: [{ ...bill, amountMinor: 4_000n }] }));
    const [kept] = await t.db.select().from(paymentMethods).where(eq(paymentMethods.accountId, bill.accountId));
    expect(kept).toMatchObject({ last4: "4242", isDefault: true });
    const saved = { kind: "saved" as const, methodId: kept?.id ?? "" };
    const next = await request(bill, {
      ...{
        means: saved,
        amountMinor: 6_000n,
        bills: [{ ...bill, amountMinor: 6_000n }],
        idempotencyKey: `saved ${place}`,
      },
    });
    expect((await pay(next)).state).toBe("settled");
    expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
  });

  it("that needs the payer waits with a claim, and is cancelled after an hour", async () => {
    const bill = await owing();
    const paid = await pay(await request(bill, { method: "pm_card_authenticationRequired" }));
    expect(paid.state).toBe("requires_action");
    expect(paid.clientSecret).toMatch(/_secret_/);
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 10_000n });
    await standIn.advance(61 * 60_000);
    await sweepPayments(ctx());
    expect((await getPayment(t.db, paid.paymentId)).state).toBe("canceled");
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 0n });
  });
});

describe("an attempt that waits for the payer", () => {
  it("is given up once, its bill free again at once, and a new one pays", async () => {
    const bill = await owing();
    const { paymentId } = await pay(await request(bill, { method: "pm_card_authenticationRequired" }));
    const answers = await Promise.all([1, 2, 3].map(() => cancelPayment({ ctx: ctx(), input: { paymentId } })));
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true]);
    expect((await getPayment(t.db, paymentId)).state).toBe("canceled");
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 0n });
    expect((await pay(await request(bill, { idempotencyKey: `anew ${place}` }))).state).toBe("settled");
  });

  it("is not given up when the bank agreed meanwhile: it is paid", async () => {
    const bill = await owing();
    const { paymentId } = await pay(await request(bill, { method: "pm_card_authenticationRequired" }));
    await authenticate(paymentId);
    expect(await cancelPayment({ ctx: ctx(), input: { paymentId } })).toMatchObject({ reason: "not_waiting" });
    expect((await getPayment(t.db, paymentId)).state).toBe("settled");
  });

  it("goes on in every order of its events", async () => {
    const first = await owing();
    await pay(await request(first));
    await standIn.deliveries();
    const orders = permutations([0, 1, 2, 3, 4]).filter((_, at) => at % 7 === 0);
    for (const order of orders) {
      const bill = await anotherBill(first.accountId);
      const { paymentId } = await pay(await request(bill, { method: "pm_card_authenticationRequired" }));
      await authenticate(paymentId);
      const deliveries = await standIn.deliveries();
      expect(deliveries).toHaveLength(order.length);
      await hear(order.flatMap((at) => deliveries[at] ?? []));
      expect(await journalsOf(paymentId)).toEqual(["payment_settled", "processor_fee"]);
      expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
    }
  });

  it("by small deposits has a page to tell them, and is on its way after", async () => {
    const bill = await owing();
    const account = await standIn.stripe.paymentMethods.create({
      ...{ type: "us_bank_account", billing_details: { name: "Ada" } },
      us_bank_account: {
        routing_number: "110000000",
        account_number: "000123456789",
        account_holder_type: "individual",
      },
    });
    const { paymentId, state } = await pay(await request(bill, { method: account.id }));
    expect(state).toBe("requires_action");
    expect(await findVerifyUrl(ctx(), paymentId)).toMatch(/\/verify\/pi_/);
  });
});

describe("what the sweep finds", () => {
  it("an attempt recorded but never asked for is asked for once", async () => {
    const bill = await owing();
    const requested = await requestPayment(ctx(), { input: await request(bill) });
    if (!requested.ok) throw new Error(requested.reason);
    await standIn.advance(60_000);
    await sweepPayments(ctx());
    expect((await getPayment(t.db, requested.value.paymentId)).state).toBe("settled");
    expect(await intentsOf(requested.value.paymentId)).toHaveLength(1);
  });

  it("an attempt that was charged while nobody heard settles without being charged again", async () => {
    const bill = await owing();
    const input = await request(bill);
    const started = await startPayment({ ctx: { ...ctx(), processor: deaf() }, input });
    expect(started).toMatchObject({ ok: true, value: { state: "requested" } });
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 10_000n });
    await standIn.advance(60_000);
    await sweepPayments(ctx());
    const paymentId = started.ok ? started.value.paymentId : "";
    expect((await getPayment(t.db, paymentId)).state).toBe("settled");
    expect(await intentsOf(paymentId)).toHaveLength(1);
  });

  it("every attempt that waits, however many slow debits stand before it", async () => {
    const debit = await owing();
    const before = Array.from({ length: 60 }, (_, n) => ({
      ...{ accountId: debit.accountId, state: "processing" as const, kind: "bank_debit" as const },
      ...{ currency: currency("USD"), amountMinor: 1n, requestedAt: standIn.now(), intentId: `pi_slow_${n}` },
    }));
    const { paymentId } = await pay(await request(debit, { method: "pm_usBankAccount_success" }));
    const [{ actionId } = { actionId: "" }] = await t.db.select().from(payments).where(eq(payments.id, paymentId));
    const [action] = await t.db.select().from(moneyActions).where(eq(moneyActions.id, actionId));
    for (const slow of before) {
      const id = uuidv7();
      if (!action) throw new Error("a payment has its action");
      await t.db.insert(moneyActions).values({ ...action, id, idempotencyKey: slow.intentId });
      await t.db.insert(payments).values({ ...slow, actionId: id });
    }
    await standIn.advance(2 * HOUR);
    const [row] = await t.db.select().from(payments).where(eq(payments.id, paymentId));
    const asked: string[] = [];
    const counting: StandIn["processor"] = {
      ...standIn.processor,
      async getIntent(intentId) {
        asked.push(intentId);
        return { ...(await standIn.processor.getIntent(row?.intentId ?? "")), intentId };
      },
    };
    for (let round = 0; round < 4; round += 1) await sweepPayments({ ...ctx(), processor: counting });
    const slow = asked.filter((intentId) => intentId.startsWith("pi_slow_"));
    expect(new Set(slow).size).toBe(60);
    expect(slow).toHaveLength(60);
    expect(asked).toContain(row?.intentId);
    await t.db.delete(payments).where(like(payments.intentId, "pi_slow_%"));
  });
});

describe("webhooks", () => {
  it("20 times the same, and before the answer, make one journal", async () => {
    const bill = await owing();
    await standIn.deliveries();
    const { paymentId } = await pay(await request(bill));
    const deliveries = await standIn.deliveries();
    expect(deliveries.map((one) => one.type)).toContain("payment_intent.succeeded");
    for (let copy = 0; copy < 20; copy += 1) await hear(deliveries);
    expect(await journalsOf(paymentId)).toEqual(["payment_settled", "processor_fee"]);
  });

  it("in every order lead to the same end", async () => {
    const first = await owing();
    await pay(await request(first));
    await standIn.deliveries();
    const orders = permutations([0, 1, 2, 3]);
    for (const order of orders) {
      const bill = await anotherBill(first.accountId);
      const started = await startPayment({ ctx: { ...ctx(), processor: deaf() }, input: await request(bill) });
      const deliveries = await standIn.deliveries();
      expect(deliveries).toHaveLength(order.length);
      await hear(order.flatMap((at) => deliveries[at] ?? []));
      expect(await journalsOf(started.ok ? started.value.paymentId : "")).toEqual(["payment_settled", "processor_fee"]);
      expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
    }
  });

  it("that nobody signed are refused, and unknown ones parked", async () => {
    const refused = await receiveEvent({ ctx: ctx(), input: { raw: "{}", signature: "t=1,v1=00" } });
    expect(refused).toMatchObject({ ok: false, reason: "bad_signature" });
  });
});

describe("a bank debit", () => {
  it("is processing for days, settles, and comes back: owed again", async () => {
    const bill = await owing();
    await standIn.deliveries();
    const { paymentId, state } = await pay(await request(bill, { method: "pm_usBankAccount_dispute" }));
    expect(state).toBe("processing");
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 10_000n });
    await standIn.advance(8 * 24 * HOUR);
    await hear(await standIn.deliveries());
    await standIn.advance(8 * 24 * HOUR);
    await hear(await standIn.deliveries());
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 0n });
    const payment = await getPayment(t.db, paymentId);
    expect(payment).toMatchObject({ state: "settled", chargebacks: [{ kind: "return", state: "lost" }] });
    // Asked for on one day, paid on another: the receipt's mail has the day of the books.
    const told = await t.db
      .select()
      .from(mails)
      .where(eq(mails.dedupeKey, `payment-receipt:${paymentId}`));
    expect(told[0]?.data).toMatchObject({ paidOn: payment?.settledOn });
    expect(payment?.settledOn).not.toBe(payment?.requestedAt.toISOString().slice(0, 10));
  });

  it("that fails before settling releases its claim", async () => {
    const bill = await owing();
    const { paymentId } = await pay(await request(bill, { method: "pm_usBankAccount_insufficientFunds" }));
    await standIn.advance(8 * 24 * HOUR);
    await hear(await standIn.deliveries());
    expect(await getPayment(t.db, paymentId)).toMatchObject({ state: "failed", failureCode: "insufficient_funds" });
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 0n });
  });
});

describe("a chargeback", () => {
  it.each([
    ["won", 0n, 0n],
    ["lost", 10_000n, 0n],
  ] as const)("%s: open %s, held %s", async (outcome, openMinor, heldMinor) => {
    const bill = await owing();
    await standIn.deliveries();
    const { paymentId } = await pay(await request(bill, { method: "pm_card_createDispute" }));
    await hear(await standIn.deliveries());
    expect(await open(bill.invoiceId)).toEqual({ open: 10_000n, held: 10_000n });
    const [row] = await t.db.select().from(chargebacks).where(eq(chargebacks.paymentId, paymentId));
    const evidence = { uncategorized_text: outcome === "won" ? "winning_evidence" : "losing_evidence" };
    await standIn.stripe.disputes.update(row?.processorId ?? "", { evidence, submit: true });
    await standIn.advance(24 * HOUR);
    const deliveries = await standIn.deliveries();
    await hear(deliveries);
    await hear([...deliveries].reverse());
    expect(await open(bill.invoiceId)).toEqual({ open: openMinor, held: heldMinor });
    expect(await getPayment(t.db, paymentId)).toMatchObject({ chargebacks: [{ kind: "chargeback", state: outcome }] });
  });
});

describe("money by hand", () => {
  it("is booked once per key, on the day it was received", async () => {
    const bill = await owing();
    const input = {
      ...{ accountId: bill.accountId, kind: "check" as const, amountMinor: 10_000n, reference: "1042" },
      ...{ bills: [{ invoiceId: bill.invoiceId, amountMinor: 10_000n }], receivedOn: localDate("2026-11-20") },
      idempotencyKey: `check ${place}`,
    };
    const answers = await Promise.all([1, 2, 3].map(() => recordManualPayment({ ctx: ctx(), input })));
    expect(answers.filter((answer) => answer.ok && answer.value.fresh)).toHaveLength(1);
    expect(await open(bill.invoiceId)).toEqual({ open: 0n, held: 0n });
    const first = answers.find((answer) => answer.ok);
    const paymentId = first?.ok ? first.value.paymentId : "";
    expect(await getPayment(t.db, paymentId)).toMatchObject({ methodLabel: "Check 1042", settledOn: "2026-11-20" });
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}
