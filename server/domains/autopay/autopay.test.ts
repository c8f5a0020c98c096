import { and, eq, like } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";
import { mails, payments } from "#db/schema/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { concludeDraft } from "./conclude-draft.ts";
import {
  cancelScheduledPayment,
  changeScheduledPayment,
  getAutopay,
  listDrafts,
  nextDraft,
  replaceMethodInUse,
  runAutopayDuties,
  schedulePayment,
  stopAutopay,
  usesOfMethod,
} from "./index.ts";
import { DAY_MS, testPayers, type TestPayers } from "./test-payer.ts";

const desk = useStandIn(new Date("2028-02-10T15:00:00Z"));
let payers: TestPayers;
beforeAll(() => {
  payers = testPayers({ db: desk.t.db, standIn: desk.standIn, ctx });
});

const ctx = (parts: Partial<Ctx> = {}): Ctx =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });

describe("autopay", () => {
  it("announces ten days before and takes on the due date, over 29 February, once each", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const due = localDate("2028-02-29");
    const invoiceId = await payers.bill(who.accountId, { dueOn: due });
    await payers.live(8);
    expect(await payers.draftsOf(who.accountId)).toHaveLength(0);
    await payers.live(1);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([
      { state: "announced", draftOn: due, announcedMinor: 10_000n },
    ]);
    expect(await nextDraft(desk.t.db, who.accountId)).toMatchObject({ methodLabel: "Visa ··0341", draftOn: due });
    await payers.live(9);
    expect(await payers.openOf(invoiceId)).toBe(10_000n);
    await payers.live(3);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "paid", attempts: 1 }]);
    const [paid] = await desk.t.db.select().from(payments).where(eq(payments.accountId, who.accountId));
    expect(paid).toMatchObject({ state: "settled", settledOn: due });
    expect(await payers.mailKinds(who.email)).toEqual(["autopay_changed", "draft_notice", "receipt"]);
  });

  it("takes less when a part was paid by hand, and nothing when all was", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const dueOn = addDays(payers.today(), 10);
    const [first, second] = [
      await payers.bill(who.accountId, { dueOn }),
      await payers.bill(who.accountId, { dueOn, amount: "30.00" }),
    ];
    await payers.live(1);
    await recordManualPayment({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, kind: "check", amountMinor: 9_000n, reference: "7", receivedOn: payers.today() },
        ...{
          bills: [
            { invoiceId: first, amountMinor: 6_000n },
            { invoiceId: second, amountMinor: 3_000n },
          ],
        },
        ...{ creditAllowed: false, idempotencyKey: uuidv7() },
      },
    });
    await payers.live(12);
    const taken = await desk.t.db
      .select({ minor: payments.amountMinor })
      .from(payments)
      .where(and(eq(payments.accountId, who.accountId), eq(payments.kind, "card")));
    expect(taken).toEqual([{ minor: 4_000n }]);
    expect(await payers.openOf(first)).toBe(0n);
  });

  it("tries a declined card three times again, and tells when it fails first and when it stops", async () => {
    const who = await payers.payer("pm_card_chargeCustomerFail");
    await payers.enrol(who);
    const draftOn = addDays(payers.today(), 11);
    const invoiceId = await payers.bill(who.accountId, { dueOn: draftOn });
    await payers.live(40);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "failed", attempts: 4, draftOn }]);
    expect(await payers.openOf(invoiceId)).toBe(10_000n);
    const told = (await payers.mailsOf(who.email)).filter(({ kind }) => kind === "draft_failed");
    expect(told.map(({ data }) => data)).toMatchObject([
      { retryOn: addDays(draftOn, 1), lastOn: addDays(draftOn, 9), tries: 1, path: "/autopay" },
      { retryOn: null, lastOn: null, tries: 4, path: "/pay", changePath: "/autopay?step=wish" },
    ]);
  });

  it("a fixed amount is taken once a month, oldest bills first, over the change to summer time", async () => {
    const who = await payers.payer();
    await payers.enrol(who, { amountKind: "fixed", fixedMinor: 2_500n });
    await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 5) });
    await payers.live(70);
    const taken = (await payers.draftsOf(who.accountId)).filter((draft) => draft.state === "paid");
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(taken.every((draft) => draft.announcedMinor === 2_500n)).toBe(true);
    expect(new Set(taken.map((draft) => draft.draftOn.slice(0, 7))).size).toBe(taken.length);
  });

  it("turned off, it takes nothing of what it had announced", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 10) });
    await payers.live(1);
    expect(await nextDraft(desk.t.db, who.accountId)).not.toBeNull();
    await stopAutopay({ ctx: ctx(), input: { accountId: who.accountId } });
    await stopAutopay({ ctx: ctx(), input: { accountId: who.accountId } });
    expect(await getAutopay(desk.t.db, who.accountId)).toBeNull();
    await payers.live(12);
    expect(await payers.openOf(invoiceId)).toBe(10_000n);
  });

  it("two ticks at once announce once and take once", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 10) });
    await Promise.all([runAutopayDuties(ctx()), runAutopayDuties(ctx()), runAutopayDuties(ctx())]);
    expect(await payers.draftsOf(who.accountId)).toHaveLength(1);
    await desk.standIn.advance(10 * DAY_MS);
    await Promise.all([runAutopayDuties(ctx()), runAutopayDuties(ctx()), runAutopayDuties(ctx())]);
    await payers.live(1);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    expect(await desk.t.db.select().from(payments).where(eq(payments.accountId, who.accountId))).toHaveLength(1);
  });

  it("an imported account that nobody released is left alone", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    await desk.t.adminSql`update accounts set quarantined_at = now() where id = ${who.accountId}`;
    await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 3) });
    await payers.live(15);
    expect(await payers.draftsOf(who.accountId)).toHaveLength(0);
  });

  it("tells of an expiring card 30 and 7 days before, once each", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    await payers.expires(who.methodId, addDays(payers.today(), 45));
    await payers.live(80);
    const told = await desk.t.db
      .select()
      .from(mails)
      .where(like(mails.dedupeKey, `card-expiring:${who.methodId}%`));
    expect(told).toHaveLength(2);
  });
});

