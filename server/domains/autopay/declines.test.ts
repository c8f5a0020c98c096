import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays } from "#app/contracts/local-date.ts";
import { autopayEnrolments, paymentMethods, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { placeClaim } from "#server/domains/invoices/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { listDrafts, nextDraft, pauseAutopay, replaceMethodInUse, runAutopayDuties, setUpAutopay } from "./index.ts";
import { DAY_MS, type Payer, testPayers, type TestPayers } from "./test-payer.ts";

const desk = useStandIn(new Date("2028-10-20T15:00:00Z"));
let payers: TestPayers;
beforeAll(() => {
  payers = testPayers({ db: desk.t.db, standIn: desk.standIn, ctx });
});

const ctx = (parts: Partial<Ctx> = {}): Ctx =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });
const dueSoon = () => addDays(payers.today(), 10);
const attemptsOf = (accountId: string) =>
  desk.t.db.select().from(payments).where(eq(payments.accountId, accountId)).orderBy(payments.requestedAt);

/** What happens to a card after it was saved: the stand-in refuses to save one that is always declined. */
async function becomes({ methodId }: Payer, behaviour: string): Promise<void> {
  const [method] = await desk.t.db.select().from(paymentMethods).where(eq(paymentMethods.id, methodId));
  await desk.t.adminSql`
    update stripe_sandbox.documents set inner_facts = jsonb_set(inner_facts, '{instrument,behaviour}', to_jsonb(${behaviour}::text))
    where kind = 'payment_method' and id = ${method?.processorId ?? ""}`;
}

async function byHand({ accountId }: Payer, invoiceId: string, amountMinor: bigint): Promise<void> {
  const done = await recordManualPayment({
    ctx: ctx(),
    input: {
      ...{ accountId, kind: "cash", amountMinor, reference: null, receivedOn: payers.today() },
      ...{ bills: [{ invoiceId, amountMinor }], creditAllowed: false, idempotencyKey: uuidv7() },
    },
  });
  if (!done.ok) throw new Error(done.reason);
}

/** On autopay, with a bill that is due in ten days. */
async function enrolled(amount = "100.00") {
  const who = await payers.payer();
  await payers.enrol(who);
  return { who, invoiceId: await payers.bill(who.accountId, { dueOn: dueSoon(), amount }) };
}

