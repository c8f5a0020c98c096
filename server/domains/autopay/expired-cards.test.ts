import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";
import { moneyActions, paymentMethods, payments } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault } from "#server/platform/faults.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { listDrafts, runAutopayDuties, schedulePayment } from "./index.ts";
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
const attemptsOf = (accountId: string) => desk.t.db.select().from(payments).where(eq(payments.accountId, accountId));
const told = async ({ email }: Payer, kind: string) =>
  (await payers.mailsOf(email)).filter((mail) => mail.kind === kind).map(({ data }) => data);

/** On autopay from a card, with a bill in the month after the one in which the card expires. */
async function enrolled(known: string, bank = known) {
  const who = await payers.payer();
  await payers.enrol(who);
  await payers.expires(who.methodId, localDate(bank), localDate(known));
  const dueOn = addDays(payers.today(), 10);
  return { who, dueOn, invoiceId: await payers.bill(who.accountId, { dueOn }) };
}

describe("a card that has expired", () => {
  it("is told of in the notice, fails once on its day without being charged, and is told of once", async () => {
    const lastOn = localDate("2028-03-31");
    const { who, dueOn, invoiceId } = await enrolled(lastOn);
    await payers.live(1);
    expect(await told(who, "draft_notice")).toMatchObject([{ expiresOn: lastOn, path: "/autopay?step=wish" }]);
    expect(await listDrafts(desk.t.db, { accountId: who.accountId, live: true })).toMatchObject([
      { cardEndsOn: lastOn },
    ]);
    await payers.live(30);
    const drafts = await payers.draftsOf(who.accountId);
    expect(drafts).toMatchObject([{ state: "failed", attempts: 1, failureCode: "expired_card" }]);
    expect(await attemptsOf(who.accountId)).toEqual([]);
    expect(await payers.openOf(invoiceId)).toBe(100_00n);
    expect(await told(who, "draft_failed")).toMatchObject([
      { why: "The card has expired. Use another one.", retryOn: null, tries: 1, changePath: "/autopay?step=wish" },
    ]);
    expect(drafts[0]?.draftOn).toBe(addDays(dueOn, 1));
  });

  it("but was renewed by its bank is asked for first: nobody is told, it is charged, the new expiry is kept", async () => {
    const known = addDays(payers.today(), 3);
    const { who, invoiceId } = await enrolled(known, "2034-05-31");
    await payers.live(12);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    expect(await cardOf(who)).toMatchObject({ expMonth: 5, expYear: 2034 });
    expect(await told(who, "draft_notice")).toMatchObject([{ expiresOn: null }]);
    expect(await told(who, "card_expiring")).toEqual([]);
  });

  it("is neither charged nor given up while the processor does not say whether it was renewed", async () => {
    const { who } = await enrolled("2034-05-31");
    await payers.live(1);
    await payers.expires(who.methodId, localDate("2034-06-30"), addDays(payers.today(), -40));
    await desk.standIn.advance(10 * DAY_MS);
    const silent = { ...desk.standIn.processor, getMethod: () => Promise.reject(new Fault("unavailable", "silent")) };
    await runAutopayDuties(ctx({ processor: silent }));
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "announced", attempts: 0 }]);
    await runAutopayDuties(ctx());
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ attempts: 1 }]);
    expect(await attemptsOf(who.accountId)).toMatchObject([{ state: "settled" }]);
  });

  it("on a chosen date gives its bills back and says so on the card of its action", async () => {
    const who = await payers.payer();
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 3) });
    const payOn = addDays(payers.today(), 40);
    const made = await schedulePayment({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, bills: [{ invoiceId, amountMinor: 100_00n }], payOn, methodId: who.methodId },
        ...{ seenVersion: null, idempotencyKey: uuidv7() },
      },
    });
    if (!made.ok) throw new Error(made.reason);
    await payers.expires(who.methodId, payers.today());
    await payers.live(41);
    const [draft] = await payers.draftsOf(who.accountId);
    expect(draft).toMatchObject({ state: "failed", failureCode: "expired_card" });
    const [action] = await desk.t.db
      .select()
      .from(moneyActions)
      .where(eq(moneyActions.id, draft?.actionId ?? ""));
    expect(action).toMatchObject({ state: "failed", facts: { failure: "expired_card" } });
    expect(await payers.openOf(invoiceId)).toBe(100_00n);
  });
});
