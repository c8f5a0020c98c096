import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import { type AddressInfo } from "node:net";

import { eq } from "drizzle-orm";
import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import {
  type Ack,
  CLIENT_EVENTS,
  type ClientEventName,
  type ClientEvents,
  type ServerEvents,
} from "#app/contracts/realtime/events.ts";
import {
  accountPeople,
  type AccountRight,
  accounts,
  conversations,
  logins,
  messages,
  sessions as sessionRows,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { changeAccess } from "#server/domains/accounts/index.ts";
import { changeStaffRole, createSessions, type Sessions, suspendLogin } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { present } from "#server/platform/assert.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { isOurPage, startRealtime } from "./index.ts";
import { SOCKET_POLICY } from "./policy.ts";

type Line = Socket<ServerEvents, ClientEvents>;

let t: TestDatabase;
let http: HttpServer;
let io: Server;
let relay: Relay;
let sessions: Sessions;
let url: string;
const lines: Line[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  t = await createTestDatabase();
  http = createServer();
  io = new Server(http, {
    maxHttpBufferSize: 100_000,
    allowRequest: (r, answer) => answer(null, isOurPage(r, undefined)),
  });
  const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => void faults.push(facts) };
  relay = createRelay({ db: t.db, log });
  sessions = createSessions({ db: t.db, secure: false });
  startRealtime({
    ...{ io, db: t.db, relay, sessions, log },
    makeCtx: (actor) => testCtx(t.db, { actor, log }),
  });
  relay.start();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
});
afterEach(() => {
  for (const line of lines.splice(0)) line.disconnect();
  expect(faults).toEqual([]);
});
afterAll(async () => {
  await io.close();
  await relay.stop();
  await t.drop();
});

let n = 0;

async function login(
  role: "customer" | "rep" | "supervisor" | "admin",
  accountId?: string,
  right: AccountRight = "pay",
) {
  const email = `p${++n}@test.test`;
  const [row] = await t.db
    .insert(logins)
    .values({ email, name: `Person ${n}`, role })
    .returning();
  const loginId = present(row, "login").id;
  if (accountId) await t.db.insert(accountPeople).values({ accountId, loginId, right });
  const cookie = await sessions.open({ loginId, role }, { userAgent: null, ip: null, cookieHeader: null });
  return { loginId, cookie: present(cookie.split(";")[0], "cookie") };
}

async function account(): Promise<string> {
  const number = `R-${++n}`;
  const [row] = await t.db
    .insert(accounts)
    .values({ number, name: number, currency: currency("USD"), zone: "UTC" })
    .returning();
  return present(row, "account").id;
}

async function conversation(accountId: string, personLoginId: string): Promise<string> {
  const values = { number: `X-${++n}`, accountId, personLoginId, title: "t" };
  const [row] = await t.db.insert(conversations).values(values).returning();
  return present(row, "conversation").id;
}

async function open(cookie: string, headers: Record<string, string> = { origin: url }): Promise<Line> {
  const line: Line = connect(url, {
    ...{ transports: ["websocket"], forceNew: true, reconnection: false },
    extraHeaders: { ...headers, cookie },
  });
  lines.push(line);
  await new Promise<void>((resolve, reject) => {
    line.once("connect", resolve);
    line.once("connect_error", reject);
  });
  return line;
}

/** Any event with any payload: the point is what the server makes of it. */
const ask = (line: Line, name: string, payload: unknown): Promise<{ ok: boolean; reason?: string }> =>
  (line as unknown as Socket).timeout(5_000).emitWithAck(name, payload) as Promise<{ ok: boolean; reason?: string }>;

function heard<N extends keyof ServerEvents>(line: Line, name: N): Parameters<ServerEvents[N]>[0][] {
  const list: Parameters<ServerEvents[N]>[0][] = [];
  (line as unknown as Socket).onAny((told: string, event: Parameters<ServerEvents[N]>[0]) => {
    if (told === name) list.push(event);
  });
  return list;
}

const post = (conversationId: string, body: string, more: object = {}) => ({
  ...{ conversationId, clientId: randomUUID(), body },
  ...more,
});