describe("a draft that is declined", () => {
  it.each([
    ["lostCard", 1],
    ["stolenCard", 1],
    ["fraudulent", 1],
    ["expiredCard", 1],
    ["incorrectCvc", 1],
    // The bank wants to see its owner, and nobody is there.
    ["authenticationAlways", 1],
    ["insufficientFunds", 4],
    ["velocity", 4],
  ])("%s: the card is charged %i times in all", async (behaviour, times) => {
    const { who } = await enrolled();
    await becomes(who, behaviour);
    await payers.live(30);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "failed", attempts: times }]);
    const attempts = await attemptsOf(who.accountId);
    expect(attempts.map((attempt) => attempt.state)).toEqual(Array<string>(times).fill("failed"));
    const [first, last] = [attempts[0], attempts.at(-1)].map((attempt) => attempt?.requestedAt.getTime() ?? 0);
    expect((last ?? 0) - (first ?? 0)).toBeLessThanOrEqual(10 * DAY_MS);
    const told = (await payers.mailKinds(who.email)).filter((kind) => kind === "draft_failed");
    expect(told).toHaveLength(Math.min(times, 2));
  });

  it("a card chosen between two tries that is declined too is told of, once; the tries in all stay as many", async () => {
    const { who } = await enrolled();
    await becomes(who, "insufficientFunds");
    await payers.live(11);
    const other = await payers.save(who.accountId, "pm_card_mastercard");
    await desk.t.db.update(paymentMethods).set({ last4: "4444" }).where(eq(paymentMethods.id, other));
    await becomes({ ...who, methodId: other }, "insufficientFunds");
    await withTransaction(desk.t.db, (tx) =>
      replaceMethodInUse({ ctx: ctx(), tx }, { accountId: who.accountId, from: who.methodId, to: other }),
    );
    const told = async () =>
      (await payers.mailsOf(who.email))
        .filter((mail) => mail.kind === "draft_failed")
        .map(({ data: { method, retryOn, chosenSince, changePath } }) => ({
          method,
          retryOn,
          chosenSince,
          changePath,
        }));
    const [first, changePath] = [payers.today(), "/autopay?step=wish"];
    const before = { method: "Visa ··0341", retryOn: addDays(first, 1), chosenSince: false, changePath };
    expect(await told()).toEqual([before]);
    await payers.live(1);
    const since = { method: "Visa ··4444", retryOn: addDays(first, 4), chosenSince: true, changePath };
    expect(await told()).toEqual([before, since]);
    await payers.live(3);
    expect(await told()).toEqual([before, since]);
    await payers.live(10);
    expect(await told()).toEqual([before, since, { ...since, retryOn: null, chosenSince: false }]);
    expect((await attemptsOf(who.accountId)).map((attempt) => attempt.paymentMethodId)).toEqual([
      ...[who.methodId, other, other, other],
    ]);
  });

  it("a bank debit for missing funds is presented twice more, over the end of summer time", async () => {
    const who = await payers.payer("pm_usBankAccount_success", "bank_debit");
    await becomes(who, "insufficientFunds");
    await payers.enrol(who);
    await payers.bill(who.accountId, { dueOn: dueSoon() });
    await payers.live(60);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "failed", attempts: 3 }]);
    expect(await attemptsOf(who.accountId)).toHaveLength(3);
  });

  it("is not tried again while the processor does not say how the last attempt ended", async () => {
    const { who } = await enrolled();
    await becomes(who, "insufficientFunds");
    await payers.live(11);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "announced", attempts: 1 }]);
    await desk.standIn.advance(3 * DAY_MS);
    const silent = { ...desk.standIn.processor, getIntent: () => Promise.reject(new Fault("unavailable", "silent")) };
    await runAutopayDuties(ctx({ processor: silent }));
    expect(await attemptsOf(who.accountId)).toHaveLength(1);
    await runAutopayDuties(ctx());
    expect(await attemptsOf(who.accountId)).toHaveLength(2);
  });
});

it("one account that cannot be worked on keeps nobody else waiting", async () => {
  const [stuck, other] = [await enrolled(), await enrolled()];
  await payers.live(1);
  await desk.standIn.advance(10 * DAY_MS);
  const { startIntent } = desk.standIn.processor;
  const failing: Ctx["processor"] = {
    ...desk.standIn.processor,
    startIntent: (asked) =>
      asked.accountId === stuck.who.accountId ? Promise.reject(new Error("a fault of ours")) : startIntent(asked),
  };
  await expect(runAutopayDuties(ctx({ processor: failing }))).rejects.toThrow(AggregateError);
  expect(await payers.openOf(other.invoiceId)).toBe(0n);
  expect(await payers.openOf(stuck.invoiceId)).toBe(100_00n);
});

