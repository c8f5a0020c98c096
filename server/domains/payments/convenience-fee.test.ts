import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { chargebacks, logins, payments } from "#db/schema/index.ts";
import { DEFAULT_POLICIES, savePolicy } from "#server/domains/business/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { getPayment, type PaymentRequest, processEvent, receiveEvent, refreshPayment, startPayment } from "./index.ts";
import { oweHundred } from "./test-owing.ts";

const DAY = 86_400_000;
const desk = useStandIn();
let place = 0;

beforeAll(async () => {
  const body = {
    ...DEFAULT_POLICIES.payment,
    convenienceFee: { card: { basisPoints: 300, fixedMinor: 20n }, bank_debit: { basisPoints: 0, fixedMinor: 150n } },
  };
  const input = { kind: "payment" as const, body, reason: "cards cost us", expectedVersion: 0 };
  await savePolicy({ ctx: system(), input });
});

const system = () => testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now() });

async function owing() {
  place += 1;
  const owed = await oweHundred(system(), { number: `F-${place}`, email: "ada@demo.test" });
  const person = { email: `f${place}@demo.test`, name: "Ada", role: "customer" as const };
  const [login] = await desk.t.db.insert(logins).values(person).returning({ id: logins.id });
  return { ...owed, loginId: login?.id ?? "" };
}

type Owing = Awaited<ReturnType<typeof owing>>;

const payer = ({ accountId, loginId }: Owing) =>
  testCtx(desk.t.db, {
    ...{ processor: desk.standIn.processor, now: desk.standIn.now() },
    actor: { kind: "customer", loginId, accounts: new Map([[accountId, "pay"]]) } as never,
  });

async function request({ accountId, invoiceId }: Owing, method: string, feeSeenMinor: bigint): Promise<PaymentRequest> {
  return {
    ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }], seenVersion: null },
    means: { kind: "token", confirmationToken: await desk.standIn.token(method), save: false },
    ...{ creditAllowed: false, feeSeenMinor, idempotencyKey: `pay ${place} ${method} ${feeSeenMinor}` },
  };
}

async function pay(owed: Owing, method: string, feeSeenMinor: bigint) {
  const paid = await startPayment({ ctx: payer(owed), input: await request(owed, method, feeSeenMinor) });
  if (!paid.ok) throw new Error(paid.reason);
  return paid.value.paymentId;
}

async function hear(): Promise<void> {
  for (const { raw, signature } of await desk.standIn.deliveries()) {
    await receiveEvent({ ctx: system(), input: { raw, signature } });
    await processEvent(system(), (JSON.parse(raw) as { id: string }).id);
  }
}

/** What the convenience fees have brought in, of one payment. */
async function income(paymentId: string): Promise<bigint> {
  const [row] = await desk.t.db.execute<{ minor: string }>(sql`
    select coalesce(-sum(e.amount_minor), 0)::text as minor
    from entries e
    join ledger_accounts l on l.id = e.ledger_account_id and l.kind = 'convenience_fee_income'
    join journals j on j.number = e.journal_number
    where j.action_id in (
      select action_id from payments where id = ${paymentId} union
      select action_id from chargebacks where payment_id = ${paymentId})`);
  return BigInt(row?.minor ?? "0");
}

const openOf = async ({ accountId }: Owing) =>
  (await getAccountMoney(desk.t.db, accountId, localDate("2026-11-23"))).open.amountMinor;

const clean = async () => expect((await proveBooks({ ctx: system(), input: { asOf: null } })).ok).toBe(true);

describe("a convenience fee", () => {
  it("that was not shown is asked for first, and nothing is charged or held", async () => {
    const owed = await owing();
    const refused = await startPayment({ ctx: payer(owed), input: await request(owed, "pm_card_visa", 0n) });
    expect(refused).toMatchObject({ ok: false, reason: "fee_asked", feeMinor: 3_20n });
    expect(await desk.t.db.select().from(payments).where(eq(payments.accountId, owed.accountId))).toEqual([]);
  });

  it("of the other kind of method is not believed", async () => {
    const owed = await owing();
    const refused = await startPayment({
      ctx: payer(owed),
      input: await request(owed, "pm_usBankAccount_success", 3_20n),
    });
    expect(refused).toMatchObject({ ok: false, reason: "fee_asked", feeMinor: 1_50n });
  });

  it("stands outside the bill and is our income", async () => {
    const owed = await owing();
    const paymentId = await pay(owed, "pm_card_visa", 3_20n);
    const payment = await getPayment(desk.t.db, paymentId);
    expect(payment).toMatchObject({ amount: { amountMinor: 103_20n }, fee: { amountMinor: 3_20n }, state: "settled" });
    expect(payment.parts).toMatchObject([{ paid: { amountMinor: 100_00n }, open: { amountMinor: 0n } }]);
    expect(await income(paymentId)).toBe(3_20n);
    expect(await openOf(owed)).toBe(0n);
    await clean();
  });

  it("is not asked of what we draft ourselves", async () => {
    const owed = await owing();
    const started = await startPayment({ ctx: system(), input: await request(owed, "pm_card_visa", 0n) });
    expect(started.ok).toBe(true);
  });

  it("goes back with a bank debit that is returned after settling", async () => {
    const owed = await owing();
    const paymentId = await pay(owed, "pm_usBankAccount_dispute", 1_50n);
    await desk.standIn.advance(10 * DAY);
    await hear();
    await refreshPayment(system(), paymentId);
    await hear();
    expect(await getPayment(desk.t.db, paymentId)).toMatchObject({ takenBack: { amountMinor: 101_50n } });
    expect(await income(paymentId)).toBe(0n);
    expect(await openOf(owed)).toBe(100_00n);
    await clean();
  });

  it("goes back with a chargeback, and comes back when it is won", async () => {
    const owed = await owing();
    const paymentId = await pay(owed, "pm_card_createDispute", 3_20n);
    await hear();
    expect(await income(paymentId)).toBe(0n);
    const [row] = await desk.t.db.select().from(chargebacks).where(eq(chargebacks.paymentId, paymentId));
    await desk.standIn.stripe.disputes.update(row?.processorId ?? "", {
      evidence: { uncategorized_text: "winning_evidence" },
      submit: true,
    });
    await desk.standIn.advance(2 * DAY);
    await hear();
    expect(await income(paymentId)).toBe(3_20n);
    expect(await openOf(owed)).toBe(0n);
    await clean();
  });
});
