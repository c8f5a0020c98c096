import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { logins, mails, oneTimeCodes, outbox, rateLimits, sessions as sessionRows } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  createLogin,
  createSessions,
  requestSignInCode,
  signInWithCode,
  signInWithPassword,
  type Sessions,
} from "./index.ts";
import { inTurn } from "./in-turn.ts";
import { CODE_ATTEMPTS, makeCode, requestPayload, storeCode } from "./one-time-codes.ts";

let t: TestDatabase;
let ctx: Ctx;
let sessions: Sessions;
const ip = "203.0.113.7";
const email = "ana@example.com";
const password = "correct horse battery";
const REQUEST = "the page that asked";

beforeAll(async () => {
  t = await createTestDatabase();
  ctx = testCtx(t.db);
  sessions = createSessions({ db: t.db, secure: false });
  await createLogin({ ctx, input: { email, name: "Ana", role: "customer", password } });
  await createLogin({ ctx, input: { email: "gone@example.com", name: "Gone", role: "rep", password } });
  await t.db.update(logins).set({ suspendedAt: new Date() }).where(eq(logins.email, "gone@example.com"));
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(rateLimits);
  await t.db.delete(oneTimeCodes);
});

const anonymous = () => testCtx(t.db, { actor: { kind: "anonymous" } });
const withPassword = (asked: { email: string; password: string }) =>
  signInWithPassword({ ctx: anonymous(), input: { ...asked, ip } });
const withCode = (asked: { email: string; code: string; request?: string }) =>
  signInWithCode({ ctx: anonymous(), input: { request: REQUEST, ...asked, ip } });

/** A code that this test knows, kept as the command keeps one. */
async function keptCode(): Promise<string> {
  const { code, codeHash } = await makeCode();
  const [login] = await t.db.select().from(logins).where(eq(logins.email, email));
  await storeCode(t.db, {
    ...{ purpose: "sign_in", email, loginId: login?.id ?? null, payload: requestPayload(REQUEST), codeHash },
  });
  return code;
}

test("an e-mail in any case and with blanks around it signs in", async () => {
  expect(await withPassword({ email: " ANA@Example.COM ", password })).toMatchObject({ ok: true });
});

test("unknown, wrong, suspended and without a password are one answer", async () => {
  await createLogin({ ctx, input: { email: "codes@example.com", name: "Codes", role: "customer", password: null } });
  const answers = await Promise.all([
    withPassword({ email, password: "not the right one" }),
    withPassword({ email: "nobody@example.com", password }),
    withPassword({ email: "gone@example.com", password }),
    withPassword({ email: "codes@example.com", password }),
  ]);
  for (const answer of answers) expect(answer).toEqual({ ok: false, reason: "wrong_email_or_password" });
});

test("an unknown e-mail is as much work as a known one: each waits for its turn to hash", async () => {
  let open = () => undefined as void;
  const gate = new Promise<void>((go) => (open = go));
  // As many as may run and wait: whoever asks for one hash more is asked to come again.
  const full = Array.from({ length: 68 }, () => inTurn(() => gate));
  try {
    for (const asked of [email, "n1@example.com", "gone@example.com"])
      await expect(withPassword({ email: asked, password: "not the right one" })).rejects.toMatchObject({
        code: "unavailable",
      });
  } finally {
    open();
    await Promise.all(full);
  }
});

test("the eleventh try in a quarter of an hour is refused, whatever the case of the address, and even if right", async () => {
  for (let at = 0; at < 10; at += 1)
    await withPassword({ email: at % 2 ? email : "ANA@EXAMPLE.COM", password: "wrong" });
  expect(await withPassword({ email, password })).toMatchObject({ ok: false, reason: "too_many_attempts" });
});

test("one network is refused after fifty tries at as many addresses, also from its other IPv6 addresses", async () => {
  const from = (host: number, at: number) =>
    signInWithPassword({
      ctx: anonymous(),
      input: { email: `n${at}@example.com`, password: "wrong", ip: `2001:db8:1:2::${host.toString(16)}` },
    });
  for (let at = 0; at < 50; at += 1) await from(at + 1, at);
  expect(await from(999, 99)).toMatchObject({ ok: false, reason: "too_many_attempts" });
});

test("a code is mailed to whoever has a login, and the answer is the same for everybody", async () => {
  const asked = ["gone@example.com", "nobody@example.com", email];
  const answers = [];
  for (const one of asked) answers.push(await requestSignInCode({ ctx: anonymous(), input: { email: one, ip } }));
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { minutes: 10 } });
  const requests = answers.map((answer) => (answer.ok ? answer.value.request : ""));
  expect(new Set(requests).size).toBe(3);
  for (const request of requests) expect(request).toMatch(/^[\w-]{22}$/);
  const sent = await t.db.select().from(mails).where(eq(mails.kind, "sign_in_code"));
  expect(sent.map((mail) => mail.toAddress)).toEqual([email]);
  const code = String(sent[0]?.data["code"]);
  const [kept] = await t.db.select().from(oneTimeCodes);
  expect(kept?.codeHash).not.toContain(code);
  expect(await withCode({ email, code })).toEqual({ ok: false, reason: "wrong_code" });
  expect(await withCode({ email, code, request: requests[2] ?? "" })).toMatchObject({ ok: true });
});

