import { randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { accountPeople, conversations, disputes, invoices, logins, mails, messages } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { postMessage } from "#server/domains/conversations/index.ts";
import { getAccountMoney, issueInvoice } from "#server/domains/invoices/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { type Actor } from "#server/platform/actor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  closeDecidedDisputes,
  type Decision,
  fileDispute,
  getDispute,
  listDisputes,
  listDisputesOfAccount,
  type NewDispute,
  resolveDispute,
  subscribeDisputes,
  takeDisputeStep,
} from "./index.ts";

const today = localDate("2026-11-23");
let t: TestDatabase;
let place = 0;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

async function login(role: "customer" | "rep" | "supervisor"): Promise<{ loginId: string; email: string }> {
  const email = `${role}-${String((place += 1))}@demo.test`;
  const [row] = await t.db.insert(logins).values({ email, name: role, role }).returning();
  return { loginId: row?.id ?? "", email };
}

async function staff(role: "rep" | "supervisor"): Promise<Actor> {
  return { kind: "staff", ...(await login(role)), name: role, locale: "en-US", role };
}

/** A customer with a bill of 100.00 in two lines of 70.00 and 30.00. */
async function billed() {
  const at = (place += 1);
  const ctx = testCtx(t.db);
  const account = { number: `D-${at}`, name: "Ada", currency: currency("USD"), zone: "America/New_York" };
  const { value } = await createAccounts({ ctx, input: { accounts: [account] } });
  const accountId = value[0]?.id ?? "";
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [
    { description: "Water", unitPrice: "70.00" },
    { description: "Service", unitPrice: "30.00" },
  ];
  const issued = await issueInvoice({ ctx, input: { accountId, ...dates, lines, idempotencyKey: `bill ${at}` } });
  if (!issued.ok) throw new Error(issued.reason);
  const person = await login("customer");
  await t.db.insert(accountPeople).values({ accountId, loginId: person.loginId, right: "manage" });
  const actor: Actor = {
    ...{ kind: "customer", ...person, name: "Ada", locale: "en-US", accounts: new Map([[accountId, "manage"]]) },
  };
  return { accountId, invoiceId: issued.value.invoiceId, actor };
}
type Billed = Awaited<ReturnType<typeof billed>>;

const filing = ({ accountId, invoiceId }: Billed, more: Partial<NewDispute> = {}): NewDispute => ({
  ...{ accountId, invoiceId, lineId: null, amountMinor: 40_00n, reason: "wrong_amount", fileIds: [] },
  ...{ description: "My meter says less.", clientKey: randomUUID() },
  ...more,
});

