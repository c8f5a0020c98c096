import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { type DbOrTx } from "#db/client.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Processor } from "#server/platform/processor.ts";
import { type Delivery } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { getPayment, type PaymentRequest, processEvent, receiveEvent, startPayment, sweepPayments } from "./index.ts";
import { oweHundred } from "./test-owing.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const desk = useStandIn();
let place = 0;

const ctx = (processor: Processor = desk.standIn.processor, db: DbOrTx = desk.t.db) =>
  testCtx(db, { processor, now: desk.standIn.now() });

/** A payment of 100.00 for the only bill of a new account, not yet asked for. */
async function wish(method: string): Promise<PaymentRequest> {
  place += 1;
  const { accountId, invoiceId } = await oweHundred(ctx(), { number: `X-${place}` });
  return {
    ...{ accountId, amountMinor: 100_00n, seenVersion: null, creditAllowed: false, idempotencyKey: `pay ${place}` },
    bills: [{ invoiceId, amountMinor: 100_00n }],
    means: { kind: "token", confirmationToken: await desk.standIn.token(method), save: false },
  };
}

async function start(input: PaymentRequest, processor?: Processor) {
  const started = await startPayment({ ctx: ctx(processor), input });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

/** A processor whose answer to a charge is never heard. */
const deaf = (): Processor => ({
  ...desk.standIn.processor,
  startIntent: async (asked) => {
    await desk.standIn.processor.startIntent(asked);
    return { known: false };
  },
});

/** The processor as it stands now, each question asked once. */
function standingStill(): Processor {
  const answers = new Map<string, Promise<never>>();
  const once =
    <T>(name: string, ask: (id: string) => Promise<T>) =>
    (id: string): Promise<T> => {
      const key = `${name} ${id}`;
      const known = (answers.get(key) as Promise<T> | undefined) ?? ask(id);
      answers.set(key, known as Promise<never>);
      return known;
    };
  const { getIntent, getDispute } = desk.standIn.processor;
  return { ...desk.standIn.processor, getIntent: once("intent", getIntent), getDispute: once("dispute", getDispute) };
}

/** All that the payment has left behind, as one text. */
async function endOf(db: DbOrTx, { accountId }: PaymentRequest): Promise<string> {
  const rows = await db.execute(sql`
    select
      (select json_agg(json_build_array(p.state, p.captured_minor, p.returned_minor, p.charged_back_minor) order by p.id)
        from payments p where p.account_id = ${accountId}) as payments,
      (select json_agg(json_build_array(i.open_minor, i.held_minor, i.paid_minor) order by i.id)
        from invoices i where i.account_id = ${accountId}) as bills,
      (select json_agg(json_build_array(c.kind, c.state, c.amount_minor) order by c.id)
        from chargebacks c where c.account_id = ${accountId}) as taken,
      (select json_agg(x order by x::text) from (
        select json_build_array(j.kind, l.kind, e.amount_minor) as x
        from entries e join journals j on j.number = e.journal_number
        join ledger_accounts l on l.id = e.ledger_account_id
        join money_actions a on a.id = j.action_id
        where a.account_id = ${accountId}) every_entry) as entries`);
  return JSON.stringify(rows[0]);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}

const idOf = ({ raw }: Delivery) => (JSON.parse(raw) as { id: string }).id;

class Undone extends Error {}

/** Runs in a transaction that leaves nothing behind. */
async function andUndo<T>(work: (db: DbOrTx) => Promise<T>): Promise<T> {
  const done: { value?: T } = {};
  await desk.t.db
    .transaction(async (tx) => {
      done.value = await work(tx);
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return done.value as T;
}

describe("six events of one payment", () => {
  it("in each of their 720 orders lead to the same end, and the books are clean", { timeout: 240_000 }, async () => {
    await desk.standIn.deliveries();
    const input = await wish("pm_usBankAccount_dispute");
    await start(input, deaf());
    await desk.standIn.advance(8 * DAY);
    const told = await desk.standIn.deliveries();
    await desk.standIn.advance(8 * DAY);
    told.push(...(await desk.standIn.deliveries()));
    const kinds = [
      "processing",
      "charge.succeeded",
      "intent.succeeded",
      "updated",
      "dispute.created",
      "dispute.closed",
    ];
    const six = kinds.map((kind) => told.find(({ type }) => type.endsWith(kind))).filter((one) => one !== undefined);
    expect(six.map(({ type }) => type)).toHaveLength(6);
    for (const { raw, signature } of six) await receiveEvent({ ctx: ctx(), input: { raw, signature } });
    const processor = standingStill();
    const tell = async (db: DbOrTx, order: readonly Delivery[]) => {
      for (const event of order) await processEvent(ctx(processor, db), idOf(event));
      return endOf(db, input);
    };
    const ends = new Set<string>();
    const orders = permutations(six);
    expect(orders).toHaveLength(720);
    for (const order of orders) ends.add(await andUndo((db) => tell(db, order)));
    expect([...ends]).toEqual([[...ends][0]]);
    expect(await tell(desk.t.db, six)).toBe([...ends][0]);
    expect((await proveBooks({ ctx: ctx(), input: { asOf: null } })).ok).toBe(true);
  });
});

describe("the inbox", () => {
  it("is done with an echo when it is stored, and gives out work for the others, once", async () => {
    await desk.standIn.deliveries();
    await start(await wish("pm_card_visa"), deaf());
    const told = await desk.standIn.deliveries();
    for (const { raw, signature } of [...told, ...told]) await receiveEvent({ ctx: ctx(), input: { raw, signature } });
    const [echo, work] = ["charge.succeeded", "payment_intent.succeeded"].map((kind) =>
      idOf(told.find(({ type }) => type === kind) as Delivery),
    );
    const rows = await desk.t.adminSql`
      select e.id, e.processed_at is null as waits, count(o.id)::int as given from processor_events e
      left join outbox o on o.name = 'processor_event.received' and o.payload->>'eventId' = e.id
      where e.id in (${echo ?? ""}, ${work ?? ""}) group by e.id`;
    expect(rows).toContainEqual({ id: echo, waits: false, given: 0 });
    expect(rows).toContainEqual({ id: work, waits: true, given: 1 });
  });
});

describe("one key", () => {
  it("posted 50 times at once is one journal, one intent, one answer", async () => {
    const input = await wish("pm_card_visa");
    const answers = await Promise.all(Array.from({ length: 50 }, () => start(input)));
    expect(new Set(answers.map((answer) => answer.paymentId)).size).toBe(1);
    await sweepPayments(ctx());
    expect((await getPayment(desk.t.db, answers[0]?.paymentId ?? "")).state).toBe("settled");
    expect(await chargesOf(input)).toBe(1);
  });

  it("that the processor has forgotten is answered from our own record", async () => {
    const input = await wish("pm_card_visa");
    const first = await start(input);
    await desk.t.adminSql`delete from stripe_sandbox.idempotency_keys`;
    expect(await start(input)).toMatchObject({ paymentId: first.paymentId, state: "settled" });
    expect(await chargesOf(input)).toBe(1);
  });
});

describe("a processor that fails", () => {
  it.each(["500", "503", "429", "reset", "done_then_reset", "done_then_500"])(
    "with %s is asked again with the same key: never failed while unknown, charged once in the end",
    { timeout: 60_000 },
    async (mode) => {
      const input = await wish("pm_card_visa");
      await desk.t.adminSql`
        insert into stripe_sandbox.armed_faults (mode, method, path, remaining)
        values (${mode}, 'POST', '/v1/payment_intents', 3)`;
      const started = await start(input);
      expect(["requested", "settled"]).toContain(started.state);
      await desk.t.adminSql`delete from stripe_sandbox.armed_faults`;
      // What it answered under the key is kept for a day; then the key is free again.
      await desk.t.adminSql`delete from stripe_sandbox.idempotency_keys`;
      await desk.standIn.advance(5 * MINUTE);
      await sweepPayments(ctx());
      expect((await getPayment(desk.t.db, started.paymentId)).state).toBe("settled");
      expect(await chargesOf(input)).toBe(1);
      expect((await proveBooks({ ctx: ctx(), input: { asOf: null } })).ok).toBe(true);
    },
  );
});

/** How often the processor has charged for this account. */
async function chargesOf({ accountId }: PaymentRequest): Promise<number> {
  const intents = await desk.standIn.stripe.paymentIntents.list({ limit: 100 });
  return intents.data.filter((one) => one.metadata["account_id"] === accountId && one.status === "succeeded").length;
}
