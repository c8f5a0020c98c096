import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { type Db } from "#db/client.ts";
import { journals, payments, processorEvents } from "#db/schema/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Processor } from "#server/platform/processor.ts";
import { reachStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  getPayment,
  getPayPlan,
  listParkedEvents,
  listPayments,
  type PaymentRequest,
  processEvent,
  receiveEvent,
  recordManualPayment,
  startPayment,
  sweepPayments,
} from "./index.ts";
import { oweHundred } from "./test-owing.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const today = localDate("2026-11-23");
const desk = useStandIn();
let place = 0;

const ctx = (parts: Partial<Ctx> = {}) =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });

function owing() {
  place += 1;
  return oweHundred(ctx(), { number: `O-${String(place)}` });
}

async function wish(owed?: { accountId: string; invoiceId: string }): Promise<PaymentRequest> {
  const { accountId, invoiceId } = owed ?? (await owing());
  return {
    ...{ accountId, amountMinor: 100_00n, seenVersion: null, creditAllowed: false, idempotencyKey: `pay ${accountId}` },
    bills: [{ invoiceId, amountMinor: 100_00n }],
    means: { kind: "token", confirmationToken: await desk.standIn.token("pm_card_visa"), save: false },
  };
}

async function start(input: PaymentRequest, parts: Partial<Ctx> = {}) {
  const started = await startPayment({ ctx: ctx(parts), input });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

const arm = (mode: string, path: string, times: number) => desk.t.adminSql`
  insert into stripe_sandbox.armed_faults (mode, path, remaining) values (${mode}, ${path}, ${times})`;

async function chargesOf({ accountId }: PaymentRequest): Promise<number> {
  const intents = await desk.standIn.stripe.paymentIntents.list({ limit: 100 });
  return intents.data.filter((one) => one.metadata["account_id"] === accountId && one.status === "succeeded").length;
}

const booksAreClean = async () => {
  const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
};

describe("the processor down for ten minutes (R15)", () => {
  it(
    "payments queue with their claims, what pages read is unharmed, and then each is charged once",
    { timeout: 60_000 },
    async () => {
      const wishes = [await wish(), await wish(), await wish(), await wish()];
      await arm("reset", "/v1/", 100_000);
      const queued = await Promise.all(wishes.map((input) => start(input)));
      expect(queued.map(({ state }) => state)).toEqual(["requested", "requested", "requested", "requested"]);
      for (const [at, { accountId }] of wishes.entries()) {
        const plan = await getPayPlan(desk.t.db, { accountId, today });
        expect(plan.toPayNow.amountMinor).toBe(0n);
        expect((await getAccountMoney(desk.t.db, accountId, today)).open.amountMinor).toBe(100_00n);
        expect((await listPayments(desk.t.db, { accountId })).items.map(({ state }) => state)).toEqual(["requested"]);
        expect((await getPayment(desk.t.db, queued[at]?.paymentId ?? "")).failureCode).toBeNull();
      }
      await desk.standIn.advance(5 * MINUTE);
      expect(await sweepPayments(ctx())).toBe(0);
      await desk.t.adminSql`delete from stripe_sandbox.armed_faults`;
      await desk.standIn.advance(5 * MINUTE);
      expect(await sweepPayments(ctx())).toBe(4);
      for (const input of wishes) expect(await chargesOf(input)).toBe(1);
      await booksAreClean();
    },
  );
});

describe("charged, and the answer never came (R16)", () => {
  it.each(["done_then_timeout", "timeout"])(
    "with %s the processor's truth wins without hands",
    { timeout: 60_000 },
    async (mode) => {
      const input = await wish();
      await start({
        ...input,
        idempotencyKey: `warm ${input.accountId}`,
        amountMinor: 1_00n,
        bills: [{ invoiceId: input.bills[0]?.invoiceId ?? "", amountMinor: 1_00n }],
        means: { kind: "token", confirmationToken: await desk.standIn.token("pm_card_visa"), save: false },
      });
      const rest = {
        ...input,
        amountMinor: 99_00n,
        bills: [{ invoiceId: input.bills[0]?.invoiceId ?? "", amountMinor: 99_00n }],
      };
      const impatient = reachStandIn(desk.standIn.apiBase, { timeoutMs: 1_000 });
      await arm(mode, "/v1/payment_intents", 3);
      const { paymentId, state } = await start(rest, { processor: impatient });
      expect(state).toBe("requested");
      await desk.t.adminSql`delete from stripe_sandbox.armed_faults`;
      await desk.standIn.advance(MINUTE);
      await sweepPayments(ctx());
      expect((await getPayment(desk.t.db, paymentId)).state).toBe("settled");
      expect(await chargesOf(input)).toBe(2);
      await booksAreClean();
    },
  );
});

/** A pool whose next transaction commits and whose reply is then lost on the way. */
function losingReply(db: Db): Db {
  let lost = false;
  return new Proxy(db, {
    get(target, name, receiver) {
      const found: unknown = Reflect.get(target, name, receiver);
      if (name !== "transaction" || lost) return found;
      return async (...given: Parameters<Db["transaction"]>) => {
        await target.transaction(...given);
        lost = true;
        throw new Error("the connection was lost after COMMIT");
      };
    },
  });
}

describe("a reply lost after COMMIT (R21)", () => {
  it("of a payment: the same form sent again meets what was committed, and is charged once", async () => {
    const input = await wish();
    await expect(start(input, { db: losingReply(desk.t.db) })).rejects.toThrow("after COMMIT");
    const [left] = await desk.t.db.select().from(payments).where(eq(payments.accountId, input.accountId));
    expect(left?.state).toBe("requested");
    const again = await start(input);
    expect(again).toMatchObject({ paymentId: left?.id, state: "settled" });
    expect(await chargesOf(input)).toBe(1);
    await booksAreClean();
  });

  it("of a check: recorded again with its key it is the same check", async () => {
    const { accountId, invoiceId } = await owing();
    const input = {
      ...{ accountId, kind: "check" as const, amountMinor: 100_00n, reference: "1", receivedOn: today },
      ...{ bills: [{ invoiceId, amountMinor: 100_00n }], idempotencyKey: `check ${accountId}` },
    };
    await expect(recordManualPayment({ ctx: ctx({ db: losingReply(desk.t.db) }), input })).rejects.toThrow(
      "after COMMIT",
    );
    expect(await recordManualPayment({ ctx: ctx(), input })).toMatchObject({ ok: true, value: { fresh: false } });
    expect((await desk.t.db.select().from(payments).where(eq(payments.accountId, accountId))).length).toBe(1);
  });
});

describe("events", () => {
  it("of a payment that come days late change nothing more (R11)", async () => {
    await desk.standIn.deliveries();
    const input = await wish();
    const { paymentId } = await start(input);
    const late = await desk.standIn.deliveries();
    await desk.standIn.advance(5 * DAY);
    const before = await desk.t.db.select().from(journals);
    for (const { raw, signature } of late) {
      expect(await receiveEvent({ ctx: ctx(), input: { raw, signature } })).toMatchObject({ ok: true });
      await processEvent(ctx(), (JSON.parse(raw) as { id: string }).id);
    }
    expect(await desk.t.db.select().from(journals)).toHaveLength(before.length);
    expect((await getPayment(desk.t.db, paymentId)).state).toBe("settled");
  });

  it("about what we do not know are parked with why, listed, and told to whoever watches the log (R12)", async () => {
    await desk.standIn.deliveries();
    await desk.standIn.stripe.paymentIntents.create({
      ...{ amount: 1000, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    const told = await desk.standIn.deliveries();
    const foreign = told.find(({ type }) => type === "payment_intent.succeeded");
    const { id } = JSON.parse(foreign?.raw ?? "{}") as { id: string };
    await receiveEvent({ ctx: ctx(), input: { raw: foreign?.raw ?? "", signature: foreign?.signature ?? "" } });
    const warned: unknown[] = [];
    const log = { info: () => undefined, warn: (facts: object) => void warned.push(facts), error: () => undefined };
    await processEvent(ctx({ log }), id);
    await processEvent(ctx({ log }), id);
    expect(warned).toEqual([{ eventId: id, type: "payment_intent.succeeded", reason: "unknown_object" }]);
    expect(await listParkedEvents(desk.t.db)).toMatchObject([{ id, parkedReason: "unknown_object" }]);
    await booksAreClean();
  });

  it("that were not meant for this account's books leave the processor alone while it is down: the job comes back", async () => {
    const down: Processor = { ...desk.standIn.processor, getIntent: () => Promise.reject(new Error("down")) };
    await desk.standIn.deliveries();
    await start(await wish());
    const event = (await desk.standIn.deliveries()).find(({ type }) => type === "payment_intent.succeeded");
    const { id } = JSON.parse(event?.raw ?? "{}") as { id: string };
    await receiveEvent({ ctx: ctx(), input: { raw: event?.raw ?? "", signature: event?.signature ?? "" } });
    await expect(processEvent(ctx({ processor: down }), id)).rejects.toThrow("down");
    const [row] = await desk.t.db
      .select()
      .from(processorEvents)
      .where(sql`id = ${id}`);
    expect(row).toMatchObject({ processedAt: null, parkedAt: null, attempts: 1 });
    await processEvent(ctx(), id);
    const [done] = await desk.t.db
      .select()
      .from(processorEvents)
      .where(sql`id = ${id}`);
    expect(done?.processedAt).not.toBeNull();
  });
});

describe("another's idempotency key (S48)", () => {
  it("is refused for another account, and tells nothing of the payment it has made", async () => {
    const first = await wish();
    const { paymentId } = await start(first);
    const second = { ...(await wish()), idempotencyKey: first.idempotencyKey };
    const refused = await startPayment({ ctx: ctx(), input: second });
    expect(refused).toEqual({ ok: false, reason: "key_reused_with_other_input" });
    expect(JSON.stringify(refused)).not.toContain(paymentId);
    expect(await desk.t.db.select().from(payments).where(eq(payments.accountId, second.accountId))).toEqual([]);
  });
});
