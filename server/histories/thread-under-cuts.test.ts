import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { asc, eq } from "drizzle-orm";
import { Server } from "socket.io";
import { io as connect } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { type OutboxStore, type Pending } from "#app/realtime/outbox.ts";
import { createRealtimeClient, type Line, LINE_OPTIONS } from "#app/realtime/realtime-client.ts";
import { createThreadSession, type ThreadSession } from "#app/realtime/thread-session.ts";
import { accountPeople, accounts, conversations, logins, messages } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createSessions, type Sessions } from "#server/domains/auth/index.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { present } from "#server/platform/assert.ts";
import { isOurPage, startRealtime } from "#server/realtime/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type FaultyLine, openFaultyLine } from "./faulty-line.ts";

let t: TestDatabase;
let http: HttpServer;
let io: Server;
let relay: Relay;
let sessions: Sessions;
let way: FaultyLine;
const stops: (() => void)[] = [];
const seed = Number(process.env["THREAD_SEED"] ?? Math.floor(Math.random() * 1e9));

beforeAll(async () => {
  t = await createTestDatabase();
  http = createServer();
  io = new Server(http, {
    ...{ maxHttpBufferSize: 100_000, pingInterval: 400, pingTimeout: 400 },
    allowRequest: (request, answer) => answer(null, isOurPage(request, way.url)),
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  relay = createRelay({ db: t.db, log });
  sessions = createSessions({ db: t.db, secure: false });
  startRealtime({
    ...{ io, db: t.db, relay, sessions, log },
    makeCtx: (actor) => testCtx(t.db, { actor, log, now: new Date() }),
  });
  relay.start();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  way = await openFaultyLine((http.address() as AddressInfo).port, seeded(seed));
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  way.blockWebSockets(false);
});
afterAll(async () => {
  await io.close();
  await way.close();
  await relay.stop();
  await t.drop();
});

type Someone = { loginId: string; name: string; cookie: string; staff: boolean };

async function someone(role: "customer" | "rep", accountId: string): Promise<Someone> {
  const name = `${role} ${randomUUID().slice(0, 8)}`;
  const [row] = await t.db
    .insert(logins)
    .values({ email: `${randomUUID()}@test.test`, name, role })
    .returning();
  const loginId = present(row, "login").id;
  if (role === "customer") await t.db.insert(accountPeople).values({ accountId, loginId, right: "pay" });
  const cookie = await sessions.open({ loginId, role }, { userAgent: null, ip: null, cookieHeader: null });
  return { loginId, name, cookie: present(cookie.split(";")[0], "cookie"), staff: role === "rep" };
}

async function scene() {
  const number = `W-${randomUUID().slice(0, 8)}`;
  const [account] = await t.db
    .insert(accounts)
    .values({ number, name: number, currency: currency("USD"), zone: "UTC" })
    .returning();
  const { id: accountId } = present(account, "account");
  const [ana, sam, ruth] = [
    await someone("customer", accountId),
    await someone("rep", accountId),
    await someone("rep", accountId),
  ];
  const [row] = await t.db
    .insert(conversations)
    .values({ number, accountId, personLoginId: ana.loginId, title: "t" })
    .returning();
  return { conversation: present(row, "conversation"), ana, sam, ruth };
}

type Conversation = typeof conversations.$inferSelect;

/** The page's own code, at the end of a line that fails. */
function openThread(conversation: Conversation, who: Someone): ThreadSession {
  const { cookie, ...person } = who;
  const client = createRealtimeClient((tell) => {
    const headers = { cookie, origin: way.url, "sec-fetch-site": "same-origin" };
    const options = { ...LINE_OPTIONS, reconnectionDelay: 20, reconnectionDelayMax: 100, forceNew: true };
    const line: Line = connect(way.url, { ...options, extraHeaders: headers });
    line.onAny((name: string, ...values: unknown[]) => tell(name, values));
    stops.push(() => line.disconnect());
    return Promise.resolve(line);
  });
  let kept: readonly Pending[] = [];
  const outbox: OutboxStore = { read: () => [...kept], write: (pending) => (kept = pending) };
  const thread = createThreadSession({
    ...{ client, outbox, makeId: () => randomUUID(), onMoved: () => undefined },
    data: startOf(conversation, person),
  });
  stops.push(thread.start());
  return thread;
}

const startOf = (conversation: Conversation, person: Omit<Someone, "cookie">): ThreadData => ({
  conversation: { ...conversation, accountNumber: "", personName: null, assigneeName: null },
  ...{ messages: [], more: false, reads: [], me: person, clientId: randomUUID() },
});

const storedIn = (conversationId: string) =>
  t.db
    .select({ seq: messages.seq, body: messages.body, clientId: messages.clientId })
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(asc(messages.seq));

/** What a page shows, as the server stores it. */
const shownIn = (thread: ThreadSession) =>
  thread.getSnapshot().messages.map(({ seq, body, clientId }) => ({ seq, body, clientId }));

/** A writer who reads what came and sends anyway; nothing that was written is given up. */
function persist(thread: ThreadSession): void {
  for (const { clientId, status } of thread.getSnapshot().pending) {
    if (status === "stale" || status === "failed") thread.retry(clientId);
  }
}

const patient = { timeout: 25_000, interval: 20 };

describe(`a thread over lines that fail (seed ${String(seed)})`, () => {
  it("of 240 messages by two reps and a customer under 50 cuts none is lost, none doubled, and all read one order", async () => {
    const { conversation, ana, sam, ruth } = await scene();
    const threads = [ana, sam, ruth].map((who) => openThread(conversation, who));
    let cuts = 0;
    for (let round = 0; round < 80 || cuts < 50; round += 1) {
      if (round < 80)
        for (const [at, thread] of threads.entries()) thread.send({ body: `${String(at)}.${String(round)}` });
      await pause(30);
      if (round % 3 === 0) cuts += way.cut(0.3);
      threads.forEach(persist);
    }
    await vi.waitFor(
      () => {
        threads.forEach(persist);
        if (threads.some((thread) => thread.getSnapshot().pending.length > 0)) way.cut(0.3);
        expect(threads.map((thread) => thread.getSnapshot().pending.length)).toEqual([0, 0, 0]);
      },
      { timeout: 60_000, interval: 300 },
    );
    const stored = await storedIn(conversation.id);
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 240 }, (_, at) => at + 1));
    for (const at of [0, 1, 2]) {
      const own = stored.map(({ body }) => body).filter((body) => body.startsWith(`${String(at)}.`));
      expect(new Set(own).size).toBe(80);
      // A customer is never asked anything, so their words stand as they were written.
      if (at === 0) expect(own).toEqual(Array.from({ length: 80 }, (_, round) => `0.${String(round)}`));
    }
    for (const thread of threads) await vi.waitFor(() => expect(shownIn(thread)).toEqual(stored), patient);
  }, 120_000);

  it("an answer lost after the commit: the message is stored once, and its writer sees it once (R26)", async () => {
    const { conversation, ana } = await scene();
    const thread = openThread(conversation, ana);
    await vi.waitFor(() => expect(thread.getSnapshot().connection).toBe("on"), patient);
    way.hush("answers");
    thread.send({ body: "only once" });
    await vi.waitFor(async () => expect(await storedIn(conversation.id)).toHaveLength(1), patient);
    way.cut(1);
    await vi.waitFor(() => expect(thread.getSnapshot().pending).toEqual([]), patient);
    const stored = await storedIn(conversation.id);
    expect(stored.map(({ body }) => body)).toEqual(["only once"]);
    await vi.waitFor(() => expect(shownIn(thread)).toEqual(stored), patient);
  });

  it("a peer that is gone without a word is noticed, and what was written into the silence arrives, in order (R27, R31)", async () => {
    const { conversation, ana, sam } = await scene();
    const [customer, rep] = [openThread(conversation, ana), openThread(conversation, sam)];
    for (const thread of [customer, rep])
      await vi.waitFor(() => expect(thread.getSnapshot().connection).toBe("on"), patient);
    way.hush("everything");
    for (const body of ["one", "two", "three"]) customer.send({ body });
    await vi.waitFor(() => expect(customer.getSnapshot().pending).toEqual([]), patient);
    await vi.waitFor(() => expect(shownIn(rep).map(({ body }) => body)).toEqual(["one", "two", "three"]), patient);
    expect((await storedIn(conversation.id)).map(({ body }) => body)).toEqual(["one", "two", "three"]);
  });

  it("where WebSockets are blocked the thread goes by polling, with the same guarantees (R32)", async () => {
    way.blockWebSockets(true);
    const { conversation, ana, sam } = await scene();
    const [customer, rep] = [openThread(conversation, ana), openThread(conversation, sam)];
    for (const thread of [customer, rep])
      await vi.waitFor(() => expect(thread.getSnapshot().connection).toBe("on"), patient);
    customer.send({ body: "by polling" });
    await vi.waitFor(() => expect(shownIn(rep).map(({ body }) => body)).toEqual(["by polling"]), patient);
    way.cut(1);
    rep.send({ body: "after a cut" });
    await vi.waitFor(() => {
      persist(rep);
      expect(shownIn(customer).map(({ body }) => body)).toEqual(["by polling", "after a cut"]);
    }, patient);
  });
});

/** Mulberry32. */
function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