describe("what a draft takes", () => {
  it("leaves out what is in dispute, and says so before", async () => {
    const { who, invoiceId } = await enrolled();
    await payers.live(1);
    await withTransaction(desk.t.db, (tx) =>
      placeClaim(tx, {
        ...{ accountId: who.accountId, kind: "dispute", sourceId: uuidv7() },
        ...{ bills: [{ invoiceId, wantedMinor: 30_00n }], occurredOn: payers.today(), occurredAt: ctx().now },
      }),
    );
    expect(await nextDraft(desk.t.db, who.accountId)).toMatchObject({ announcedMinor: 100_00n, takesMinor: 70_00n });
    await byHand(who, invoiceId, 50_00n);
    expect(await nextDraft(desk.t.db, who.accountId)).toMatchObject({ takesMinor: 20_00n });
    await payers.live(12);
    expect(await payers.openOf(invoiceId)).toBe(30_00n);
    expect(await listDrafts(desk.t.db, { accountId: who.accountId, live: false })).toMatchObject([
      { state: "paid", takesMinor: 20_00n },
    ]);
  });

  it("a decline tells of what was tried, not of what had been announced, and of where to pay it", async () => {
    const { who, invoiceId } = await enrolled();
    await payers.live(1);
    await byHand(who, invoiceId, 30_00n);
    await becomes(who, "lostCard");
    await payers.live(11);
    const told = (await payers.mailsOf(who.email)).filter((mail) => mail.kind === "draft_failed");
    expect(told).toMatchObject([
      { data: { amount: { amountMinor: "7000", currency: "USD" }, retryOn: null, path: "/pay" } },
    ]);
  });

  it("credit goes first", async () => {
    const { who, invoiceId } = await enrolled();
    await payers.live(1);
    const done = await recordManualPayment({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, kind: "cash", amountMinor: 40_00n, reference: null, bills: [] },
        ...{ receivedOn: payers.today(), creditAllowed: true, idempotencyKey: uuidv7() },
      },
    });
    expect(done.ok).toBe(true);
    expect(await nextDraft(desk.t.db, who.accountId)).toMatchObject({ takesMinor: 60_00n });
    await payers.live(12);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    const cards = (await attemptsOf(who.accountId)).filter((attempt) => attempt.kind === "card");
    expect(cards).toMatchObject([{ amountMinor: 60_00n }]);
  });

  it("too little to be charged is neither announced nor told of again and again", async () => {
    const small = await enrolled("0.30");
    const rest = await enrolled();
    await payers.live(1);
    await byHand(rest.who, rest.invoiceId, 99_70n);
    await payers.live(40);
    expect(await payers.draftsOf(small.who.accountId)).toEqual([]);
    expect(await payers.draftsOf(rest.who.accountId)).toMatchObject([{ state: "canceled" }]);
    expect((await payers.mailKinds(rest.who.email)).filter((kind) => kind === "draft_notice")).toHaveLength(1);
  });

  it("a fixed amount that can never be charged is refused", async () => {
    const who = await payers.payer();
    const input = {
      ...who,
      amountKind: "fixed",
      fixedMinor: 30n,
      daysBeforeDue: 0,
      mandateText: "x",
      ip: null,
    } as const;
    expect(await setUpAutopay({ ctx: ctx(), input })).toMatchObject({
      ...{ reason: "fixed_amount_unchargeable", minimum: { amountMinor: 50n } },
    });
  });
});

it("paused, nothing is announced or taken; going on announces again, under the same mandate", async () => {
  const { who, invoiceId } = await enrolled();
  await payers.live(1);
  const pause = (paused: boolean) => pauseAutopay({ ctx: ctx(), input: { accountId: who.accountId, paused } });
  await Promise.all([pause(true), pause(true)]);
  await payers.live(15);
  expect(await payers.openOf(invoiceId)).toBe(100_00n);
  expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "canceled", cancelReason: "autopay_paused" }]);
  await Promise.all([pause(false), pause(false)]);
  await payers.live(13);
  expect(await payers.openOf(invoiceId)).toBe(0n);
  const mandates = await desk.t.db
    .select()
    .from(autopayEnrolments)
    .where(eq(autopayEnrolments.accountId, who.accountId));
  expect(mandates).toHaveLength(1);
});

it("a card that only a plan runs on is told of before it expires", async () => {
  const who = await payers.payer();
  const expires = addDays(payers.today(), 40);
  await payers.expires(who.methodId, expires);
  const actionId = uuidv7();
  await desk.t.adminSql`
    insert into money_actions (id, kind, state, account_id, amount_minor, currency, idempotency_key, input_hash, occurred_on)
    values (${actionId}, 'plan', 'accepted', ${who.accountId}, 10000, 'USD', ${actionId}, 'x', ${payers.today()})`;
  await desk.t.adminSql`
    insert into plans (id, account_id, action_id, state, currency, total_minor, down_minor, instalments, every, first_on,
      grace_days, missed_allowed, expires_on, payment_method_id, mandate_text, accepted_at, started_on)
    values (${uuidv7()}, ${who.accountId}, ${actionId}, 'active', 'USD', 10000, 0, 2, 'month', ${expires}, 5, 1, ${expires},
      ${who.methodId}, 'I agree.', now(), ${payers.today()})`;
  await payers.live(80);
  expect((await payers.mailKinds(who.email)).filter((kind) => kind === "card_expiring")).toHaveLength(2);
});

it("the books are clean after all of it", async () => {
  const report = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
});
