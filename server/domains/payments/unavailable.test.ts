import { eq } from "drizzle-orm";
import { expect, it } from "vitest";

import { accounts, logins } from "#db/schema/index.ts";
import { DEFAULT_POLICIES, savePolicy } from "#server/domains/business/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { type Processor } from "#server/platform/processor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  cancelPayment,
  getPayment,
  listPayments,
  type PaymentRequest,
  processEvent,
  receiveEvent,
  recheckPayment,
  refreshPayment,
  refundPayment,
  startMethodSetup,
  startPayment,
  sweepPayments,
  sweepRefunds,
  sweepSetups,
} from "./index.ts";
import { oweHundred } from "./test-owing.ts";

const MINUTE = 60_000;
const ROUNDS = 5;
const desk = useStandIn();
let place = 0;

const ctx = (parts: Partial<Ctx> = {}) =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });

/** A processor that answers no question, and what it was asked with. */
function silent() {
  const asked: { call: string; key: string | undefined }[] = [];
  const calls = Object.entries(desk.standIn.processor).map(([call, answer]) => [
    call,
    typeof answer !== "function" || call === "readEvent"
      ? answer
      : (given: string | { key?: string }) => {
          asked.push({ call, key: typeof given === "object" ? given.key : undefined });
          return Promise.reject(new Fault("unavailable", "the payment processor does not answer"));
        },
  ]);
  const keysOf = (call: string) => asked.filter((one) => one.call === call).map(({ key }) => key);
  return { processor: Object.fromEntries(calls) as unknown as Processor, keysOf };
}

async function owing() {
  place += 1;
  return oweHundred(ctx(), { number: `U-${String(place)}` });
}

async function request({ accountId, invoiceId }: Awaited<ReturnType<typeof owing>>, method: string) {
  return {
    ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }] },
    ...{ seenVersion: null, creditAllowed: false, idempotencyKey: `pay ${accountId}` },
    means: { kind: "token", confirmationToken: await desk.standIn.token(method), save: false },
  } satisfies PaymentRequest;
}