describe("a chosen date", () => {
  async function dated(more: Partial<Parameters<typeof schedulePayment>[0]["input"]> = {}) {
    const who = await payers.payer();
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 3) });
    const input = {
      ...{ accountId: who.accountId, bills: [{ invoiceId, amountMinor: 10_000n }], payOn: addDays(payers.today(), 5) },
      ...{ methodId: who.methodId, seenVersion: null, idempotencyKey: uuidv7(), ...more },
    };
    return { who, invoiceId, input, made: await schedulePayment({ ctx: ctx(), input }) };
  }

  it("holds its bills until its day and takes them then; the same form again is the same draft", async () => {
    const { who, invoiceId, input, made } = await dated();
    if (!made.ok) throw new Error(made.reason);
    expect(await schedulePayment({ ctx: ctx(), input })).toEqual(made);
    expect(await schedulePayment({ ctx: ctx(), input: { ...input, payOn: addDays(input.payOn, 1) } })).toMatchObject({
      reason: "key_reused_with_other_input",
    });
    const other = await schedulePayment({ ctx: ctx(), input: { ...input, idempotencyKey: uuidv7() } });
    expect(other.ok).toBe(true);
    await payers.live(7);
    expect(await payers.openOf(invoiceId)).toBe(0n);
    const states = (await payers.draftsOf(who.accountId)).map((draft) => draft.state).sort();
    expect(states).toEqual(["canceled", "paid"]);
  });

  it("can be moved, and cancelled until it is taken", async () => {
    const { who, invoiceId, input, made } = await dated();
    if (!made.ok) throw new Error(made.reason);
    const of = { accountId: who.accountId, draftId: made.value.draftId };
    const far = { ...of, payOn: addDays(payers.today(), 300), methodId: input.methodId };
    expect(await changeScheduledPayment({ ctx: ctx(), input: far })).toMatchObject({
      reason: "date_out_of_range",
    });
    const later = { ...of, payOn: addDays(payers.today(), 9), methodId: input.methodId };
    expect(await changeScheduledPayment({ ctx: ctx(), input: later })).toMatchObject({ ok: true });
    await payers.live(6);
    expect(await payers.openOf(invoiceId)).toBe(10_000n);
    expect(await cancelScheduledPayment({ ctx: ctx(), input: of })).toMatchObject({ ok: true });
    expect(await cancelScheduledPayment({ ctx: ctx(), input: of })).toMatchObject({ ok: true });
    await payers.live(6);
    expect(await payers.openOf(invoiceId)).toBe(10_000n);
    expect(await listDrafts(desk.t.db, { accountId: who.accountId, live: true })).toEqual([]);
  });

  it("a payment by hand of the whole bill cancels it", async () => {
    const { who, invoiceId } = await dated();
    await recordManualPayment({
      ctx: ctx(),
      input: {
        ...{
          accountId: who.accountId,
          kind: "cash",
          amountMinor: 10_000n,
          reference: null,
          receivedOn: payers.today(),
        },
        ...{ bills: [{ invoiceId, amountMinor: 10_000n }], creditAllowed: false, idempotencyKey: uuidv7() },
      },
    });
    await payers.live(7);
    expect(await payers.draftsOf(who.accountId)).toMatchObject([{ state: "canceled" }]);
  });
});

it("a method that is removed is taken over by another, or stops what relied on it", async () => {
  const who = await payers.payer();
  await payers.enrol(who);
  const other = await payers.save(who.accountId, "pm_card_mastercard");
  expect(await usesOfMethod(desk.t.db, who.methodId)).toEqual({ autopay: true, scheduled: 0, plan: 0 });
  await desk.t.db.transaction((tx) =>
    replaceMethodInUse({ ctx: ctx(), tx }, { accountId: who.accountId, from: who.methodId, to: other }),
  );
  expect((await getAutopay(desk.t.db, who.accountId))?.method.id).toBe(other);
  await desk.t.db.transaction((tx) =>
    replaceMethodInUse({ ctx: ctx(), tx }, { accountId: who.accountId, from: other, to: null }),
  );
  expect(await getAutopay(desk.t.db, who.accountId)).toBeNull();
});

it("what is concluded again stays as it is, and the books are clean after all of it", async () => {
  for (const { id } of await desk.t.db.select({ id: payments.id }).from(payments)) await concludeDraft(ctx(), id);
  const report = await proveBooks({ ctx: ctx(), input: { asOf: null } });
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
});