describe("the handshake", () => {
  it("without a session, with one that has ended, or from a foreign page nobody gets in", async () => {
    const { cookie } = await login("rep");
    await expect(open("")).rejects.toThrow("unauthenticated");
    await expect(open("session=abc")).rejects.toThrow("unauthenticated");
    await expect(open(cookie, { origin: "https://evil.example" })).rejects.toThrow();
    await expect(open(cookie, {})).rejects.toThrow();
    await expect(open(cookie, { origin: url, "sec-fetch-site": "cross-site" })).rejects.toThrow();
    expect((await open(cookie)).connected).toBe(true);
  });

  it("while sessions cannot be read, whoever comes is told to come back, not that they are signed out", async () => {
    const { cookie } = await login("rep");
    await t.adminSql`alter table sessions rename to sessions_away`;
    await expect(open(cookie)).rejects.toThrow("unavailable");
    await t.adminSql`alter table sessions_away rename to sessions`;
    expect(faults.splice(0)).toHaveLength(1);
    expect((await open(cookie)).connected).toBe(true);
  });

  it("neither with the cookie of somebody suspended, nor of a session past its end", async () => {
    const [suspended, expired] = [await login("rep"), await login("customer", await account())];
    await t.db.update(logins).set({ suspendedAt: new Date() }).where(eq(logins.id, suspended.loginId));
    const past = { absoluteExpiresAt: new Date(Date.now() - 1) };
    await t.db.update(sessionRows).set(past).where(eq(sessionRows.userId, expired.loginId));
    await expect(open(suspended.cookie)).rejects.toThrow("unauthenticated");
    await expect(open(expired.cookie)).rejects.toThrow("unauthenticated");
  });

  it.each([
    ["a page of ours", { "sec-fetch-site": "same-origin" }, true],
    ["a foreign page", { "sec-fetch-site": "cross-site" }, false],
    ["a page of ours on plain http, where browsers say no more", { referer: "http://remit.lan:3000/account" }, true],
    ["a foreign page on plain http", { referer: "http://evil.lan/remit.lan:3000" }, false],
    ["nowhere", {}, false],
  ])("polling is asked from %s (%j): %s", (_whence, headers, allowed) => {
    const request = { method: "GET", headers: { host: "remit.lan:3000", ...headers } } as IncomingMessage;
    expect(isOurPage(request, undefined)).toBe(allowed);
  });
});

describe("every event × role × own, foreign and unknown id", () => {
  const payloadFor = (name: ClientEventName, ids: { conversationId: string; accountId: string }): object => {
    const { conversationId, accountId } = ids;
    const payloads: Record<ClientEventName, object> = {
      "conversation.join": { conversationId, afterSeq: 0 },
      "conversation.leave": { conversationId },
      "conversation.catch_up": { conversationId, afterSeq: 0 },
      "conversation.mark_read": { conversationId, seq: 1 },
      "conversation.type": { conversationId },
      "message.post": post(conversationId, "hello"),
      "messages.count_unread": {},
      "account.watch": { accountId },
      "account.unwatch": { accountId },
      "inbox.watch": {},
      "inbox.unwatch": {},
    };
    return payloads[name];
  };

  it("the table names them all", () => {
    expect(Object.keys(SOCKET_POLICY).sort()).toEqual(Object.keys(CLIENT_EVENTS).sort());
  });

  for (const name of Object.keys(SOCKET_POLICY) as ClientEventName[]) {
    const rule = SOCKET_POLICY[name];
    it(`${name}: ${rule.customer ? "customer" : "no customer"}, ${rule.staff ? "staff" : "no staff"}`, async () => {
      const [mine, theirs] = [await account(), await account()];
      const me = await login("customer", mine);
      const other = await login("customer", theirs);
      const own = { conversationId: await conversation(mine, me.loginId), accountId: mine };
      const foreign = { conversationId: await conversation(theirs, other.loginId), accountId: theirs };
      const unknown = { conversationId: randomUUID(), accountId: randomUUID() };
      const outcome = async (cookie: string, ids: typeof own) => {
        const answer = await ask(await open(cookie), name, payloadFor(name, ids));
        return answer.ok ? "ok" : answer.reason;
      };
      const concerned = rule.about !== "nothing";
      const allowed = rule.customer ? "ok" : "forbidden";
      expect(await outcome(me.cookie, own)).toBe(allowed);
      expect(await outcome(me.cookie, foreign)).toBe(concerned ? "not_found" : allowed);
      expect(await outcome(me.cookie, unknown)).toBe(concerned ? "not_found" : allowed);
      // Somebody else's customer, and one who may only look: a thread is its person's and the managers'.
      expect(await outcome(other.cookie, own)).toBe(concerned ? "not_found" : allowed);
      const viewer = await login("customer", mine, "view");
      expect(await outcome(viewer.cookie, own)).toBe(rule.about === "conversation" ? "not_found" : allowed);
      for (const role of ["rep", "supervisor", "admin"] as const) {
        const staff = await login(role);
        expect(await outcome(staff.cookie, own)).toBe(rule.staff ? "ok" : "forbidden");
        // Staff may watch any account; one that does not exist never says anything.
        const unknownIs = rule.about === "conversation" ? "not_found" : "ok";
        expect(await outcome(staff.cookie, unknown)).toBe(rule.staff ? unknownIs : "forbidden");
      }
    });
  }

  it("somebody else on the account does not get into a thread that is not theirs, unless they manage it", async () => {
    const accountId = await account();
    const owner = await login("customer", accountId);
    const conversationId = await conversation(accountId, owner.loginId);
    const payer = await login("customer", accountId, "pay");
    const manager = await login("customer", accountId, "manage");
    const join = async (cookie: string) =>
      ask(await open(cookie), "conversation.join", { conversationId, afterSeq: 0 });
    expect(await join(payer.cookie)).toMatchObject({ ok: false, reason: "not_found" });
    expect(await join(manager.cookie)).toMatchObject({ ok: true });
  });
});

