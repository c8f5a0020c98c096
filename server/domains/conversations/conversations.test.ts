import { randomUUID } from "node:crypto";

import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import {
  accountPeople,
  type AccountRight,
  accounts,
  conversations,
  files,
  logins,
  mails,
  outbox,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { keepMail } from "#server/domains/notifications/index.ts";
import { startAction } from "#server/domains/ledger/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  appendCard,
  appendSystemMessage,
  assignConversation,
  claimConversation,
  closeConversation,
  countInbox,
  countUnread,
  getConversation,
  listConversationsOfAccount,
  listInbox,
  listMessages,
  mailAwayReplies,
  markRead,
  openConversation,
  postMessage,
  releaseConversation,
  reopenConversation,
  snoozeConversation,
  wakeSnoozed,
} from "./index.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

let n = 0;
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 15, minute));

async function account(): Promise<string> {
  const number = `T-${++n}`;
  const row = { number, name: `Account ${number}`, currency: currency("USD"), zone: "UTC" };
  const [made] = await t.db.insert(accounts).values(row).returning();
  return present(made, "account").id;
}

async function customer(accountId: string, right: AccountRight = "pay", minute = 0): Promise<CustomerCtx> {
  const email = `c${++n}@test.test`;
  const [login] = await t.db
    .insert(logins)
    .values({ email, name: `Customer ${n}`, role: "customer" })
    .returning();
  const loginId = present(login, "login").id;
  await t.db.insert(accountPeople).values({ accountId, loginId, right });
  const rights = new Map([[accountId, right]]);
  const actor = { kind: "customer", loginId, name: "C", email, locale: "en-US", accounts: rights } as const;
  return { ...testCtx(t.db, { actor, now: at(minute) }), actor };
}
type CustomerCtx = Ctx & { actor: Extract<Actor, { kind: "customer" }> };
type StaffCtx = Ctx & { actor: Extract<Actor, { kind: "staff" }> };

async function rep(minute = 0): Promise<StaffCtx> {
  const email = `r${++n}@test.test`;
  const [login] = await t.db
    .insert(logins)
    .values({ email, name: `Rep ${n}`, role: "rep" })
    .returning();
  const loginId = present(login, "login").id;
  const actor = { kind: "staff", loginId, name: "R", email, locale: "en-US", role: "rep" } as const;
  return { ...testCtx(t.db, { actor, now: at(minute) }), actor };
}

const later = <C extends Ctx>(ctx: C, minute: number): C => ({ ...ctx, now: at(minute) });

async function opened(ctx: CustomerCtx, body = "Hello"): Promise<{ id: string; number: string }> {
  const [accountId] = ctx.actor.accounts.keys();
  const input = { accountId: present(accountId, "account"), subject: "general" as const, title: "A question" };
  const made = await openConversation({ ctx, input: { ...input, firstMessage: { clientId: randomUUID(), body } } });
  if (!made.ok) throw new Error(made.reason);
  return made.value.conversation;
}

const post = (ctx: Ctx, conversationId: string, body: string, more: { asNote?: boolean; seenSeq?: number } = {}) =>
  postMessage({ ctx, input: { conversationId, clientId: randomUUID(), body, ...more } });

const eventsOf = async (conversationId: string, name: string) =>
  (await t.db.select().from(outbox).where(eq(outbox.name, name)).orderBy(asc(outbox.id)))
    .map((row) => row.payload as Record<string, unknown>)
    .filter((payload) => payload["conversationId"] === conversationId);

