import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";
import { accounts, mails, paymentMethods, payments, processorEvents } from "#db/schema/index.ts";
import { processEvent, receiveEvent, refreshCard } from "#server/domains/payments/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { type Delivery } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { runAutopayDuties, subscribeAutopay } from "./index.ts";
import { DAY_MS, type Payer, testPayers, type TestPayers } from "./test-payer.ts";

const desk = useStandIn(new Date("2028-03-24T17:00:00Z"));
let payers: TestPayers;
beforeAll(() => {
  payers = testPayers({ db: desk.t.db, standIn: desk.standIn, ctx });
});

const ctx = (parts: Partial<Ctx> = {}): Ctx =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });
const cardOf = async ({ methodId }: Payer) =>
  (await desk.t.db.select().from(paymentMethods).where(eq(paymentMethods.id, methodId)))[0];
const versionOf = async ({ accountId }: Payer) =>
  (await desk.t.db.select().from(accounts).where(eq(accounts.id, accountId)))[0]?.version;

/** On autopay from a card that ends with April, as everybody has it. */
async function enrolled() {
  const who = await payers.payer();
  await payers.enrol(who);
  await payers.expires(who.methodId, localDate("2028-04-30"));
  await desk.standIn.deliveries();
  await refreshCard(ctx(), who.methodId);
  return who;
}

/** What its bank does, and what the processor sends of it. */
async function bank(who: Payer, deed: "renew" | "replace"): Promise<Delivery[]> {
  await desk.standIn.press(`/methods/${(await cardOf(who))?.processorId ?? ""}/${deed}`);
  return desk.standIn.deliveries();
}

/** What the running server does with it. */
async function hear(deliveries: readonly Delivery[]): Promise<void> {
  for (const delivery of deliveries) {
    await receiveEvent({ ctx: ctx(), input: delivery });
    await processEvent(ctx(), idOf(delivery));
  }
  const relay = createRelay({ db: desk.t.db, log: ctx().log });
  subscribeAutopay(relay, () => ctx());
  await relay.drain();
}

const idOf = ({ raw }: Delivery) => (JSON.parse(raw) as { id: string }).id;

describe("the processor's word that a card was", () => {
  it("renewed brings its expiry up to date, once, however often it comes", async () => {
    const who = await enrolled();
    const word = await bank(who, "renew");
    expect(word.map(({ type }) => type)).toEqual(["payment_method.automatically_updated"]);
    const before = (await versionOf(who)) ?? 0;
    await hear([...word, ...word]);
    expect(await cardOf(who)).toMatchObject({ expMonth: 4, expYear: 2032, last4: "4242", brand: "visa" });
    expect(await versionOf(who)).toBe(before + 1);
  });

  it("replaced changes what it is recognised by; told in the wrong order, the last one counts", async () => {
    const who = await enrolled();
    const [first, second] = [await bank(who, "replace"), await bank(who, "replace")];
    await hear([...second, ...first]);
    expect(await cardOf(who)).toMatchObject({ expYear: 2036, last4: "6464", brand: "visa" });
  });

  it("edited at the processor is heard as well", async () => {
    const who = await enrolled();
    const card = { exp_month: 9, exp_year: 2033 };
    await desk.standIn.stripe.paymentMethods.update((await cardOf(who))?.processorId ?? "", { card });
    const word = await desk.standIn.deliveries();
    expect(word.map(({ type }) => type)).toEqual(["payment_method.updated"]);
    await hear(word);
    expect(await cardOf(who)).toMatchObject({ expMonth: 9, expYear: 2033 });
  });

  it("renewed is believed only when it is signed, and of a card that is saved here", async () => {
    const who = await enrolled();
    const [word] = await bank(who, "renew");
    if (!word) throw new Error("no word");
    const forged = { ...word, raw: word.raw.replace("automatically_updated", "updated") };
    expect(await receiveEvent({ ctx: ctx(), input: forged })).toEqual({ ok: false, reason: "bad_signature" });
    await desk.t.db.update(paymentMethods).set({ removedAt: ctx().now }).where(eq(paymentMethods.id, who.methodId));
    await hear([word]);
    expect(await cardOf(who)).toMatchObject({ expYear: 2028 });
    const [event] = await desk.t.db
      .select()
      .from(processorEvents)
      .where(eq(processorEvents.id, idOf(word)));
    expect(event).toMatchObject({ parkedAt: null, processedAt: expect.any(Date) });
  });

  it("renewed, asked for before and answered after another one, does not write over it", async () => {
    const who = await enrolled();
    const { processor } = desk.standIn;
    let slow = true;
    const overtaken: Ctx["processor"] = {
      ...processor,
      async getMethod(id) {
        const facts = await processor.getMethod(id);
        if (!slow) return facts;
        slow = false;
        await bank(who, "replace");
        await refreshCard(ctx(), who.methodId);
        return facts && { ...facts, expYear: 2030 };
      },
    };
    await refreshCard(ctx({ processor: overtaken }), who.methodId);
    expect(await cardOf(who)).toMatchObject({ expYear: 2032, last4: "5353" });
  });
});

describe("after a card was renewed", () => {
  const notices = (who: Payer) =>
    desk.t.db
      .select()
      .from(mails)
      .where(and(eq(mails.toAddress, who.email), eq(mails.kind, "card_expiring")));

  it("a notice that it expires is no longer sent, one that was sent stands, and none follows", async () => {
    const [waiting, told] = [await enrolled(), await enrolled()];
    await desk.standIn.advance(8 * DAY_MS);
    await runAutopayDuties(ctx());
    await desk.t.db.update(mails).set({ html: "<p>", sentAt: ctx().now }).where(eq(mails.toAddress, told.email));
    for (const who of [waiting, told]) {
      expect(await notices(who)).toHaveLength(1);
      await hear(await bank(who, "renew"));
    }
    expect([await notices(waiting), await notices(told)]).toMatchObject([[], [{ kind: "card_expiring" }]]);
    await payers.live(40);
    expect([(await notices(waiting)).length, (await notices(told)).length]).toEqual([0, 1]);
  });

  it("a draft that was held for it goes on at once", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 10) });
    await payers.live(1);
    // Expired by what is known here and there, and the processor does not answer on the draft's day.
    await payers.expires(who.methodId, addDays(payers.today(), -40));
    await desk.standIn.deliveries();
    await desk.standIn.advance(10 * DAY_MS);
    const silent = { ...desk.standIn.processor, getMethod: () => Promise.reject(new Fault("unavailable", "silent")) };
    await runAutopayDuties(ctx({ processor: silent }));
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "announced", attempts: 0 }]);
    await hear(await bank(who, "renew"));
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "paid", attempts: 1 }]);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    const attempts = await desk.t.db.select().from(payments).where(eq(payments.accountId, who.accountId));
    expect(attempts).toMatchObject([{ state: "settled" }]);
  });
});