describe("what is said in which room", () => {
  async function scene() {
    const accountId = await account();
    const me = await login("customer", accountId);
    const rep = await login("rep");
    const conversationId = await conversation(accountId, me.loginId);
    const [customer, staff] = [await open(me.cookie), await open(rep.cookie)];
    return { accountId, conversationId, customer, staff, me, rep };
  }

  it("a message is stored before it is acknowledged, reaches both sides, and a note only staff", async () => {
    const { conversationId, customer, staff, rep } = await scene();
    for (const line of [customer, staff]) await ask(line, "conversation.join", { conversationId, afterSeq: 0 });
    const [atCustomer, atStaff] = [heard(customer, "message.stored"), heard(staff, "message.stored")];
    const first = await ask(customer, "message.post", post(conversationId, "Hello"));
    expect(first).toMatchObject({ ok: true, seq: 1 });
    expect(await t.db.select().from(messages)).toContainEqual(expect.objectContaining({ conversationId, seq: 1 }));
    await ask(staff, "message.post", post(conversationId, "difficult", { asNote: true }));
    await ask(staff, "message.post", post(conversationId, "Good morning", { seenSeq: 1 }));
    await vi.waitFor(() => expect(atStaff.map((e) => e.message.body)).toEqual(["Hello", "difficult", "Good morning"]));
    await vi.waitFor(() => expect(atCustomer.map((e) => e.message.body)).toEqual(["Hello", "Good morning"]));
    expect(atCustomer[1]?.message.sender).toMatchObject({ loginId: rep.loginId, role: "staff" });
  });

  it("who was away catches up by sequence, however long it was, without the notes that are not theirs", async () => {
    const { conversationId, staff, me } = await scene();
    const send = (body: string, more: object = {}) => ask(staff, "message.post", post(conversationId, body, more));
    await send("one");
    await send("note", { asNote: true });
    await send("two");
    const back = await open(me.cookie);
    const caught = (await ask(back, "conversation.join", { conversationId, afterSeq: 1 })) as Ack<"conversation.join">;
    expect(caught).toMatchObject({ ok: true, more: false, messages: [{ seq: 3, body: "two" }] });
  });

  it("who sends is who is signed in, whatever the browser claims (S55)", async () => {
    const { conversationId, customer, staff, me, rep } = await scene();
    await ask(staff, "conversation.join", { conversationId, afterSeq: 0 });
    const [told, typing] = [heard(staff, "message.stored"), heard(staff, "conversation.typing")];
    const claims = { senderLoginId: rep.loginId, senderRole: "staff", kind: "card", seq: 99, asNote: false };
    const person = { loginId: rep.loginId, name: "Your bank", role: "staff" };
    expect(await ask(customer, "message.post", post(conversationId, "I am staff", claims))).toMatchObject({ seq: 1 });
    await ask(customer, "conversation.type", { conversationId, person });
    await vi.waitFor(() => expect(typing).toMatchObject([{ person: { loginId: me.loginId, role: "customer" } }]));
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]?.message).toMatchObject({ kind: "text", seq: 1, sender: { loginId: me.loginId, role: "customer" } });
    expect(await ask(customer, "message.post", post(conversationId, "n", { asNote: true }))).toMatchObject({
      ok: false,
    });
  });

  it("a room that was guessed is no way in: names are not events, and nothing is heard of a foreign thread (S54, S56)", async () => {
    const { conversationId, accountId, customer, staff } = await scene();
    const stranger = await open((await login("customer", await account())).cookie);
    const all: unknown[] = [];
    (stranger as unknown as Socket).onAny((...told: unknown[]) => all.push(told));
    for (const name of ["join", "subscribe", `conversation:${conversationId}`, "staff", `account:${accountId}`]) {
      expect(await ask(stranger, name, { room: `conversation:${conversationId}` })).toMatchObject({ ok: false });
    }
    for (const name of ["conversation.join", "conversation.type", "conversation.catch_up"] as const) {
      expect(await ask(stranger, name, { conversationId, afterSeq: 0 })).toMatchObject({ reason: "not_found" });
    }
    for (const line of [customer, staff]) await ask(line, "conversation.join", { conversationId, afterSeq: 0 });
    const heardByStaff = heard(staff, "message.stored");
    await ask(customer, "message.post", post(conversationId, "between us"));
    await ask(customer, "conversation.type", { conversationId });
    await vi.waitFor(() => expect(heardByStaff).toHaveLength(1));
    expect(all).toEqual([]);
  });

  it("a card's number is hidden before anybody hears of it (S72)", async () => {
    const { conversationId, customer, staff } = await scene();
    await ask(staff, "conversation.join", { conversationId, afterSeq: 0 });
    const told = heard(staff, "message.stored");
    await ask(customer, "message.post", post(conversationId, "take 4242 4242 4242 4242, cvc 123"));
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]?.message.body).toBe("take •••• 4242, cvc •••");
    const [row] = await t.db.select().from(messages).where(eq(messages.conversationId, conversationId));
    expect(row?.body).toBe("take •••• 4242, cvc •••");
  });

  it("a resend over a new line is the same message", async () => {
    const { conversationId, customer, me } = await scene();
    const message = post(conversationId, "once");
    expect(await ask(customer, "message.post", message)).toMatchObject({ seq: 1, fresh: true });
    customer.disconnect();
    expect(await ask(await open(me.cookie), "message.post", message)).toMatchObject({ seq: 1, fresh: false });
  });

  it("a rep who has not read the customer's last words is told them instead of sending", async () => {
    const { conversationId, customer, staff } = await scene();
    await ask(customer, "message.post", post(conversationId, "Solved already"));
    expect(await ask(staff, "message.post", post(conversationId, "Let me see", { seenSeq: 0 }))).toMatchObject({
      ...{ ok: false, reason: "stale" },
      newer: [{ seq: 1, body: "Solved already" }],
    });
  });

  it("typing and read marks reach the other side; who looks is told to staff, and to customers only of customers", async () => {
    const { conversationId, customer, staff, me, rep } = await scene();
    const presentAtStaff = heard(staff, "conversation.present");
    const presentAtCustomer = heard(customer, "conversation.present");
    for (const line of [customer, staff]) await ask(line, "conversation.join", { conversationId, afterSeq: 0 });
    const typing = heard(staff, "conversation.typing");
    const reads = heard(staff, "conversation.read");
    await ask(customer, "conversation.type", { conversationId });
    await ask(staff, "message.post", post(conversationId, "Hi"));
    await ask(customer, "conversation.mark_read", { conversationId, seq: 1 });
    await vi.waitFor(() => expect(typing).toMatchObject([{ person: { loginId: me.loginId, role: "customer" } }]));
    await vi.waitFor(() => expect(reads).toContainEqual({ conversationId, loginId: me.loginId, seq: 1 }));
    const ids = (list: typeof presentAtStaff) =>
      list
        .at(-1)
        ?.people.map((person) => person.loginId)
        .sort();
    await vi.waitFor(() => expect(ids(presentAtStaff)).toEqual([me.loginId, rep.loginId].sort()));
    await vi.waitFor(() => expect(ids(presentAtCustomer)).toEqual([me.loginId]));
  });

  it("an account that moved is told to those who watch it and to nobody else", async () => {
    const { accountId, customer, staff } = await scene();
    const stranger = await open((await login("customer", await account())).cookie);
    await ask(customer, "account.watch", { accountId });
    expect(await ask(stranger, "account.watch", { accountId })).toMatchObject({ reason: "not_found" });
    const told = [customer, staff, stranger].map((line) => heard(line, "account.changed"));
    await appendEvent(t.db, "account.money_changed", { accountId });
    relay.wake();
    await vi.waitFor(() => expect(told[0]).toEqual([{ accountId }]));
    expect([told[1], told[2]]).toEqual([[], []]);
  });

  it("the queue of the reps hears of every message; the customer of one elsewhere in the house", async () => {
    const { conversationId, customer, staff } = await scene();
    await ask(staff, "inbox.watch", {});
    const [inbox, own] = [heard(staff, "inbox.changed"), heard(customer, "messages.changed")];
    await ask(staff, "message.post", post(conversationId, "Hello"));
    await vi.waitFor(() => expect(inbox).toContainEqual({ conversationId }));
    await vi.waitFor(() => expect(own).toContainEqual({ conversationId }));
  });

  it("a customer is told how many messages of theirs are unread, a stranger of none", async () => {
    const { conversationId, customer, staff } = await scene();
    const stranger = await open((await login("customer", await account())).cookie);
    const countsFor = () => Promise.all([customer, stranger].map((line) => ask(line, "messages.count_unread", {})));
    const counted = (...counts: number[]) => counts.map((unread) => ({ ok: true, unread }));
    expect(await countsFor()).toEqual(counted(0, 0));
    await ask(staff, "message.post", post(conversationId, "Hello"));
    expect(await countsFor()).toEqual(counted(1, 0));
    await ask(customer, "conversation.mark_read", { conversationId, seq: 1 });
    expect(await countsFor()).toEqual(counted(0, 0));
  });
});