async function filed(of: Billed, more: Partial<NewDispute> = {}) {
  const result = await fileDispute({ ctx: testCtx(t.db, { actor: of.actor }), input: filing(of, more) });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const decision = (disputeId: string, more: Partial<Decision> = {}): Decision => ({
  ...{ disputeId, outcome: "for_customer", amountMinor: null, creditKind: "credit_note", reason: "You are right." },
  idempotencyKey: randomUUID(),
  ...more,
});

const bill = async (id: string) =>
  (
    await t.db.select({ open: invoices.openMinor, held: invoices.heldMinor }).from(invoices).where(eq(invoices.id, id))
  )[0];
const caseOf = (number: string) => getDispute(t.db, number, today);

describe("filing", () => {
  it("claims the amount, starts the clock on the local day, opens a case and tells by mail", async () => {
    const of = await billed();
    const { number, conversationId } = await filed(of);
    expect(await bill(of.invoiceId)).toEqual({ open: 100_00n, held: 40_00n });
    expect(await caseOf(number)).toMatchObject({
      ...{ state: "open", openedOn: today, acknowledgeBy: "2026-12-23", resolveBy: "2027-02-21" },
      ...{ clock: { state: "on_time", dueOn: "2026-12-23" }, events: [{ kind: "filed" }] },
    });
    const thread = await t.db
      .select()
      .from(messages)
      .where(eq(messages.conversationId, conversationId ?? ""));
    expect(thread).toMatchObject([{ seq: 1, body: "My meter says less.", senderRole: "customer" }]);
    expect(await t.db.select().from(mails).where(eq(mails.accountId, of.accountId))).toMatchObject([
      { kind: "dispute_filed" },
    ]);
    const words = await getAccountMoney(t.db, of.accountId, today);
    expect([words.toPayNow.amountMinor, words.inDispute.amountMinor]).toEqual([60_00n, 40_00n]);
  });

  it("tells whoever filed it by mail when we look at it and when we ask, once each", async () => {
    const of = await billed();
    const filed = await fileDispute({ ctx: testCtx(t.db, { actor: of.actor }), input: filing(of) });
    const disputeId = filed.ok ? filed.value.disputeId : "";
    const steps = [
      { step: "acknowledge" },
      { step: "investigate" },
      { step: "ask_customer", note: "Which day?" },
    ] as const;
    for (const step of steps) await takeDisputeStep({ ctx: testCtx(t.db), input: { disputeId, ...step } });
    const kinds = await t.db.select({ kind: mails.kind }).from(mails).where(eq(mails.accountId, of.accountId));
    expect(kinds.map((mail) => mail.kind)).toEqual(["dispute_filed", "dispute_changed", "dispute_changed"]);
  });

  it("with one key ten times at once files once", async () => {
    const of = await billed();
    const input = filing(of);
    const ctx = testCtx(t.db, { actor: of.actor });
    const answers = await Promise.all(Array.from({ length: 10 }, () => fileDispute({ ctx, input })));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.number : answer.reason))).size).toBe(1);
    expect((await listDisputesOfAccount(t.db, { accountId: of.accountId, today })).items).toHaveLength(1);
  });

  it.each([
    [{ description: "  " }, "description_needed"],
    [{ description: "x".repeat(5_001) }, "description_too_long"],
    [{ amountMinor: 100_01n }, "above_most"],
    [{ amountMinor: 0n }, "amount_needed"],
    [{ amountMinor: -5n }, "amount_needed"],
    [{ fileIds: [randomUUID()] }, "unknown_file"],
  ] as const)("of %o is refused as %s and holds nothing", async (more, reason) => {
    const of = await billed();
    const ctx = testCtx(t.db, { actor: of.actor });
    expect(await fileDispute({ ctx, input: filing(of, more) })).toMatchObject({ ok: false, reason });
    expect(await bill(of.invoiceId)).toEqual({ open: 100_00n, held: 0n });
  });

  it("of a line is about no more than the line, and two together about no more than the bill", async () => {
    const of = await billed();
    const [line] = await t.sql<
      { id: string }[]
    >`select id from invoice_lines where invoice_id = ${of.invoiceId} and position = 2`;
    const ctx = testCtx(t.db, { actor: of.actor });
    const much = await fileDispute({ ctx, input: filing(of, { lineId: line?.id ?? "", amountMinor: 30_01n }) });
    expect(much).toMatchObject({ reason: "above_most", mostMinor: 30_00n });
    await filed(of, { amountMinor: 80_00n });
    expect(await fileDispute({ ctx, input: filing(of, { amountMinor: 20_01n }) })).toMatchObject({ mostMinor: 20_00n });
  });

  it("on a foreign bill is as if the bill were unknown", async () => {
    const [mine, foreign] = await Promise.all([billed(), billed()]);
    const input = filing(mine, { invoiceId: foreign.invoiceId });
    await expect(fileDispute({ ctx: testCtx(t.db, { actor: mine.actor }), input })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("a decision", () => {
  it.each([
    ["for_customer", null, 60_00n, 40_00n, "resolved_for_customer", null],
    ["partially", 15_00n, 85_00n, 15_00n, "resolved_partially", "2026-12-23"],
    ["denied", null, 100_00n, 0n, "denied", "2026-12-23"],
  ] as const)("%s (%s): open %s, granted %s", async (outcome, amountMinor, open, granted, state, appealBy) => {
    const of = await billed();
    const { disputeId, number, conversationId } = await filed(of);
    const ctx = testCtx(t.db, { actor: await staff("rep") });
    const done = await resolveDispute({ ctx, input: decision(disputeId, { outcome, amountMinor }) });
    if (!done.ok) throw new Error(done.reason);
    expect(await bill(of.invoiceId)).toEqual({ open, held: 0n });
    expect(await caseOf(number)).toMatchObject({ state, appealBy, granted: { amountMinor: granted } });
    const cards = await t.db.select().from(messages).where(eq(messages.actionId, done.value.actionId));
    expect(cards).toMatchObject([{ kind: "card", conversationId, seq: done.value.messageSeq }]);
  });

  it("for a customer who had paid becomes open credit", async () => {
    const of = await billed();
    const check = {
      kind: "check" as const,
      amountMinor: 100_00n,
      receivedOn: today,
      reference: null,
      idempotencyKey: randomUUID(),
    };
    const bills = [{ invoiceId: of.invoiceId, amountMinor: 100_00n }];
    await recordManualPayment({ ctx: testCtx(t.db), input: { ...check, accountId: of.accountId, bills } });
    const { disputeId } = await filed(of);
    await resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId) });
    const words = await getAccountMoney(t.db, of.accountId, today);
    expect([words.open.amountMinor, words.unapplied.amountMinor]).toEqual([0n, 40_00n]);
  });

  it("asked for twice with one key, and by two reps at once, is made once", async () => {
    const of = await billed();
    const { disputeId } = await filed(of);
    const input = decision(disputeId);
    const ctxs = await Promise.all([staff("rep"), staff("rep")]);
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => resolveDispute({ ctx: testCtx(t.db), input })),
      ...ctxs.map((actor) =>
        resolveDispute({ ctx: testCtx(t.db, { actor }), input: decision(disputeId, { outcome: "denied" }) }),
      ),
    ]);
    const made = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value.actionId] : [])));
    expect(made.size).toBe(1);
    expect(
      answers.filter((answer) => !answer.ok).every((answer) => !answer.ok && answer.reason === "not_in_state"),
    ).toBe(true);
  });

  it("above the rep's limit names who can and changes nothing", async () => {
    const of = await billed();
    const { disputeId, number } = await filed(of, { amountMinor: 60_00n });
    const ctx = testCtx(t.db, { actor: await staff("rep") });
    expect(await resolveDispute({ ctx, input: decision(disputeId) })).toMatchObject({
      reason: "above_limit",
      who: "supervisor",
    });
    expect(await caseOf(number)).toMatchObject({ state: "open" });
    expect(await bill(of.invoiceId)).toEqual({ open: 100_00n, held: 60_00n });
  });

  it("needs a reason, and a part must be a part", async () => {
    const of = await billed();
    const { disputeId } = await filed(of);
    const decide = (more: Partial<Decision>) =>
      resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId, more) });
    expect(await decide({ reason: " " })).toMatchObject({ reason: "reason_needed" });
    for (const amountMinor of [null, 0n, -1n, 40_00n]) {
      expect(await decide({ outcome: "partially", amountMinor })).toMatchObject({ reason: "amount_out_of_range" });
    }
  });
});