test("asking for a code takes at least as long as the slower way, for everybody", async () => {
  const time = async (one: string) => {
    const began = performance.now();
    await requestSignInCode({ ctx: anonymous(), input: { email: one, ip } });
    return performance.now() - began;
  };
  expect(Math.min(await time(email), await time("nobody@example.com"))).toBeGreaterThanOrEqual(149);
});

test("a code works once, also for two who come at the same moment", async () => {
  const code = await keptCode();
  const answers = await Promise.all([withCode({ email, code }), withCode({ email, code }), withCode({ email, code })]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await withCode({ email, code })).toEqual({ ok: false, reason: "wrong_code" });
});

test("a code may be typed with its gap, and in digits of another keyboard", async () => {
  const code = await keptCode();
  const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  expect(await withCode({ email, code: ` ${wide.slice(0, 4)} ${wide.slice(4)} ` })).toMatchObject({ ok: true });
});

test("a code dies after its wrong tries, even if they come at once", async () => {
  const code = await keptCode();
  const wrong = code === "00000000" ? "00000001" : "00000000";
  await Promise.all(Array.from({ length: CODE_ATTEMPTS }, () => withCode({ email, code: wrong })));
  expect(await withCode({ email, code })).toEqual({ ok: false, reason: "wrong_code" });
});

test("a code is worth nothing when its time is over, or after a newer one", async () => {
  const old = await keptCode();
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await withCode({ email, code: old })).toEqual({ ok: false, reason: "wrong_code" });
  const first = await keptCode();
  const second = await keptCode();
  expect(await withCode({ email, code: first })).toEqual({ ok: false, reason: "wrong_code" });
  expect(await withCode({ email, code: second })).toMatchObject({ ok: true });
});

test("somebody else's code opens nothing", async () => {
  const code = await keptCode();
  expect(await withCode({ email: "codes@example.com", code })).toEqual({ ok: false, reason: "wrong_code" });
});

test("signing in gives a new session, and the one the browser came with is gone with its sockets", async () => {
  const signed = await withPassword({ email, password });
  if (!signed.ok) throw new Error("not signed in");
  const origin = { userAgent: "test", ip, cookieHeader: null };
  const first = cookieOf(await sessions.open(signed.value, origin));
  const before = await sessions.read(first);
  await t.db.delete(outbox);
  const second = cookieOf(await sessions.open(signed.value, { ...origin, cookieHeader: first }));
  expect(second).not.toBe(first);
  expect(await sessions.read(first)).toBeNull();
  expect(await sessions.read(second)).toMatchObject({ loginId: signed.value.loginId });
  expect(await t.db.select().from(outbox)).toMatchObject([
    { name: "login.security_changed", payload: { sessionId: before?.sessionId } },
  ]);
});

test("a stolen table gives no session, and a made-up cookie is nobody's", async () => {
  const [row] = await t.db.select().from(sessionRows).limit(1);
  expect(await sessions.read(`session=${row?.id ?? ""}`)).toBeNull();
  expect(await sessions.read("session=000000000000000000000000000000000000")).toBeNull();
});

test("a session ends at its absolute end however busy it is", async () => {
  const cookie = await openFor(email);
  expect(await sessions.read(cookie)).not.toBeNull();
  await t.db.update(sessionRows).set({ absoluteExpiresAt: sql`now() - interval '1 second'` });
  expect(await sessions.read(cookie)).toBeNull();
});

test("a session that nobody uses ends, and a suspended login's is nobody's at once", async () => {
  const cookie = await openFor(email);
  await t.db.update(logins).set({ suspendedAt: new Date() }).where(eq(logins.email, email));
  expect(await sessions.read(cookie)).toBeNull();
  await t.db.update(logins).set({ suspendedAt: null }).where(eq(logins.email, email));
  await t.db.update(sessionRows).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await sessions.read(cookie)).toBeNull();
});

test("signing out ends the session and its sockets", async () => {
  const cookie = await openFor(email);
  await t.db.delete(outbox);
  const { ended, cookie: cleared } = await sessions.close(cookie);
  expect(ended).toMatchObject({ email });
  expect(cleared).toMatch(/Max-Age=0/);
  expect(await sessions.read(cookie)).toBeNull();
  expect(await t.db.select().from(outbox)).toMatchObject([{ name: "login.security_changed" }]);
});

test("the cookie is out of reach of scripts and other sites, and bound to our host where it is https", async () => {
  const signed = await withPassword({ email, password });
  if (!signed.ok) throw new Error("not signed in");
  const secure = createSessions({ db: t.db, secure: true });
  const cookie = await secure.open(signed.value, { userAgent: null, ip, cookieHeader: null });
  expect(cookie).toMatch(/^__Host-session=[^;]+;.*HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).toMatch(/Secure/);
  expect(cookie).not.toMatch(/Domain=/);
});

async function openFor(who: string): Promise<string> {
  const [login] = await t.db.select().from(logins).where(eq(logins.email, who));
  if (!login) throw new Error("no login");
  return cookieOf(
    await sessions.open({ loginId: login.id, role: login.role }, { userAgent: null, ip, cookieHeader: null }),
  );
}

const cookieOf = (setCookie: string): string => setCookie.split(";", 1)[0] ?? "";
