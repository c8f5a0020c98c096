import { expect, it } from "vitest";

import { logins } from "#db/schema/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { reachStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  cancelPayment,
  getPayment,
  listPayments,
  type PaymentRequest,
  refundPayment,
  resumePayment,
  startMethodSetup,
  startPayment,
} from "./index.ts";
import { oweHundred } from "./test-owing.ts";

/** A person's patience of four to six seconds, and what a busy machine adds to it. */
const SOON_MS = 8_000;
/** A call is given up after so long, and made again: then the stand-in answers. */
const CALL_MS = 9_000;
const IN_THE_END = { timeout: 40_000 };

const desk = useStandIn();
let place = 0;

const ctx = (parts: Partial<Ctx> = {}) =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });
const hanging = (parts: Partial<Ctx> = {}) =>
  ctx({ processor: reachStandIn(desk.standIn.apiBase, { timeoutMs: CALL_MS }), ...parts });

const hang = (path: string, times = 1) => desk.t.adminSql`
  insert into stripe_sandbox.armed_faults (mode, path, remaining) values ('timeout', ${path}, ${times})`;

async function soon<T>(work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  try {
    return await work();
  } finally {
    expect(performance.now() - since).toBeLessThan(SOON_MS);
  }
}

/** Somebody with an account that owes 100.00. */
async function owing() {
  place += 1;
  const name = `H-${String(place)}`;
  const owed = await oweHundred(ctx(), { number: name });
  const person = { email: `${name}@demo.test`, name, locale: "en-US" };
  const [login] = await desk.t.db
    .insert(logins)
    .values({ ...person, role: "customer" })
    .returning();
  const accounts = new Map([[owed.accountId, "manage" as const]]);
  const actor = { kind: "customer" as const, loginId: login?.id ?? "", ...person, accounts };
  return { ...owed, actor };
}

async function request({ accountId, invoiceId }: Owing, method: string): Promise<PaymentRequest> {
  place += 1;
  return {
    ...{ accountId, amountMinor: 100_00n, bills: [{ invoiceId, amountMinor: 100_00n }] },
    ...{ seenVersion: null, creditAllowed: false, idempotencyKey: `pay ${String(place)}` },
    means: { kind: "token", confirmationToken: await desk.standIn.token(method), save: false },
  };
}
type Owing = Awaited<ReturnType<typeof owing>>;

async function start(asked: Ctx, input: PaymentRequest) {
  const started = await startPayment({ ctx: asked, input });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

async function chargesOf({ accountId }: Owing): Promise<number> {
  const intents = await desk.standIn.stripe.paymentIntents.list({ limit: 100 });
  return intents.data.filter((one) => one.metadata["account_id"] === accountId && one.status === "succeeded").length;
}

const booksAreClean = async () => {
  const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
};

it("is waited for a few seconds; the payer hears that it goes on, and it does, without a sweep (R14)", async () => {
  const owed = await owing();
  const input = await request(owed, "pm_card_visa");
  await hang("/v1/payment_intents");
  const { paymentId, state, failure } = await soon(() => start(hanging(), input));
  expect([state, failure]).toEqual(["requested", null]);
  expect((await getPayment(desk.t.db, paymentId)).state).toBe("requested");
  await expect.poll(async () => (await getPayment(desk.t.db, paymentId)).state, IN_THE_END).toBe("settled");
  expect(await chargesOf(owed)).toBe(1);
  await booksAreClean();
}, 60_000);

it("charged and never said so: pressed again it is the same attempt, and holds nobody up either (R14, R16)", async () => {
  const owed = await owing();
  const input = await request(owed, "pm_card_visa");
  await desk.t.adminSql`
    insert into stripe_sandbox.armed_faults (mode, path, remaining) values ('done_then_timeout', '/v1/payment_intents', 1)`;
  const first = await soon(() => start(hanging(), input));
  const again = await soon(() => resumePayment({ ctx: hanging(), input }));
  expect(again?.paymentId).toBe(first.paymentId);
  expect(again?.state).not.toBe("failed");
  await expect.poll(async () => (await getPayment(desk.t.db, first.paymentId)).state, IN_THE_END).toBe("settled");
  expect(await chargesOf(owed)).toBe(1);
  await booksAreClean();
}, 60_000);

it("does not hold up whoever starts anew behind the bank's step, which is cancelled when it answers", async () => {
  const owed = await owing();
  const { actor, accountId, invoiceId } = owed;
  const part = { amountMinor: 40_00n, bills: [{ invoiceId, amountMinor: 40_00n }] };
  const left = await start(ctx({ actor }), { ...(await request(owed, "pm_card_authenticationRequired")), ...part });
  expect(left.state).toBe("requires_action");
  await hang("/cancel");
  const second = await soon(async () =>
    start(hanging({ actor }), { ...(await request(owed, "pm_card_visa")), ...part }),
  );
  const states = async () => (await listPayments(desk.t.db, { accountId })).items.map(({ state }) => state).sort();
  await expect.poll(states, IN_THE_END).toEqual(["canceled", "settled"]);
  expect((await getPayment(desk.t.db, second.paymentId)).state).toBe("settled");
  await booksAreClean();
}, 60_000);

it("nobody knows yet whether an attempt could be given up: it may be asked again, and nothing is changed", async () => {
  const owed = await owing();
  const { paymentId } = await start(ctx(), await request(owed, "pm_card_authenticationRequired"));
  await hang("/cancel", 3);
  const cancel = () => cancelPayment({ ctx: hanging(), input: { paymentId } });
  await expect(soon(cancel)).rejects.toMatchObject({ code: "unavailable" });
  expect((await getPayment(desk.t.db, paymentId)).state).toBe("requires_action");
}, 60_000);

it("holds up no refund: it is posted, told as on its way, and given once", async () => {
  const owed = await owing();
  const { paymentId } = await start(ctx(), await request(owed, "pm_card_visa"));
  await hang("/v1/refunds");
  const refunded = await soon(() =>
    refundPayment({
      ctx: hanging(),
      input: {
        ...{ paymentId, cause: "goodwill", note: null, feeBack: null, amountMinor: 40_00n, perBill: null },
        ...{ conversationId: null, idempotencyKey: `refund ${paymentId}` },
      },
    }),
  );
  expect(refunded).toMatchObject({ ok: true, value: { state: "requested", failure: null } });
  const given = async () => (await desk.standIn.stripe.refunds.list({ limit: 100 })).data.map(({ amount }) => amount);
  await expect.poll(given, IN_THE_END).toEqual([40_00]);
  await booksAreClean();
}, 60_000);

it("holds up nobody who saves a card: it is saved when the answer comes", async () => {
  const { accountId } = await owing();
  const confirmationToken = await desk.standIn.token("pm_card_visa");
  await hang("/v1/setup_intents");
  const input = { accountId, confirmationToken, makeDefault: true, idempotencyKey: `setup ${accountId}` };
  const started = await soon(() => startMethodSetup({ ctx: hanging(), input }));
  expect([started.state, started.failure]).toEqual(["requested", null]);
  const state = async () => (await startMethodSetup({ ctx: ctx(), input })).state;
  await expect.poll(state, IN_THE_END).toBe("done");
}, 60_000);