describe("what is told without being asked for", () => {
  it("that events are parked, or worked off, to those who may work them off and to nobody else", async () => {
    const of = async (who: { cookie: string }) => heard(await open(who.cookie), "parked.changed");
    const told = await Promise.all(["admin", "supervisor"].map(async (role) => of(await login(role as "admin"))));
    const others = [await of(await login("rep")), await of(await login("customer", await account(), "manage"))];
    for (const name of ["processor_event.parked", "processor_event.worked_off"] as const) {
      await appendEvent(t.db, name, { eventId: "evt_1" });
    }
    relay.wake();
    for (const list of told) await vi.waitFor(() => expect(list).toHaveLength(2));
    expect(others).toEqual([[], []]);
  });

  it("that a conversation was taken over, to the rep who held it and to nobody else", async () => {
    const accountId = await account();
    const me = await login("customer", accountId);
    const [sam, ines] = [await login("rep"), await login("rep")];
    const conversationId = await conversation(accountId, me.loginId);
    const lines = await Promise.all([sam, ines, me].map(async (who) => open(who.cookie)));
    const [held, took, asked] = lines.map((line) => heard(line, "conversation.taken_over"));
    const between = { fromLoginId: sam.loginId, byLoginId: ines.loginId };
    await appendEvent(t.db, "conversation.taken_over", { accountId, conversationId, ...between });
    relay.wake();
    await vi.waitFor(() => expect(held).toMatchObject([{ by: expect.stringMatching(/^Person/) as string }]));
    expect([took, asked]).toEqual([[], []]);
  });
});

