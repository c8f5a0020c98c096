import { and, asc, eq, isNotNull, like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDate, type LocalDate, localDateOf } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import {
  accountPeople,
  drafts,
  logins,
  mails,
  moneyActions,
  paymentMethods,
  payments,
  plans,
  promises,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import { retireMethod, runAutopayDuties } from "#server/domains/autopay/index.ts";
import { getAccountMoney, issueInvoice } from "#server/domains/invoices/index.ts";
import { sendQueuedMail, writeTopicsOff } from "#server/domains/notifications/index.ts";
import { processEvent, receiveEvent, startPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  acceptPlan,
  approvePlan,
  cancelPlan,
  changePlanMethod,
  declinePlan,
  finishPlan,
  getPlan,
  getPromise,
  listMissed,
  offerPlan,
  payPlanAhead,
  promiseToPay,
  proposePlan,
  reconcilePlan,
  runPlanDuties,
} from "./index.ts";

const DAY_MS = 86_400_000;
const ZONE = "America/New_York";
let t: TestDatabase;
let standIn: StandIn;
let place = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2028-01-03T15:00:00Z"));
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const ctx = (actor: Actor = { kind: "system", name: "test" }) =>
  testCtx(t.db, { processor: standIn.processor, now: standIn.now(), actor });
const today = (): LocalDate => localDateOf(standIn.now(), ZONE);

async function save(accountId: string, card: string): Promise<string> {
  const key = `test:${accountId}`;
  const customer = await standIn.processor.createCustomer({ key, accountId, email: null, name: "Ada" });
  await t.adminSql`insert into processor_customers (account_id, processor_id) values (${accountId}, ${customer})
    on conflict do nothing`;
  const attached = await standIn.stripe.paymentMethods.attach(card, { customer });
  const [method] = await t.db
    .insert(paymentMethods)
    .values({
      accountId,
      processorId: attached.id,
      kind: "card",
      last4: "0341",
      brand: "visa",
      expMonth: 12,
      expYear: 2034,
    })
    .returning();
  return method?.id ?? "";
}

/** An account in New York with one bill of 100.00 that was due yesterday, and a saved card. */
async function owing(card = "pm_card_visa") {
  place += 1;
  const { value } = await createAccounts({
    ctx: ctx(),
    input: {
      accounts: [
        ...[{ number: `P-${String(place)}`, name: "Ada", email: `ada-${String(place)}@demo.test` }].map((one) => ({
          ...one,
          currency: currency("USD"),
          zone: ZONE,
        })),
      ],
    },
  });
  const accountId = value[0]?.id ?? "";
  const dueOn = addDays(today(), -1);
  const issued = await issueInvoice({
    ctx: ctx(),
    input: {
      ...{ accountId, issuedOn: addDays(dueOn, -20), dueOn, idempotencyKey: `bill ${String(place)}` },
      lines: [{ description: "Water", unitPrice: "100.00" }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return { accountId, invoiceId: issued.value.invoiceId, methodId: await save(accountId, card), key: String(place) };
}

type Owing = Awaited<ReturnType<typeof owing>>;
const wishOf = (who: Owing) => ({
  ...{ accountId: who.accountId, invoiceIds: [who.invoiceId], downMinor: 10_00n, instalments: 3 },
  ...{ every: "month" as const, firstOn: addDays(today(), 28) },
});

async function offered(who: Owing, more: object = {}) {
  const offer = await offerPlan({
    ctx: ctx(),
    input: {
      ...{ ...wishOf(who), ...more, conversationId: null, countersId: null, note: null, seenVersion: null },
      idempotencyKey: `offer ${who.key}`,
    },
  });
  if (!offer.ok) throw new Error(offer.reason);
  return offer.value.planId;
}

const accept = (who: Owing, planId: string) =>
  acceptPlan({ ctx: ctx(), input: { planId, methodId: who.methodId, mandateText: "I agree.", ip: "203.0.113.9" } });

async function running(card?: string, more: object = {}) {
  const who = await owing(card);
  const planId = await offered(who, more);
  const accepted = await accept(who, planId);
  if (!accepted.ok) throw new Error(accepted.reason);
  return { ...who, planId };
}

const planOf = ({ planId, accountId }: { planId: string; accountId: string }) =>
  getPlan(t.db, { planId, accountId, today: today() });
const statesOf = async (who: { planId: string; accountId: string }) =>
  (await planOf(who)).schedule.map((one) => `${one.state} ${String(one.dueMinor)}`);
const moneyOf = (accountId: string) => getAccountMoney(t.db, accountId, today());

/** What the running server does by itself: the tick, the processor's news, and what follows from events. */
async function settle(who: { planId: string }): Promise<void> {
  for (const delivery of await standIn.deliveries()) {
    await receiveEvent({ ctx: ctx(), input: delivery });
    await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
  }
  await runAutopayDuties(ctx());
  await reconcilePlan(ctx(), who.planId);
  await runPlanDuties(ctx());
}

async function days(count: number, who: { planId: string }): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await standIn.advance(DAY_MS);
    await settle(who);
    await settle(who);
  }
}

const mailsOf = async (key: string, kind: string) =>
  (
    await t.db
      .select()
      .from(mails)
      .where(and(eq(mails.kind, kind), like(mails.dedupeKey, "plan-%"), eq(mails.toAddress, `ada-${key}@demo.test`)))
  ).length;

/** All that somebody was mailed, in order. */
const mailed = async (key: string) =>
  (
    await t.db
      .select()
      .from(mails)
      .where(eq(mails.toAddress, `ada-${key}@demo.test`))
      .orderBy(asc(mails.id))
  ).map(({ kind }) => kind);

/** What of all that is told is sent, in order, once it is worked off. */
async function sentTo(key: string, to = `ada-${key}@demo.test`): Promise<string[]> {
  const told = await t.db.select().from(mails).where(eq(mails.toAddress, to)).orderBy(asc(mails.id));
  const render = () => Promise.resolve({ subject: "", html: "<p>", plain: "" });
  const send = () => Promise.resolve();
  for (const { id } of told) await sendQueuedMail({ ctx: ctx(), input: { mailId: id, render, send } });
  const sent = and(eq(mails.toAddress, to), isNotNull(mails.sentAt));
  return (await t.db.select().from(mails).where(sent).orderBy(asc(mails.id))).map(({ kind }) => kind);
}

describe("agreeing", () => {
  it("an offer claims nothing; accepted, nothing of it is past due any more", async () => {
    const who = await owing();
    const planId = await offered(who);
    expect((await moneyOf(who.accountId)).pastDue.amountMinor).toBe(100_00n);
    expect(await accept(who, planId)).toMatchObject({ ok: true });
    const after = await moneyOf(who.accountId);
    expect([after.pastDue.amountMinor, after.planned.amountMinor, after.payable.amountMinor]).toEqual([
      0n,
      100_00n,
      0n,
    ]);
    const plan = await planOf({ ...who, planId });
    expect(plan.mandate).toMatchObject({ text: "I agree.", ip: "203.0.113.9" });
    expect(plan.schedule.map((one) => one.amountMinor)).toEqual([10_00n, 30_00n, 30_00n, 30_00n]);
  });

  it("accepted twice at once it runs once; the same offer again is the same plan", async () => {
    const who = await owing();
    const planId = await offered(who);
    expect(await offered(who)).toBe(planId);
    const answers = await Promise.all([accept(who, planId), accept(who, planId)]);
    expect(answers.every((one) => one.ok)).toBe(true);
    const made = await t.db.select().from(drafts).where(eq(drafts.sourceId, planId));
    expect(made.map((draft) => draft.announcedMinor)).toEqual([10_00n]);
    expect(await mailsOf(who.key, "plan_accepted")).toBe(1);
  });

  it("accepted, one mail says every day and amount, from where and of which bills; nothing else does", async () => {
    const who = await owing();
    const planId = await offered(who, { every: "week", firstOn: addDays(today(), 10) });
    expect(await accept(who, planId)).toMatchObject({ ok: true });
    // Both of them are announced: the down payment of today, and the first instalment in ten days.
    const made = await t.db.select().from(drafts).where(eq(drafts.sourceId, planId));
    expect(made.map((draft) => draft.announcedMinor)).toEqual([10_00n, 30_00n]);
    expect(await mailed(who.key)).toEqual(["plan_offered", "plan_accepted"]);
    const [told] = await t.db
      .select()
      .from(mails)
      .where(eq(mails.dedupeKey, `plan-accepted:${planId}`));
    const days = [today(), ...[10, 17, 24].map((later) => addDays(today(), later))];
    expect(told?.data).toMatchObject({
      ...{ method: "Visa ··0341", bills: [{ amount: { amountMinor: "10000" } }] },
      schedule: [10_00, 30_00, 30_00, 30_00].map((minor, at) => ({
        ...{ dueOn: days[at], amount: { amountMinor: String(minor), currency: "USD" } },
      })),
    });
  });

  it("a counter below the bound is refused with what is allowed, and the offer still stands", async () => {
    const who = await owing();
    const planId = await offered(who);
    const counter = await proposePlan({
      ctx: ctx(),
      input: {
        ...{
          ...wishOf(who),
          instalments: 12,
          every: "week" as const,
          methodId: who.methodId,
          mandateText: "I",
          ip: null,
        },
        ...{ countersId: planId, note: null, title: "Plan", seenVersion: null, idempotencyKey: `counter ${who.key}` },
      },
    });
    expect(counter).toMatchObject({ ok: false, reason: "instalment_too_small", leastMinor: 10_00n, most: 9 });
    expect((await planOf({ ...who, planId })).state).toBe("offered");
  });

  const counterOf = (who: Owing, planId: string) => ({
    ...{ ...wishOf(who), instalments: 4, methodId: who.methodId, mandateText: "I", ip: null, countersId: planId },
    ...{ note: null, title: "Plan", seenVersion: null, idempotencyKey: `counter ${who.key}` },
  });

  it("a counter within bounds takes the offer's place and waits for the biller", async () => {
    const who = await owing();
    const planId = await offered(who);
    const input = counterOf(who, planId);
    const counter = await proposePlan({ ctx: ctx(), input });
    if (!counter.ok) throw new Error(counter.reason);
    expect(await proposePlan({ ctx: ctx(), input })).toEqual(counter);
    expect((await planOf({ ...who, planId })).state).toBe("declined");
    expect(await approvePlan({ ctx: ctx(), input: counter.value })).toMatchObject({ ok: true });
    expect((await planOf({ ...who, ...counter.value })).state).toBe("active");
  });

  it("a proposal whose card is removed asks what takes over, and is not approved without one", async () => {
    const who = await owing();
    const proposal = await proposePlan({ ctx: ctx(), input: counterOf(who, await offered(who)) });
    if (!proposal.ok) throw new Error(proposal.reason);
    const remove = (succession: "unsaid" | "stop") =>
      retireMethod({ ctx: ctx(), input: { accountId: who.accountId, methodId: who.methodId, succession } });
    expect(await remove("unsaid")).toMatchObject({ reason: "in_use", uses: { plan: 1 } });
    expect(await remove("stop")).toMatchObject({ ok: true });
    const approve = () => approvePlan({ ctx: ctx(), input: proposal.value });
    expect(await approve()).toMatchObject({ reason: "nothing_to_pay_from" });
    expect(await planOf({ ...who, ...proposal.value })).toMatchObject({ state: "proposed", methodLabel: null });
  });

  it("S42: approved and taken back at once, one of the two happens and the other is told", async () => {
    for (let round = 0; round < 6; round += 1) {
      const who = await owing();
      const counter = await proposePlan({ ctx: ctx(), input: counterOf(who, await offered(who)) });
      if (!counter.ok) throw new Error(counter.reason);
      const input = counter.value;
      const both = [
        () => approvePlan({ ctx: ctx(), input }),
        () => declinePlan({ ctx: ctx(), input: { ...input, reason: null } }),
      ];
      if (round % 2 === 1) both.reverse();
      const answers = await Promise.all(both.map((decide) => decide()));
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect(answers.find((one) => !one.ok)).toMatchObject({ reason: "already_answered" });
      const { state } = await planOf({ ...who, ...input });
      const approved = answers[round % 2]?.ok;
      expect(state).toBe(approved ? "active" : "declined");
      const made = await t.db.select().from(drafts).where(eq(drafts.sourceId, input.planId));
      expect(made).toHaveLength(approved ? 1 : 0);
      expect((await moneyOf(who.accountId)).planned.amountMinor > 0n).toBe(approved);
    }
  });

  it("beyond a rep's bound the refusal names who may", async () => {
    const who = await owing();
    await t.db.insert(logins).values({ email: `boss-${who.key}@demo.test`, name: "Bo", role: "supervisor" });
    const rep: Actor = {
      ...{ kind: "staff", loginId: "", name: "Rae", email: "rae@demo.test", locale: "en-US", role: "rep" },
    };
    const input = {
      ...{ ...wishOf(who), instalments: 7, conversationId: null, countersId: null, note: null, seenVersion: null },
      idempotencyKey: `bound ${who.key}`,
    };
    expect(await offerPlan({ ctx: ctx(rep), input })).toMatchObject({
      ...{ ok: false, reason: "above_own_bound", mostInstalments: 6, people: ["Bo"] },
    });
  });

  it("accepting while somebody pays by hand: one of them is told, and the books hold", async () => {
    const who = await owing();
    const planId = await offered(who);
    const [accepted, paid] = await Promise.all([
      accept(who, planId),
      startPayment({
        ctx: ctx(),
        input: {
          ...{ accountId: who.accountId, amountMinor: 100_00n, seenVersion: null, creditAllowed: false },
          bills: [{ invoiceId: who.invoiceId, amountMinor: 100_00n }],
          ...{ means: { kind: "saved", methodId: who.methodId }, idempotencyKey: `by hand ${who.key}` },
        },
      }),
    ]);
    expect(paid.ok).toBe(true);
    if (!accepted.ok) expect(accepted.reason).toBe("bills_changed");
    await settle({ planId });
    const plan = await planOf({ ...who, planId });
    expect(["offered", "completed"]).toContain(plan.state);
    expect((await moneyOf(who.accountId)).open.amountMinor).toBe(0n);
  });

  it("declined, a card says so and nothing begins; an unanswered one expires on its day", async () => {
    const [one, other] = [await owing(), await owing()];
    const [declined, expiring] = [await offered(one), await offered(other)];
    await declinePlan({ ctx: ctx(), input: { planId: declined, reason: null } });
    const [row] = await t.db.select().from(plans).where(eq(plans.id, declined));
    const [action] = await t.db
      .select()
      .from(moneyActions)
      .where(eq(moneyActions.id, row?.actionId ?? ""));
    expect([action?.state, action?.facts["planState"]]).toEqual(["refused", "declined"]);
    expect(await accept(one, declined)).toMatchObject({ ok: false, reason: "already_answered" });
    await days(14, { planId: expiring });
    expect((await planOf({ ...other, planId: expiring })).state).toBe("offered");
    await days(1, { planId: expiring });
    expect((await planOf({ ...other, planId: expiring })).state).toBe("expired");
  });
});

describe("running", () => {
  it("a whole plan is drafted by itself, over 29 February and the change of the clocks, and completes to the cent", async () => {
    const who = await running("pm_card_visa", { firstOn: localDate("2028-02-29") });
    await days(85, who);
    const plan = await planOf(who);
    expect(plan.schedule.map((one) => one.dueOn).slice(1)).toEqual(["2028-02-29", "2028-03-29", "2028-04-29"]);
    await days(30, who);
    expect(await statesOf(who)).toEqual(["paid 0", "paid 0", "paid 0", "paid 0"]);
    expect((await planOf(who)).state).toBe("completed");
    const taken = await t.db.select().from(drafts).where(eq(drafts.sourceId, who.planId)).orderBy(asc(drafts.draftOn));
    expect(taken.map((draft) => [draft.state, draft.draftOn, draft.announcedMinor]).slice(1)).toEqual([
      ["paid", "2028-02-29", 30_00n],
      ["paid", "2028-03-29", 30_00n],
      ["paid", "2028-04-29", 30_00n],
    ]);
    const after = await moneyOf(who.accountId);
    expect([after.open.amountMinor, after.unapplied.amountMinor]).toEqual([0n, 0n]);
    expect(await mailsOf(who.key, "plan_ended")).toBe(1);
    const sent = await sentTo(who.key);
    expect([sent.at(-1), sent.includes("plan_ended")]).toEqual(["receipt", false]);
    const report = await proveBooks({ ctx: ctx(), input: { asOf: null } });
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  }, 120_000);

  it("paid ahead by hand the next instalment shrinks, announced or not; the rest pays it off and ends it", async () => {
    const who = await running();
    await settle(who);
    expect(await statesOf(who)).toEqual(["paid 0", "scheduled 3000", "scheduled 3000", "scheduled 3000"]);
    await days(19, who);
    expect((await statesOf(who))[1]).toBe("announced 3000");
    const ahead = { planId: who.planId, methodId: who.methodId, feeSeenMinor: 0n };
    const more = await payPlanAhead({ ctx: ctx(), input: { ...ahead, amountMinor: 90_01n, idempotencyKey: "more" } });
    expect(more).toMatchObject({ ok: false, reason: "more_than_left", leftMinor: 90_00n });
    const input = { ...ahead, amountMinor: 12_00n, idempotencyKey: `ahead ${who.key}` };
    const [first, again] = await Promise.all([
      payPlanAhead({ ctx: ctx(), input }),
      payPlanAhead({ ctx: ctx(), input }),
    ]);
    expect(first.ok && again.ok && first.value.paymentId === again.value.paymentId).toBe(true);
    await settle(who);
    expect(await statesOf(who)).toEqual(["paid 0", "announced 1800", "scheduled 3000", "scheduled 3000"]);
    const waiting = and(eq(drafts.sourceId, who.planId), eq(drafts.state, "announced"));
    expect((await t.db.select().from(drafts).where(waiting)).map((draft) => draft.announcedMinor)).toEqual([18_00n]);
    const rest = await finishPlan({ ctx: ctx(), input: { ...ahead, idempotencyKey: `finish ${who.key}` } });
    expect(rest.ok).toBe(true);
    await settle(who);
    expect((await planOf(who)).state).toBe("completed");
    const sent = await sentTo(who.key);
    expect([sent.at(-1), sent.includes("plan_ended")]).toEqual(["receipt", false]);
    const paid = await t.db.select().from(payments).where(eq(payments.accountId, who.accountId));
    expect(paid.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(100_00n);
  }, 60_000);

  it("what ends it is one mail: the receipt that says so; without receipts, or after a credit, the plan's own", async () => {
    const quiet = await running();
    const away = { ...(await running()), toOther: `bo-${String(place)}@demo.test` };
    const credited = await running();
    await days(1, quiet);
    await writeTopicsOff(t.db, { address: `ada-${quiet.key}@demo.test`, wanted: { receipt: false } });
    for (const who of [quiet, away]) {
      // Whoever agreed to it is written to about it; whoever is on file, about what came by hand.
      if (who === away) {
        const person = { email: away.toOther, name: "Bo", role: "customer" as const };
        const [bo] = await t.db.insert(logins).values(person).returning();
        await t.db
          .update(plans)
          .set({ acceptedBy: bo?.id ?? null })
          .where(eq(plans.id, who.planId));
        await t.db.insert(accountPeople).values({ accountId: who.accountId, loginId: bo?.id ?? "", right: "pay" });
      }
      const input = { planId: who.planId, methodId: who.methodId, feeSeenMinor: 0n };
      await finishPlan({ ctx: ctx(), input: { ...input, idempotencyKey: `finish ${who.key}` } });
      await settle(who);
    }
    await applyCredit({
      ctx: ctx(),
      input: {
        ...{ accountId: credited.accountId, kind: "goodwill", amount: money(100_00n, currency("USD")) },
        ...{ reason: "service_issue", invoiceId: credited.invoiceId, conversationId: null },
        idempotencyKey: `credit ${credited.key}`,
      },
    });
    await settle(credited);
    for (const who of [quiet, away, credited]) expect((await planOf(who)).state).toBe("completed");
    expect((await sentTo(quiet.key)).at(-1)).toBe("plan_ended");
    expect(await sentTo(away.key)).not.toContain("plan_ended");
    expect(await sentTo(away.key, away.toOther)).toEqual(["plan_ended"]);
    expect((await sentTo(credited.key)).at(-1)).toBe("plan_ended");
  });

  it("a credit on a planned bill shortens the last instalments", async () => {
    const who = await running();
    await settle(who);
    const given = await applyCredit({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, kind: "goodwill", amount: money(40_00n, currency("USD")) },
        ...{ reason: "service_issue", invoiceId: who.invoiceId, conversationId: null },
        idempotencyKey: `credit ${who.key}`,
      },
    });
    expect(given.ok).toBe(true);
    await settle(who);
    expect(await statesOf(who)).toEqual(["paid 0", "scheduled 3000", "scheduled 2000", "cancelled 0"]);
    const after = await moneyOf(who.accountId);
    expect(after.planned.amountMinor).toBe(50_00n);
  });

  it("missed, it waits its grace, then moves to the last; the next one missed breaks the plan and it is owed again", async () => {
    const who = await running("pm_card_chargeCustomerFail", { downMinor: 0n });
    await days(29, who);
    expect((await statesOf(who))[0]).toBe("missed 3333");
    expect(await listMissed(t.db, who.accountId)).toMatchObject([{ planId: who.planId, due: { amountMinor: 3333n } }]);
    // Declined on its day and once more since: the first is told, with why, until when again, by when and what then.
    const tries = () =>
      t.db
        .select()
        .from(mails)
        .where(like(mails.dedupeKey, `plan-missed:${who.planId}:%`))
        .orderBy(asc(mails.createdAt));
    const [first, ...more] = await tries();
    expect(more).toEqual([]);
    const dueOn = (await planOf(who)).schedule[0]?.dueOn ?? today();
    const [why, payBy] = [expect.stringMatching(/bank declined/), addDays(dueOn, 10)];
    // The landing and the plan's page name the day that the mail does.
    expect([...(await listMissed(t.db, who.accountId)), (await planOf(who)).schedule[0]]).toMatchObject([
      { dueOn, payBy },
      { dueOn, payBy },
    ]);
    const again = { retryOn: addDays(dueOn, 1), lastOn: addDays(dueOn, 9) };
    expect(first?.data).toMatchObject({ dueOn, payBy, why, ...again, method: "Visa ··0341", otherwise: "moves" });
    expect((await mailed(who.key)).filter((kind) => kind === "draft_failed")).toEqual([]);
    expect((await moneyOf(who.accountId)).pastDue.amountMinor).toBe(0n);
    await days(10, who);
    expect(await listMissed(t.db, who.accountId)).toEqual([]);
    expect(await statesOf(who)).toEqual(["moved 0", expect.stringContaining("3333"), "scheduled 6667"]);
    expect((await tries()).map(({ data }) => data)).toMatchObject([
      ...[again, { dueOn, payBy, why, retryOn: null, lastOn: null, otherwise: "moves" }],
    ]);
    // Told of once: what the last one is now and when, and until when the next can be paid so that the plan goes on.
    const [, nextOn = today(), lastOn = today()] = (await planOf(who)).schedule.map((one) => one.dueOn);
    const moved = await t.db
      .select()
      .from(mails)
      .where(like(mails.dedupeKey, `plan-moved:${who.planId}:%`));
    expect(moved.map(({ data }) => data)).toMatchObject([
      {
        ...{ amount: { amountMinor: "3333" }, dueOn, mayMove: 0, payBy: addDays(nextOn, 10), method: "Visa ··0341" },
        left: [
          { on: nextOn, amount: { amountMinor: "3333" } },
          { on: lastOn, amount: { amountMinor: "6667" } },
        ],
      },
    ]);
    await days(40, who);
    expect((await planOf(who)).state).toBe("broken");
    const after = await moneyOf(who.accountId);
    expect([after.planned.amountMinor, after.pastDue.amountMinor]).toEqual([0n, 100_00n]);
    const live = and(eq(drafts.sourceId, who.planId), eq(drafts.state, "announced"));
    expect(await t.db.select().from(drafts).where(live)).toEqual([]);
    const told = await tries();
    expect(told.every(({ data }) => (data as { why: string | null }).why !== null)).toBe(true);
    expect(told.slice(2).map(({ data }) => (data as { otherwise: string }).otherwise)).toEqual(["ends", "ends"]);
    expect(await mailsOf(who.key, "plan_moved")).toBe(1);
    const [ended] = await t.db
      .select()
      .from(mails)
      .where(eq(mails.dedupeKey, `plan-ended:${who.planId}`));
    expect(ended?.data).toMatchObject({ how: "broken", left: { amountMinor: "10000" }, payBy: null });
  }, 120_000);

  it("moved into a last one that is announced already, one mail says both: the new amount, its day and from where", async () => {
    const two = { downMinor: 0n, instalments: 2, every: "two_weeks" };
    const who = await running("pm_card_chargeCustomerFail", two);
    await days(28 + 10, who);
    const notices = async () => (await mailed(who.key)).filter((kind) => kind === "draft_notice").length;
    const [before, lastOn = today()] = [await notices(), (await planOf(who)).schedule.at(-1)?.dueOn];
    const live = and(eq(drafts.sourceId, who.planId), eq(drafts.state, "announced"), eq(drafts.attempts, 0));
    expect(await t.db.select().from(drafts).where(live)).toMatchObject([{ draftOn: lastOn, announcedMinor: 50_00n }]);
    await days(1, who);
    const [draft] = await t.db.select().from(drafts).where(live);
    expect(draft?.announcedMinor).toBe(100_00n);
    expect(draft?.draftOn).toBe(addDays(today(), 10));
    expect(await notices()).toBe(before);
    const [moved, ...more] = await t.db
      .select()
      .from(mails)
      .where(like(mails.dedupeKey, `plan-moved:${who.planId}:%`));
    expect(more).toEqual([]);
    const left = [{ on: draft?.draftOn, amount: { amountMinor: "10000", currency: "USD" } }];
    expect(moved?.data).toMatchObject({ left, method: "Visa ··0341" });
  }, 60_000);

  it("paid from another card between two tries that is declined too: told of that one as well, once", async () => {
    const who = await running("pm_card_chargeCustomerFail", { downMinor: 0n });
    await days(28, who);
    const other = await save(who.accountId, "pm_card_chargeCustomerFail");
    await t.db.update(paymentMethods).set({ last4: "0002" }).where(eq(paymentMethods.id, other));
    expect(await changePlanMethod({ ctx: ctx(), input: { planId: who.planId, methodId: other } })).toMatchObject({
      ok: true,
    });
    await settle(who);
    const missed = like(mails.dedupeKey, `plan-missed:${who.planId}:%`);
    const told = async () =>
      (await t.db.select().from(mails).where(missed).orderBy(asc(mails.id))).map(({ data }) => data);
    const dueOn = (await planOf(who)).schedule[0]?.dueOn ?? today();
    const before = { method: "Visa ··0341", retryOn: addDays(dueOn, 1), chosenSince: false };
    expect(await told()).toMatchObject([before]);
    await days(1, who);
    const since = { method: "Visa ··0002", retryOn: addDays(dueOn, 4), chosenSince: true };
    expect(await told()).toMatchObject([before, since]);
    await days(3, who);
    expect(await told()).toMatchObject([before, since]);
    await days(5, who);
    expect(await told()).toMatchObject([before, since, { retryOn: null, chosenSince: false }]);
  }, 60_000);

  it("an expired card is not charged for an instalment: missed once, told once, with the reason", async () => {
    const who = await running("pm_card_visa", { downMinor: 0n });
    const card = { expMonth: 12, expYear: 2027 };
    const [method] = await t.db.update(paymentMethods).set(card).where(eq(paymentMethods.id, who.methodId)).returning();
    const bank = { card: { exp_month: card.expMonth, exp_year: card.expYear } };
    await standIn.stripe.paymentMethods.update(method?.processorId ?? "", bank);
    await days(32, who);
    expect((await statesOf(who))[0]).toBe("missed 3333");
    expect(await t.db.select().from(payments).where(eq(payments.accountId, who.accountId))).toEqual([]);
    const told = await t.db
      .select()
      .from(mails)
      .where(like(mails.dedupeKey, `plan-missed:${who.planId}:%`));
    const why = "The card has expired. Use another one.";
    expect(told.map(({ data }) => data)).toMatchObject([{ why, retryOn: null, otherwise: "moves" }]);
  }, 60_000);

  it("cancelled by the biller its drafts go and its bills are owed again", async () => {
    const who = await running();
    await cancelPlan({ ctx: ctx(), input: { planId: who.planId, reason: "Moved away" } });
    const after = await moneyOf(who.accountId);
    expect([after.planned.amountMinor, after.pastDue.amountMinor]).toEqual([0n, 100_00n]);
    expect((await t.db.select().from(drafts).where(eq(drafts.sourceId, who.planId)))[0]?.state).toBe("canceled");
  });
});

describe("promises", () => {
  const promise = (who: Owing, inDays: number, key = "p") =>
    promiseToPay({
      ctx: ctx(),
      input: {
        ...{ accountId: who.accountId, promisedOn: addDays(today(), inDays), note: null },
        idempotencyKey: `promise ${who.key} ${key}`,
      },
    });

  it("stands until its day is over, then it is broken; a second one takes its place", async () => {
    const who = await owing();
    expect(await promise(who, 15)).toMatchObject({ ok: false, reason: "date_out_of_range" });
    expect((await promise(who, 5)).ok && (await promise(who, 5)).ok).toBe(true);
    expect((await promise(who, 2, "other")).ok).toBe(true);
    await standIn.advance(2 * DAY_MS);
    await runPlanDuties(ctx());
    expect(await getPromise(t.db, who.accountId)).not.toBeNull();
    await standIn.advance(DAY_MS);
    await runPlanDuties(ctx());
    expect(await getPromise(t.db, who.accountId)).toBeNull();
  });

  it("is kept, not broken, when what was promised is not asked for any more", async () => {
    const who = await owing();
    await promise(who, 5);
    const input = { accountId: who.accountId, kind: "goodwill", amount: money(100_00n, currency("USD")) } as const;
    const on = { reason: "service_issue", invoiceId: who.invoiceId, conversationId: null } as const;
    const given = await applyCredit({ ctx: ctx(), input: { ...input, ...on, idempotencyKey: `credit ${who.key}` } });
    expect(given.ok).toBe(true);
    await runPlanDuties(ctx());
    expect(await t.db.select().from(promises).where(eq(promises.accountId, who.accountId))).toMatchObject([
      { state: "kept" },
    ]);
  });
});