describe("the way of a case", () => {
  it("withdrawn is asked for again at once, and can be opened again", async () => {
    const of = await billed();
    const { disputeId, number } = await filed(of);
    await takeDisputeStep({ ctx: testCtx(t.db, { actor: of.actor }), input: { disputeId, step: "withdraw" } });
    expect(await bill(of.invoiceId)).toEqual({ open: 100_00n, held: 0n });
    await takeDisputeStep({ ctx: testCtx(t.db), input: { disputeId, step: "reopen" } });
    expect(await bill(of.invoiceId)).toEqual({ open: 100_00n, held: 40_00n });
    expect((await caseOf(number)).state).toBe("reopened");
  });

  it("an appeal claims what was not given, is made once, and not after its window", async () => {
    const of = await billed();
    const { disputeId } = await filed(of);
    await resolveDispute({
      ctx: testCtx(t.db),
      input: decision(disputeId, { outcome: "partially", amountMinor: 10_00n }),
    });
    const appeal = (now: string) =>
      takeDisputeStep({
        ctx: testCtx(t.db, { actor: of.actor, now: new Date(now) }),
        input: { disputeId, step: "appeal", note: "Look again." },
      });
    expect(await appeal("2026-12-24T15:00:00Z")).toMatchObject({ reason: "too_late" });
    expect(await appeal("2026-12-23T15:00:00Z")).toMatchObject({ ok: true });
    expect(await bill(of.invoiceId)).toEqual({ open: 90_00n, held: 30_00n });
    await resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId, { outcome: "denied" }) });
    expect(await appeal("2026-12-23T16:00:00Z")).toMatchObject({ reason: "not_in_state" });
  });

  it("decided ones close once their window has passed", async () => {
    const of = await billed();
    const { disputeId, number } = await filed(of);
    await resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId, { outcome: "denied" }) });
    const at = (now: string) => closeDecidedDisputes(testCtx(t.db, { now: new Date(now) }));
    // 04:00 UTC on the 24th is still the 23rd in New York: the last day of the window.
    await at("2026-12-24T04:00:00Z");
    expect((await caseOf(number)).state).toBe("denied");
    await Promise.all([at("2026-12-24T06:00:00Z"), at("2026-12-24T06:00:00Z")]);
    expect(await caseOf(number)).toMatchObject({ state: "closed", closedOn: "2026-12-24" });
  });

  it("only the customer withdraws and appeals, only staff work and decide", async () => {
    const of = await billed();
    const { disputeId } = await filed(of);
    const [rep, other] = await Promise.all([staff("rep"), billed()]);
    const step = (actor: Actor, name: "withdraw" | "acknowledge") =>
      takeDisputeStep({ ctx: testCtx(t.db, { actor }), input: { disputeId, step: name } });
    await expect(step(rep, "withdraw")).rejects.toMatchObject({ code: "forbidden" });
    await expect(step(of.actor, "acknowledge")).rejects.toMatchObject({ code: "forbidden" });
    await expect(step(other.actor, "withdraw")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      resolveDispute({ ctx: testCtx(t.db, { actor: of.actor }), input: decision(disputeId) }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("what is told in the case's thread", () => {
  const standing = async (conversationId: string | null) =>
    (
      await t.db
        .select()
        .from(conversations)
        .where(eq(conversations.id, conversationId ?? ""))
    )[0];
  /** A relay of its own, told everything that was committed so far. */
  async function relayed() {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const relay = createRelay({ db: t.db, log });
    subscribeDisputes(relay, () => testCtx(t.db));
    await relay.drain();
  }
  const at = (actor: Actor, hour: number) => testCtx(t.db, { actor, now: new Date(Date.UTC(2026, 10, 23, hour)) });

  it("a rep's step is an answer and makes the case theirs; what the customer wrote meanwhile still waits", async () => {
    const of = await billed();
    const rep = await staff("rep");
    const made = await fileDispute({ ctx: at(of.actor, 9), input: filing(of) });
    if (!made.ok) throw new Error(made.reason);
    const { disputeId, conversationId } = made.value;
    await relayed();
    expect(await standing(conversationId)).toMatchObject({ state: "waiting", waitingSince: expect.any(Date) as Date });
    await takeDisputeStep({ ctx: at(rep, 10), input: { disputeId, step: "acknowledge" } });
    await relayed();
    const { loginId } = rep as { loginId: string };
    expect(await standing(conversationId)).toMatchObject({
      ...{ state: "assigned", assigneeLoginId: loginId, waitingSince: null },
    });
    await takeDisputeStep({ ctx: at(rep, 11), input: { disputeId, step: "investigate" } });
    const wrote = { conversationId: conversationId ?? "", clientId: randomUUID(), body: "Any news?" };
    await postMessage({ ctx: at(of.actor, 12), input: wrote });
    await relayed();
    expect(await standing(conversationId)).toMatchObject({ waitingSince: new Date(Date.UTC(2026, 10, 23, 12)) });
  });

  it("what was written before the question is no answer to it, what is written after is; a withdrawn one is closed", async () => {
    const of = await billed();
    const rep = await staff("rep");
    const { disputeId, number, conversationId } = await filed(of);
    const ask = { disputeId, step: "ask_customer", note: "Could you send a photo?" } as const;
    const later = (actor: Actor, minutes: number) => ({
      ...testCtx(t.db, { actor }),
      now: new Date(testCtx(t.db).now.getTime() + minutes * 60_000),
    });
    await takeDisputeStep({ ctx: later(rep, 5), input: ask });
    await relayed();
    expect(await caseOf(number)).toMatchObject({ state: "waiting_on_customer" });
    const photo = { conversationId: conversationId ?? "", clientId: randomUUID(), body: "Here it is." };
    await postMessage({ ctx: later(of.actor, 9), input: photo });
    await relayed();
    expect(await caseOf(number)).toMatchObject({ state: "investigating" });
    await takeDisputeStep({ ctx: later(of.actor, 12), input: { disputeId, step: "withdraw" } });
    await relayed();
    expect(await standing(conversationId)).toMatchObject({ state: "closed", waitingSince: null });
  });

  it("card numbers are hidden in its description and in what is asked (S72)", async () => {
    const of = await billed();
    const { disputeId, number } = await filed(of, { description: "You charged 4242 4242 4242 4242." });
    const note = "Is it 5555555555554444?";
    await takeDisputeStep({
      ctx: testCtx(t.db, { actor: await staff("rep") }),
      input: { disputeId, step: "ask_customer", note },
    });
    const found = await caseOf(number);
    expect(found.description).toBe("You charged •••• 4242.");
    expect(JSON.stringify(found.events.map((event) => event.note))).toContain("•••• 4444");
    expect(JSON.stringify(found.events)).not.toContain("5555555555554444");
  });
});

describe("the board", () => {
  it("lists the case whose promise is due soonest first", async () => {
    const of = await billed();
    await filed(of, { amountMinor: 10_00n });
    await filed(of, { amountMinor: 10_00n, reason: "not_mine" });
    const { items } = await listDisputes(t.db, { filter: "live", today });
    const own = items.filter((item) => item.accountId === of.accountId);
    expect(own.map((item) => item.reason)).toEqual(["not_mine", "wrong_amount"]);
    expect((await listDisputes(t.db, { filter: "unowned", today })).items.length).toBeGreaterThanOrEqual(2);
  });
});

describe("one bill in several cases", () => {
  it("is never given more than its total, whoever appeals and however it is given", async () => {
    const of = await billed();
    const [first, deny] = [await filed(of, { amountMinor: 90_00n }), { outcome: "denied" as const }];
    await resolveDispute({ ctx: testCtx(t.db), input: decision(first.disputeId, deny) });
    const second = await filed(of, { amountMinor: 90_00n });
    const appeal = { disputeId: first.disputeId, step: "appeal" as const, note: "Look again." };
    expect(await takeDisputeStep({ ctx: testCtx(t.db, { actor: of.actor }), input: appeal })).toMatchObject({
      ok: true,
    });
    for (const { disputeId } of [second, first]) {
      await resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId, { creditKind: "goodwill" }) });
    }
    const words = await getAccountMoney(t.db, of.accountId, today);
    expect([words.open.amountMinor, words.unapplied.amountMinor]).toEqual([0n, 0n]);
  });

  it("an appealed case speaks only for what it was not given", async () => {
    const of = await billed();
    const { disputeId } = await filed(of, { amountMinor: 60_00n });
    await resolveDispute({
      ctx: testCtx(t.db),
      input: decision(disputeId, { outcome: "partially", amountMinor: 50_00n }),
    });
    const note = { disputeId, step: "appeal" as const, note: "The rest too." };
    await takeDisputeStep({ ctx: testCtx(t.db, { actor: of.actor }), input: note });
    await filed(of, { amountMinor: 40_00n });
    expect(await bill(of.invoiceId)).toEqual({ open: 50_00n, held: 50_00n });
  });

  it("the same key with other words is refused", async () => {
    const of = await billed();
    const input = filing(of);
    const ctx = testCtx(t.db, { actor: of.actor });
    await fileDispute({ ctx, input });
    expect(await fileDispute({ ctx, input: { ...input, amountMinor: 41_00n } })).toMatchObject({
      reason: "key_reused_with_other_input",
    });
  });
});

const WAYS = ["file", "for_customer", "goodwill", "denied", "withdraw", "appeal", "reopen", "pay"] as const;

async function takeWay(of: Billed, ids: string[], [way, amountMinor]: readonly [(typeof WAYS)[number], bigint]) {
  const disputeId = ids[Number(amountMinor) % Math.max(ids.length, 1)] ?? "";
  if (way === "file") {
    const result = await fileDispute({ ctx: testCtx(t.db, { actor: of.actor }), input: filing(of, { amountMinor }) });
    if (result.ok) ids.push(result.value.disputeId);
  } else if (way === "pay") {
    const bills = [{ invoiceId: of.invoiceId, amountMinor }];
    const money = { kind: "cash" as const, amountMinor, bills, receivedOn: today, reference: null };
    await recordManualPayment({
      ctx: testCtx(t.db),
      input: { ...money, accountId: of.accountId, idempotencyKey: randomUUID() },
    });
  } else if (disputeId === "") return;
  else if (way === "withdraw" || way === "appeal" || way === "reopen") {
    await takeDisputeStep({ ctx: testCtx(t.db), input: { disputeId, step: way, note: "Please." } });
  } else {
    const creditKind = way === "goodwill" ? "goodwill" : "credit_note";
    const outcome = way === "denied" ? "denied" : "for_customer";
    await resolveDispute({ ctx: testCtx(t.db), input: decision(disputeId, { outcome, creditKind }) });
  }
}

describe("whatever happens", () => {
  it("held claims never exceed what is open, and what is given never the bill", async () => {
    const step = fc.tuple(fc.constantFrom(...WAYS), fc.bigInt(1n, 60_00n));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const of = await billed();
        const ids: string[] = [];
        for (const one of steps) {
          await takeWay(of, ids, one);
          const { open = 0n, held = 0n } = (await bill(of.invoiceId)) ?? {};
          expect(held).toBeLessThanOrEqual(open);
          const words = await getAccountMoney(t.db, of.accountId, today);
          expect(words.inDispute.amountMinor).toBe(held);
          const kept = await t.db.select().from(disputes).where(eq(disputes.accountId, of.accountId));
          const given = kept.reduce((sum, dispute) => sum + (dispute.grantedMinor ?? 0n), 0n);
          expect(given).toBeLessThanOrEqual(100_00n);
        }
      }),
      { numRuns: 20 },
    );
  });
});