async function start(input: PaymentRequest, parts: Partial<Ctx> = {}) {
  const started = await startPayment({ ctx: ctx(parts), input });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

/** So many rounds of a sweep, each late enough to ask again. */
async function rounds(sweep: (ctx: Ctx) => Promise<unknown>, processor: Processor) {
  for (let round = 0; round < ROUNDS; round += 1) {
    await desk.standIn.advance(MINUTE);
    await sweep(ctx({ processor }));
  }
}

const charges = async ({ accountId }: { accountId: string }) =>
  (await desk.standIn.stripe.paymentIntents.list({ limit: 100 })).data.filter(
    (one) => one.metadata["account_id"] === accountId && one.status === "succeeded",
  ).length;

const booksAreClean = async () => {
  const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
};

it("a payment waits, is asked for once a round with its one key, and is charged once in the end", async () => {
  const away = silent();
  const owed = await owing();
  const input = await request(owed, "pm_card_visa");
  const { paymentId, state, failure } = await start(input, { processor: away.processor });
  expect([state, failure]).toEqual(["requested", null]);
  await rounds(sweepPayments, away.processor);
  expect(await getPayment(desk.t.db, paymentId)).toMatchObject({ state: "requested", failureCode: null });
  const keys = away.keysOf("createCustomer");
  expect(keys).toEqual(Array.from({ length: ROUNDS + 1 }, () => `customer:${owed.accountId}`));

  await desk.standIn.advance(MINUTE);
  await sweepPayments(ctx());
  expect((await getPayment(desk.t.db, paymentId)).state).toBe("settled");
  expect(await charges(owed)).toBe(1);
  await booksAreClean();
});

it("a customer made while the answer was lost is the account's only one, also when it is renamed meanwhile", async () => {
  const owed = await owing();
  const lost: Processor = {
    ...desk.standIn.processor,
    createCustomer: async (customer) => {
      await desk.standIn.processor.createCustomer(customer);
      throw new Fault("unavailable", "the answer was lost");
    },
  };
  const { paymentId } = await start(await request(owed, "pm_card_visa"), { processor: lost });
  await desk.t.db.update(accounts).set({ name: "Ada Byron" }).where(eq(accounts.id, owed.accountId));
  await desk.standIn.advance(MINUTE);
  await sweepPayments(ctx());
  expect((await getPayment(desk.t.db, paymentId)).state).toBe("settled");
  const { data } = await desk.standIn.stripe.customers.list({ limit: 100 });
  const own = data.filter(({ metadata }) => metadata["account_id"] === owed.accountId);
  expect(own.map(({ name }) => name)).toEqual(["Ada Byron"]);
});

it("a charge that stays unknown is asked for again with the same key, and is neither failed nor made twice", async () => {
  const owed = await owing();
  const asked: string[] = [];
  const unknown: Processor = {
    ...desk.standIn.processor,
    startIntent: ({ key }) => {
      asked.push(key);
      return Promise.resolve({ known: false });
    },
  };
  const { paymentId } = await start(await request(owed, "pm_card_visa"), { processor: unknown });
  await rounds(sweepPayments, unknown);
  expect(asked).toEqual(Array.from({ length: ROUNDS + 1 }, () => `payment:${paymentId}`));
  expect(await getPayment(desk.t.db, paymentId)).toMatchObject({ state: "requested", failureCode: null });
  await desk.standIn.advance(MINUTE);
  await sweepPayments(ctx());
  expect([(await getPayment(desk.t.db, paymentId)).state, await charges(owed)]).toEqual(["settled", 1]);
});

it("a payment behind the bank's step stays what it is, whoever asks", async () => {
  const { processor } = silent();
  const { paymentId } = await start(await request(await owing(), "pm_card_authenticationRequired"));
  expect(await refreshPayment(ctx({ processor }), paymentId)).toMatchObject({
    state: "requires_action",
    changed: false,
  });
  expect(await recheckPayment(ctx({ processor }), paymentId)).toBeNull();
  await expect(cancelPayment({ ctx: ctx({ processor }), input: { paymentId } })).rejects.toMatchObject({
    code: "unavailable",
  });
  await rounds(sweepPayments, processor);
  expect((await getPayment(desk.t.db, paymentId)).state).toBe("requires_action");
});

it("a refund waits, posted, and is given once with its one key", async () => {
  const { paymentId } = await start(await request(await owing(), "pm_card_visa"));
  const away = silent();
  const refunded = await refundPayment({
    ctx: ctx({ processor: away.processor }),
    input: {
      ...{ paymentId, cause: "goodwill", note: null, feeBack: null, amountMinor: 40_00n, perBill: null },
      ...{ conversationId: null, idempotencyKey: `refund ${paymentId}` },
    },
  });
  expect(refunded).toMatchObject({ ok: true, value: { state: "requested", failure: null } });
  await rounds(sweepRefunds, away.processor);
  expect(new Set(away.keysOf("startRefund")).size).toBe(1);
  await desk.standIn.advance(MINUTE);
  await sweepRefunds(ctx());
  await sweepRefunds(ctx());
  const given = (await desk.standIn.stripe.refunds.list({ limit: 100 })).data.map(({ amount }) => amount);
  expect(given).toEqual([40_00]);
  await booksAreClean();
});

it("a card to be saved waits, and is saved when it is answered", async () => {
  const { accountId } = await owing();
  const { processor } = silent();
  const confirmationToken = await desk.standIn.token("pm_card_visa");
  const input = { accountId, confirmationToken, makeDefault: true, idempotencyKey: `setup ${accountId}` };
  const started = await startMethodSetup({ ctx: ctx({ processor }), input });
  expect([started.state, started.failure]).toEqual(["requested", null]);
  await rounds(sweepSetups, processor);
  await desk.standIn.advance(MINUTE);
  await sweepSetups(ctx());
  expect((await startMethodSetup({ ctx: ctx(), input })).state).toBe("done");
});

it("an event is neither done nor parked: its job comes back", async () => {
  await desk.standIn.deliveries();
  const { processor } = silent();
  await start(await request(await owing(), "pm_card_visa"));
  const told = (await desk.standIn.deliveries()).find(({ type }) => type === "payment_intent.succeeded");
  const { raw = "", signature = "" } = told ?? {};
  const { id } = JSON.parse(raw) as { id: string };
  await receiveEvent({ ctx: ctx(), input: { raw, signature } });
  await expect(processEvent(ctx({ processor }), id)).rejects.toMatchObject({ code: "unavailable" });
  await processEvent(ctx(), id);
  const rows = await desk.t.adminSql`select processed_at is not null as done from processor_events where id = ${id}`;
  expect(rows).toEqual([{ done: true }]);
});

it("where the method's kind decides the fee and is not told, nothing is begun, and the same form pays later", async () => {
  const convenienceFee = {
    card: { basisPoints: 0, fixedMinor: 0n },
    bank_debit: { basisPoints: 0, fixedMinor: 150n },
  };
  const body = { ...DEFAULT_POLICIES.payment, convenienceFee };
  await savePolicy({ ctx: ctx(), input: { kind: "payment", body, reason: "debits cost us", expectedVersion: 0 } });
  const owed = await owing();
  const person = { email: "u@demo.test", name: "Ada", locale: "en-US" };
  const [login] = await desk.t.db
    .insert(logins)
    .values({ ...person, role: "customer" })
    .returning();
  const accounts = new Map([[owed.accountId, "pay" as const]]);
  const actor = { kind: "customer" as const, loginId: login?.id ?? "", ...person, accounts };
  const input = await request(owed, "pm_card_visa");
  const { processor } = silent();
  expect(await startPayment({ ctx: ctx({ actor, processor }), input })).toEqual({
    ...{ ok: false, reason: "processor_silent" },
  });
  expect((await listPayments(desk.t.db, owed)).items).toEqual([]);
  expect((await start(input, { actor })).state).toBe("settled");
  expect(await charges(owed)).toBe(1);
});