describe("ends and limits", () => {
  it("a changed password, role or suspension ends every line of that login at once; a sign-out that session's", async () => {
    const { loginId, cookie } = await login("rep");
    const again = await sessions.open({ loginId, role: "rep" }, { userAgent: null, ip: null, cookieHeader: null });
    const [first, second] = [await open(cookie), await open(present(again.split(";")[0], "cookie"))];
    const sessionId = (await sessions.read(cookie))?.sessionId ?? null;
    await appendEvent(t.db, "login.security_changed", { loginId, sessionId });
    await vi.waitFor(() => expect(first.connected).toBe(false));
    expect(second.connected).toBe(true);
    await appendEvent(t.db, "login.security_changed", { loginId, sessionId: null });
    await vi.waitFor(() => expect(second.connected).toBe(false));
  });

  it("a right that is taken away ends the line that had it, and the next one has what is left (S7)", async () => {
    const accountId = await account();
    const { loginId, cookie } = await login("customer", accountId, "view");
    const line = await open(cookie);
    expect(await ask(line, "account.watch", { accountId })).toMatchObject({ ok: true });
    const input = { accountId, loginId, right: null, expectedVersion: 1 };
    expect(await changeAccess({ ctx: testCtx(t.db), input })).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(line.connected).toBe(false));
    expect(await ask(await open(cookie), "account.watch", { accountId })).toMatchObject({ reason: "not_found" });
  });

  it("a role that is taken away ends the line and the session that had it (S7)", async () => {
    const [{ loginId, cookie }, left] = [await login("supervisor"), await login("rep")];
    const [line, gone] = [await open(cookie), await open(left.cookie)];
    expect(await changeStaffRole({ ctx: testCtx(t.db), input: { loginId, role: "rep" } })).toMatchObject({ ok: true });
    const reason = "has left";
    expect(await suspendLogin({ ctx: testCtx(t.db), input: { loginId: left.loginId, reason } })).toMatchObject({
      ok: true,
    });
    for (const [ended, old] of [
      [line, cookie],
      [gone, left.cookie],
    ] as const) {
      await vi.waitFor(() => expect(ended.connected).toBe(false));
      await expect(open(old)).rejects.toThrow("unauthenticated");
    }
  });

  it("a session that has ended answers the next event with unauthenticated and closes", async () => {
    const { loginId, cookie } = await login("rep");
    const line = await open(cookie);
    await t.db.delete(sessionRows).where(eq(sessionRows.userId, loginId));
    expect(await ask(line, "inbox.watch", {})).toMatchObject({ ok: false, reason: "unauthenticated" });
    await vi.waitFor(() => expect(line.connected).toBe(false));
  });

  it("what is malformed, unknown or too much is refused by name", async () => {
    const line = await open((await login("rep")).cookie);
    expect(await ask(line, "conversation.join", { conversationId: "1", afterSeq: 0 })).toMatchObject({
      reason: "malformed",
    });
    expect(await ask(line, "conversation.join", null)).toMatchObject({ reason: "malformed" });
    expect(await ask(line, "constructor", {})).toMatchObject({ reason: "unknown_event" });
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask(line, "inbox.watch", {})));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(SOCKET_POLICY["inbox.watch"].perTenSeconds);
    expect(answers.at(-1)).toMatchObject({ ok: false, reason: "too_fast" });
  });

  it.each([
    '2["message.post"',
    '2{"a":1}',
    "2[]",
    '2[null,{"a":1}]',
    '2[{"toString":1},{}]',
    '2["__proto__",{"constructor":{"prototype":{"admin":true}}}]',
    '2["connect_error",{}]',
    '2["disconnect",{}]',
    '299999999999999999999["inbox.watch",{}]',
    '51-["message.post",{"_placeholder":true,"num":9}]',
    '5999999999-["x"]',
    '61-1[{"_placeholder":true,"num":-1}]',
    '0/admin,{"token":1}',
    "1/,",
    "9",
    "",
    `2["inbox.watch",${"[".repeat(5_000)}${"]".repeat(5_000)}]`,
  ])("a packet made to crash (%s) ends at most its own line (S53)", async (packet) => {
    const { cookie } = await login("rep");
    const [bad, good] = [await open(cookie), await open(cookie)];
    // Ends with this packet or a moment later: the next answer of the other line is what tells.
    bad.io.engine.write(packet);
    expect(await ask(good, "inbox.watch", {})).toMatchObject({ ok: true });
    expect(await ask(await open(cookie), "inbox.watch", {})).toMatchObject({ ok: true });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it("a login has so many lines and no more, and a flood on one never slows another (S52)", async () => {
    const { cookie } = await login("rep");
    const opened = await Promise.allSettled(Array.from({ length: 45 }, () => open(cookie)));
    const refused = opened.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThanOrEqual(5);
    const flood = present(
      lines.find((line) => line.connected),
      "a line that is open",
    );
    const answers = Promise.all(Array.from({ length: 2_000 }, () => ask(flood, "inbox.unwatch", {})));
    expect(await ask(await open((await login("rep")).cookie), "inbox.watch", {})).toMatchObject({ ok: true });
    const outcomes = await answers;
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(SOCKET_POLICY["inbox.unwatch"].perTenSeconds);
  });

  it("a text that is too long gets its length back; a frame of megabytes ends the line and stores nothing", async () => {
    const accountId = await account();
    const me = await login("customer", accountId);
    const conversationId = await conversation(accountId, me.loginId);
    const line = await open(me.cookie);
    expect(await ask(line, "message.post", post(conversationId, "x".repeat(10_001)))).toMatchObject({
      ...{ ok: false, reason: "too_long" },
      ...{ length: 10_001, max: 10_000 },
    });
    const closed = once(line as unknown as NodeJS.EventEmitter, "disconnect");
    line.emit("message.post", post(conversationId, "x".repeat(10_000_000)), () => undefined);
    await closed;
    expect((await t.db.select().from(messages)).filter((m) => m.conversationId === conversationId)).toEqual([]);
  });
});