describe("opening", () => {
  it("finds the active conversation of that person about that subject, also when asked eight times at once", async () => {
    const accountId = await account();
    const ctx = await customer(accountId);
    const subjectId = randomUUID();
    const input = { accountId, subject: "bill" as const, subjectId, title: "About INV-1" };
    const made = await Promise.all(
      Array.from({ length: 8 }, () =>
        openConversation({ ctx, input: { ...input, firstMessage: { clientId: randomUUID(), body: "Why?" } } }),
      ),
    );
    const ids = new Set(made.map((one) => (one.ok ? one.value.conversation.id : one.reason)));
    expect(ids.size).toBe(1);
    const [id] = ids;
    const { messages } = await listMessages(t.db, { conversationId: present(id, "id"), forStaff: true });
    expect(messages.map((m) => m.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("opens nothing when the first message is refused", async () => {
    const accountId = await account();
    const ctx = await customer(accountId);
    const firstMessage = { clientId: randomUUID(), body: "x".repeat(10_001) };
    const refused = await openConversation({
      ctx,
      input: { accountId, subject: "general", title: "Long", firstMessage },
    });
    expect(refused).toEqual({ ok: false, reason: "too_long", length: 10_001, max: 10_000 });
    expect((await listConversationsOfAccount({ db: t.db, actor: ctx.actor }, { accountId })).items).toEqual([]);
  });

  it("a foreign account looks like none", async () => {
    const ctx = await customer(await account());
    const input = { accountId: await account(), subject: "general" as const, title: "x" };
    await expect(openConversation({ ctx, input })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("writing", () => {
  it("twenty at once get the numbers 1 to 20, without a gap", async () => {
    const ctx = await customer(await account());
    const { id } = await opened(ctx);
    const answers = await Promise.all(Array.from({ length: 19 }, (_, i) => post(ctx, id, `message ${i}`)));
    const seqs = answers.map((answer) => (answer.ok ? answer.value.seq : 0)).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 19 }, (_, i) => i + 2));
    expect((await eventsOf(id, "message.stored")).length).toBe(20);
  });

  it("a resend, also ten at once, is the first message and its answer", async () => {
    const ctx = await customer(await account());
    const { id } = await opened(ctx);
    const input = { conversationId: id, clientId: randomUUID(), body: "once" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => postMessage({ ctx, input })));
    const seqs = new Set(answers.map((answer) => (answer.ok ? answer.value.seq : answer.reason)));
    expect(seqs).toEqual(new Set([2]));
    expect(answers.filter((answer) => answer.ok && answer.value.fresh)).toHaveLength(1);
    expect((await listMessages(t.db, { conversationId: id, forStaff: true })).messages).toHaveLength(2);
  });

  it("hides card numbers before anything is kept, in notes too, and a resend is still the same message", async () => {
    const ctx = await customer(await account());
    const { id } = await opened(ctx, "use 4242-4242-4242-4242, cvv 123");
    const input = { conversationId: id, clientId: randomUUID(), body: "or 378282246310005" };
    expect(await postMessage({ ctx, input })).toMatchObject({ ok: true, value: { seq: 2, fresh: true } });
    expect(await postMessage({ ctx, input })).toMatchObject({ ok: true, value: { seq: 2, fresh: false } });
    await post(await rep(), id, "said 5555555555554444 on the phone", { asNote: true });
    const { messages } = await listMessages(t.db, { conversationId: id, forStaff: true });
    expect(messages.map(({ body }) => body)).toEqual([
      "use •••• 4242, cvv •••",
      "or •••• 0005",
      "said •••• 4444 on the phone",
    ]);
  });

  it("somebody else's client id is refused, and tells nothing of their message", async () => {
    const ctx = await customer(await account());
    const { id } = await opened(ctx);
    const clientId = randomUUID();
    await postMessage({ ctx, input: { conversationId: id, clientId, body: "mine" } });
    const other = await postMessage({ ctx: await rep(), input: { conversationId: id, clientId, body: "theirs" } });
    expect(other).toEqual({ ok: false, reason: "client_id_taken" });
  });

  it("an empty text and an overlong one are refused with the facts for a sentence", async () => {
    const ctx = await customer(await account());
    const { id } = await opened(ctx);
    expect(await post(ctx, id, " \n ")).toEqual({ ok: false, reason: "empty" });
    const huge = await post(ctx, id, "x".repeat(10 * 1024 * 1024));
    expect(huge).toEqual({ ok: false, reason: "too_long", length: 10 * 1024 * 1024, max: 10_000 });
  });

  it("attaches files of the account and no others", async () => {
    const accountId = await account();
    const ctx = await customer(accountId);
    const { id } = await opened(ctx);
    const file = async (owner: string) => {
      const storageKey = randomUUID();
      const parts = { name: "a.png", mediaType: "image/png", byteSize: 3, sha256: "x", storageKey };
      const [row] = await t.db
        .insert(files)
        .values({ accountId: owner, ...parts })
        .returning();
      return present(row, "file").id;
    };
    const mine = await file(accountId);
    const foreign = await file(await account());
    const input = { conversationId: id, clientId: randomUUID(), body: "" };
    expect(await postMessage({ ctx, input: { ...input, fileIds: [mine, foreign] } })).toEqual({
      ok: false,
      reason: "unknown_file",
    });
    expect(await postMessage({ ctx, input: { ...input, fileIds: [mine] } })).toMatchObject({ ok: true });
    const { messages } = await listMessages(t.db, { conversationId: id, forStaff: false, afterSeq: 1 });
    expect(messages[0]?.files).toEqual([{ id: mine, name: "a.png", mediaType: "image/png", byteSize: 3 }]);
  });

  it("a rep who has not seen the customer's last words is told them first, and may send anyway", async () => {
    const ctx = await customer(await account());
    const staff = await rep();
    const { id } = await opened(ctx);
    await post(ctx, id, "Forget it, solved");
    const stale = await post(staff, id, "Let me look", { seenSeq: 1 });
    expect(stale).toMatchObject({ ok: false, reason: "stale", newer: [{ seq: 2, body: "Forget it, solved" }] });
    expect(await post(staff, id, "a note", { seenSeq: 1, asNote: true })).toMatchObject({ ok: true });
    expect(await post(staff, id, "Let me look", { seenSeq: 3 })).toMatchObject({ ok: true, value: { seq: 4 } });
  });
});

describe("who sees what", () => {
  it("a note reaches staff only: not the list, not the catch-up, not the count of unread", async () => {
    const ctx = await customer(await account());
    const staff = await rep();
    const { id, number } = await opened(ctx);
    await post(staff, id, "difficult one", { asNote: true });
    await post(staff, id, "Good morning");
    const seen = async (forStaff: boolean) =>
      (await listMessages(t.db, { conversationId: id, forStaff })).messages.map((m) => m.body);
    expect(await seen(true)).toEqual(["Hello", "difficult one", "Good morning"]);
    expect(await seen(false)).toEqual(["Hello", "Good morning"]);
    const after = await listMessages(t.db, { conversationId: id, forStaff: false, afterSeq: 1 });
    expect(after.messages.map((m) => m.seq)).toEqual([3]);
    expect(await countUnread(t.db, ctx.actor)).toBe(1);
    expect(await eventsOf(id, "message.stored")).toMatchObject([
      { staffOnly: false },
      { staffOnly: true },
      { staffOnly: false },
    ]);
    await expect(post(ctx, id, "sneaky", { asNote: true })).rejects.toMatchObject({ code: "forbidden" });
    expect((await getConversation({ db: t.db, actor: ctx.actor }, { number })).lastSeq).toBe(3);
  });

  it("another person of the account sees it only with the right to manage", async () => {
    const accountId = await account();
    const owner = await customer(accountId);
    const { id, number } = await opened(owner);
    const payer = await customer(accountId, "pay");
    const manager = await customer(accountId, "manage");
    const stranger = await customer(await account(), "manage");
    for (const ctx of [payer, stranger]) {
      await expect(getConversation({ db: t.db, actor: ctx.actor }, { number })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(post(ctx, id, "hi")).rejects.toMatchObject({ code: "not_found" });
      await expect(markRead({ ctx, input: { conversationId: id, seq: 1 } })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect((await getConversation({ db: t.db, actor: manager.actor }, { id })).number).toBe(number);
    const listed = async (ctx: CustomerCtx) =>
      (await listConversationsOfAccount({ db: t.db, actor: ctx.actor }, { accountId })).items.map((c) => c.id);
    expect(await listed(payer)).toEqual([]);
    expect(await listed(manager)).toEqual([id]);
    expect(await listed(owner)).toEqual([id]);
  });

  it("the queue and its verbs are for staff", async () => {
    const ctx = await customer(await account(), "manage");
    const { id } = await opened(ctx);
    const denied = { code: "forbidden" };
    await expect(listInbox({ db: t.db, actor: ctx.actor }, { queue: "all" })).rejects.toMatchObject(denied);
    await expect(countInbox({ db: t.db, actor: ctx.actor })).rejects.toMatchObject(denied);
    for (const verb of [claimConversation, releaseConversation, closeConversation, reopenConversation]) {
      await expect(verb({ ctx, input: { conversationId: id } })).rejects.toMatchObject(denied);
    }
  });

  it("reading goes forward only, and stops at the last message", async () => {
    const ctx = await customer(await account());
    const staff = await rep();
    const { id } = await opened(ctx);
    for (const seq of [99, 1]) await markRead({ ctx: staff, input: { conversationId: id, seq } });
    const { reads } = await getConversation({ db: t.db, actor: staff.actor }, { id });
    expect(reads.find((mark) => mark.loginId === staff.actor.loginId)?.lastReadSeq).toBe(1);
    expect(await eventsOf(id, "conversation.read")).toHaveLength(1);
  });
});

describe("the queue", () => {
  it("counts waiting from the first unanswered message; an answer takes the conversation and stops the clock", async () => {
    const ctx = await customer(await account(), "pay", 1);
    const staff = await rep(5);
    const { id } = await opened(ctx);
    await post(later(ctx, 2), id, "still there?");
    await post(later(staff, 3), id, "a note", { asNote: true });
    const before = await getConversation({ db: t.db, actor: staff.actor }, { id });
    expect(before).toMatchObject({ state: "waiting", waitingSince: at(1), firstReplyAt: null });
    await post(staff, id, "Here");
    const after = await getConversation({ db: t.db, actor: staff.actor }, { id });
    expect(after).toMatchObject({ state: "assigned", assigneeLoginId: staff.actor.loginId, waitingSince: null });
    expect(after.firstReplyAt).toEqual(at(5));
    await post(later(ctx, 7), id, "Thanks");
    expect(await getConversation({ db: t.db, actor: staff.actor }, { id })).toMatchObject({ waitingSince: at(7) });
  });

  it("of two reps who claim at once one has it and the other hears by whom; taking over is deliberate", async () => {
    const { id } = await opened(await customer(await account()));
    const [a, b] = [await rep(), await rep()];
    const both = await Promise.all([a, b].map((ctx) => claimConversation({ ctx, input: { conversationId: id } })));
    const [won, lost] = both[0]?.ok ? [a, b] : [b, a];
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const again = await claimConversation({ ctx: lost, input: { conversationId: id } });
    expect(again).toEqual({ ok: false, reason: "taken", byLoginId: won.actor.loginId });
    const third = (await rep()).actor.loginId;
    const takeOver = (from: string) =>
      claimConversation({ ctx: lost, input: { conversationId: id, takeOverFrom: from } });
    expect(await takeOver(third)).toEqual({ ok: false, reason: "taken", byLoginId: won.actor.loginId });
    expect(await takeOver(won.actor.loginId)).toMatchObject({
      ...{ ok: true, value: { assigneeLoginId: lost.actor.loginId } },
    });
    const given = { conversationId: id, repLoginId: won.actor.loginId };
    expect(await assignConversation({ ctx: lost, input: given })).toMatchObject({ ok: true });
    const someone = (await customer(await account())).actor.loginId;
    expect(await assignConversation({ ctx: lost, input: { ...given, repLoginId: someone } })).toEqual({
      ok: false,
      reason: "not_staff",
    });
  });

  it("taking over is told in the thread to staff only, and to the colleague, once; a snoozed one is held too", async () => {
    const ana = await customer(await account());
    const { id } = await opened(ana);
    const [sam, ines] = [await rep(), await rep()];
    const conversationId = id;
    await claimConversation({ ctx: sam, input: { conversationId } });
    await snoozeConversation({ ctx: sam, input: { conversationId, until: at(50) } });
    const take = () => claimConversation({ ctx: ines, input: { conversationId, takeOverFrom: sam.actor.loginId } });
    expect(await claimConversation({ ctx: ines, input: { conversationId } })).toMatchObject({ reason: "taken" });
    for (let times = 0; times < 2; times++) expect(await take()).toMatchObject({ ok: true });

    const lines = async (forStaff: boolean) => (await listMessages(t.db, { conversationId, forStaff })).messages;
    expect(await lines(true)).toMatchObject([
      { kind: "text" },
      { kind: "note", meta: { what: "conversation", kind: "taken_over", by: "R", from: `Rep ${String(n - 1)}` } },
    ]);
    expect(await lines(false)).toMatchObject([{ kind: "text" }]);
    expect(await eventsOf(id, "conversation.taken_over")).toMatchObject([
      { fromLoginId: sam.actor.loginId, byLoginId: ines.actor.loginId },
    ]);
    const denied = { code: "forbidden" };
    await expect(
      claimConversation({ ctx: ana, input: { conversationId, takeOverFrom: ines.actor.loginId } }),
    ).rejects.toMatchObject(denied);
  });

  it("snoozed comes back at its time or when the customer writes; closed when anyone writes", async () => {
    const ctx = await customer(await account());
    const staff = await rep(1);
    const { id } = await opened(ctx);
    const state = async () => (await getConversation({ db: t.db, actor: staff.actor }, { id })).state;
    const snooze = (until: Date) => snoozeConversation({ ctx: staff, input: { conversationId: id, until } });
    expect(await snooze(at(1))).toEqual({ ok: false, reason: "not_in_future" });
    await snooze(at(30));
    expect(await wakeSnoozed({ ctx: later(testCtx(t.db), 29) })).toMatchObject({ value: { woken: 0 } });
    expect(await wakeSnoozed({ ctx: later(testCtx(t.db), 30) })).toMatchObject({ value: { woken: 1 } });
    expect(await state()).toBe("assigned");
    await snooze(at(50));
    await post(ctx, id, "one more thing");
    expect(await state()).toBe("assigned");
    expect(await closeConversation({ ctx: staff, input: { conversationId: id } })).toMatchObject({ ok: true });
    expect(await closeConversation({ ctx: staff, input: { conversationId: id } })).toMatchObject({
      ok: false,
      reason: "wrong_state",
      state: "closed",
    });
    await post(ctx, id, "and another");
    expect(await getConversation({ db: t.db, actor: staff.actor }, { id })).toMatchObject({
      state: "waiting",
      assigneeLoginId: null,
      closedAt: null,
    });
  });

  it("writing into a closed one points to the conversation that took its place", async () => {
    const ctx = await customer(await account());
    const staff = await rep();
    const old = await opened(ctx);
    await closeConversation({ ctx: staff, input: { conversationId: old.id } });
    const fresh = await opened(ctx, "New question");
    expect(fresh.id).not.toBe(old.id);
    expect(await post(ctx, old.id, "hm")).toEqual({ ok: false, reason: "continued_elsewhere", number: fresh.number });
  });

  it("lists who waits longest first, pages by keyset without losing or doubling, and counts what it lists", async () => {
    const staff = await rep(59);
    const before = await countInbox({ db: t.db, actor: staff.actor });
    const made: string[] = [];
    for (let i = 0; i < 55; i++) made.push((await opened(await customer(await account(), "pay", i), `q ${i}`)).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listInbox({ db: t.db, actor: staff.actor }, { queue: "waiting", cursor });
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => made.includes(id))).toEqual(made);
    expect(seen).toHaveLength(before.waiting + 55);
    const mine = present(made[0], "one");
    await post(staff, mine, "Hello, what is it?");
    const { items } = await listInbox({ db: t.db, actor: staff.actor }, { queue: "mine" });
    expect(items).toMatchObject([
      { id: mine, preview: { body: "Hello, what is it?", senderRole: "staff", kind: "text" }, unread: 0 },
    ]);
    const counts = await countInbox({ db: t.db, actor: staff.actor });
    expect(counts).toEqual({ waiting: before.waiting + 54, mine: 1, all: before.all + 55 });
  });
});

describe("cards and events", () => {
  it("a card of a rep's action is one message however often it is appended, and answers the customer", async () => {
    const accountId = await account();
    const ctx = await customer(accountId);
    const staff = await rep(9);
    const { id } = await opened(ctx);
    const makerLoginId = staff.actor.loginId;
    const card = await withTransaction(t.db, async (tx) => {
      const started = await startAction(tx, {
        ...{ kind: "goodwill_credit", state: "done", accountId, makerLoginId, conversationId: id },
        ...{ amount: money(2500n, currency("USD")), occurredOn: localDate("2026-11-23") },
        ...{ idempotencyKey: randomUUID(), input: {} },
      });
      if (!started.ok) throw new Error(started.reason);
      const input = { conversationId: id, actionId: started.action.id, senderLoginId: makerLoginId, at: staff.now };
      const first = await appendCard(tx, input);
      expect(await appendCard(tx, input)).toEqual(first);
      return { ...first, actionId: started.action.id };
    });
    const { messages } = await listMessages(t.db, { conversationId: id, forStaff: false, afterSeq: 1 });
    expect(messages).toMatchObject([{ seq: card.seq, kind: "card", actionId: card.actionId, senderRole: "staff" }]);
    expect(await getConversation({ db: t.db, actor: staff.actor }, { id })).toMatchObject({
      waitingSince: null,
      firstReplyAt: at(9),
      state: "assigned",
    });
  });

  it("an event is told once, and leaves queue and waiting clock alone", async () => {
    const ctx = await customer(await account(), "pay", 1);
    const { id } = await opened(ctx);
    const onceId = randomUUID();
    const tell = () =>
      withTransaction(t.db, (tx) => appendSystemMessage(tx, { conversationId: id, meta: { event: "x" }, onceId }));
    expect(await tell()).toEqual(await tell());
    const row = present((await t.db.select().from(conversations).where(eq(conversations.id, id)))[0], "row");
    expect(row).toMatchObject({ lastSeq: 2, state: "waiting", waitingSince: at(1) });
    expect(await countUnread(t.db, ctx.actor)).toBe(1);
  });
});

describe("an answer to somebody who is away", () => {
  const mailsTo = async (ctx: CustomerCtx) => t.db.select().from(mails).where(eq(mails.toAddress, ctx.actor.email));

  it("is mailed after five minutes, once however many there are and however often one looks", async () => {
    const [ctx, sam] = [await customer(await account()), await rep()];
    const { id, number } = await opened(ctx);
    await post(later(sam, 10), id, "We look into it.");
    await mailAwayReplies(later(sam, 14));
    expect(await mailsTo(ctx)).toEqual([]);
    await post(later(sam, 15), id, "Done.");
    for (const minute of [16, 17, 40]) await mailAwayReplies(later(sam, minute));
    const said = ["We look into it.", "Done."];
    expect(await mailsTo(ctx)).toMatchObject([
      { kind: "new_reply", toldAt: at(16), data: { path: `/messages/${number}`, said, more: 0 } },
    ]);
  });

  it("holds what was written, without a card's number, and the beginning of what is long", async () => {
    const [ctx, sam] = [await customer(await account()), await rep()];
    const { id } = await opened(ctx);
    await post(later(sam, 1), id, "You paid with 4242 4242 4242 4242, cvc 123.");
    await post(later(sam, 1), id, "Never tell them", { asNote: true });
    for (let place = 1; place < 6; place += 1) await post(later(sam, 2), id, `${String(place)} ${"word ".repeat(200)}`);
    await mailAwayReplies(later(sam, 10));
    const [mail] = await mailsTo(ctx);
    const { said, more } = mail?.data as { said: string[]; more: number };
    expect([said.length, more]).toEqual([5, 1]);
    expect(said.every((text) => text.length <= 701 && text.endsWith("word…"))).toBe(true);
    await markRead({ ctx: later(ctx, 11), input: { conversationId: id, seq: 8 } });
    await post(later(sam, 12), id, "It was 4242424242424242.");
    await mailAwayReplies(later(sam, 20));
    expect(JSON.stringify(await mailsTo(ctx))).not.toMatch(/4242.?4242|Never tell them/);
    expect((await mailsTo(ctx)).at(-1)).toMatchObject({ data: { said: ["It was •••• 4242."] } });
  });

  it("that comes after the mail, while they are still away, is mailed an hour later at the soonest", async () => {
    const [ctx, sam] = [await customer(await account()), await rep()];
    const { id } = await opened(ctx);
    await post(later(sam, 1), id, "I look into it.");
    await mailAwayReplies(later(sam, 10));
    await post(later(sam, 20), id, "It is put right.");
    const after = async (minute: number) => {
      await mailAwayReplies(later(sam, minute));
      return (await mailsTo(ctx)).map(({ data }) => (data as { said: string[] }).said);
    };
    expect(await after(69)).toEqual([["I look into it."]]);
    expect(await after(70)).toEqual([["I look into it."], ["It is put right."]]);
    expect(await after(200)).toHaveLength(2);
  });

  it("which is a card is told once, by the card's own mail where there is one", async () => {
    const [ctx, sam] = [await customer(await account()), await rep()];
    const { id } = await opened(ctx);
    const accountId = present([...ctx.actor.accounts.keys()][0], "account");
    const amount = { amountMinor: "100", currency: "USD" };
    const data = { number: "CR-1", accountNumber: "1", amount, bill: null, note: "Sorry", path: "/account" };
    const give = async (minute: number, mailed: boolean) => {
      const dedupeKey = `card ${ctx.actor.email} ${String(minute)}`;
      await withTransaction(t.db, async (tx) => {
        const started = await startAction(tx, {
          ...{ kind: "goodwill_credit", state: "done", accountId, makerLoginId: sam.actor.loginId, conversationId: id },
          ...{ amount: money(100n, currency("USD")), occurredOn: localDate("2026-11-23") },
          ...{ idempotencyKey: randomUUID(), input: {} },
        });
        if (!started.ok) throw new Error(started.reason);
        const by = { actionId: started.action.id, senderLoginId: sam.actor.loginId };
        await appendCard(tx, { conversationId: id, ...by, body: "Sorry", at: at(minute) });
        const mail = { kind: "credit_given" as const, to: ctx.actor.email, accountId, data, dedupeKey };
        if (mailed) await keepMail(tx, { ...mail, at: at(minute) });
      });
    };
    const kinds = async (minute: number) => {
      await mailAwayReplies(later(sam, minute));
      return (await mailsTo(ctx)).map(({ kind }) => kind);
    };
    await give(1, true);
    expect(await kinds(30)).toEqual(["credit_given"]);
    await give(31, false);
    expect(await kinds(60)).toEqual(["credit_given", "new_reply"]);
  });

  it("is mailed again when they have read and gone, not when they have read it, and never for notes", async () => {
    const [ctx, sam] = [await customer(await account()), await rep()];
    const { id } = await opened(ctx);
    await post(later(sam, 1), id, "First");
    await markRead({ ctx: later(ctx, 2), input: { conversationId: id, seq: 2 } });
    await post(later(sam, 3), id, "Between us", { asNote: true });
    await mailAwayReplies(later(sam, 30));
    expect(await mailsTo(ctx)).toEqual([]);
    await post(later(sam, 31), id, "Second");
    await mailAwayReplies(later(sam, 40));
    await markRead({ ctx: later(ctx, 41), input: { conversationId: id, seq: 4 } });
    await post(later(sam, 42), id, "Third");
    await mailAwayReplies(later(sam, 50));
    expect(await mailsTo(ctx)).toHaveLength(2);
  });
});
