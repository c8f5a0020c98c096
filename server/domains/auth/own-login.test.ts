import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { logins, mails, oneTimeCodes, outbox, rateLimits, sessions as sessionRows } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  changePassword,
  changeProfile,
  createLogin,
  createSessions,
  endAllSessions,
  endSession,
  listSessions,
  requestPasswordReset,
  resetPassword,
  type Sessions,
  signInWithPassword,
} from "./index.ts";

let t: TestDatabase;
let ctx: Ctx;
let sessions: Sessions;
let loginId: string;
const ip = "203.0.113.7";
const email = "ana@example.com";
const password = "correct horse battery";

beforeAll(async () => {
  t = await createTestDatabase();
  ctx = testCtx(t.db);
  sessions = createSessions({ db: t.db, secure: false });
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(rateLimits);
  await t.db.delete(logins);
  await t.db.delete(mails);
  const made = await createLogin({ ctx, input: { email, name: "Ana", role: "customer", password } });
  if (!made.ok) throw new Error("no login");
  loginId = made.value.id;
});

const ana = (): Ctx => {
  const actor: Actor = { kind: "customer", loginId, name: "Ana", email, locale: "en-US", accounts: new Map() };
  return testCtx(t.db, { actor });
};
const anonymous = () => testCtx(t.db, { actor: { kind: "anonymous" } });

async function open(): Promise<{ cookie: string; sessionId: string }> {
  const set = await sessions.open({ loginId, role: "customer" }, { userAgent: "test", ip, cookieHeader: null });
  const cookie = set.split(";", 1)[0] ?? "";
  const signedIn = await sessions.read(cookie);
  return { cookie, sessionId: signedIn?.sessionId ?? "" };
}

async function mailedToken(): Promise<string> {
  await requestPasswordReset({ ctx: anonymous(), input: { email, ip } });
  const rows = await t.db.select().from(mails).where(eq(mails.kind, "reset_password")).orderBy(mails.id);
  return String(rows.at(-1)?.data["path"]).replace("/reset/", "");
}

const reset = (token: string, next = "a quite new password") =>
  resetPassword({ ctx: anonymous(), input: { token, password: next, ip } });
const signsInWith = async (text: string) =>
  (await signInWithPassword({ ctx: anonymous(), input: { email, password: text, ip } })).ok;

test("a reset link sets the password once, ends every session and tells the person", async () => {
  const { cookie } = await open();
  const token = await mailedToken();
  await t.db.delete(outbox);
  expect(await reset(token)).toMatchObject({ ok: true, value: { loginId } });
  expect(await sessions.read(cookie)).toBeNull();
  expect(await signsInWith("a quite new password")).toBe(true);
  expect(await signsInWith(password)).toBe(false);
  expect(await reset(token, "a third password here")).toEqual({ ok: false, reason: "link_over" });
  const events = await t.db.select().from(outbox);
  expect(events.map((event) => event.name)).toContain("login.security_changed");
  expect(await t.db.select().from(mails).where(eq(mails.kind, "password_changed"))).toHaveLength(1);
});

test("two who use the same link at once: one of them sets the password", async () => {
  const token = await mailedToken();
  const answers = await Promise.all([reset(token, "the first password"), reset(token, "the second password")]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
});

test("a refused password uses the link up neither", async () => {
  const token = await mailedToken();
  expect(await reset(token, "short")).toMatchObject({ reason: "password_too_short", least: 12 });
  expect(await reset(token, "Password123456!")).toMatchObject({ reason: "password_too_common" });
  expect(await reset(token, email)).toMatchObject({ reason: "password_too_common" });
  expect(await reset(token)).toMatchObject({ ok: true });
});

test("a link is worth nothing when its time is over, when a newer one was mailed, or altered by a letter", async () => {
  const first = await mailedToken();
  const second = await mailedToken();
  expect(await reset(first)).toEqual({ ok: false, reason: "link_over" });
  const altered = `${second.slice(0, -1)}${second.endsWith("A") ? "B" : "A"}`;
  expect(await reset(altered)).toEqual({ ok: false, reason: "link_over" });
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await reset(second)).toEqual({ ok: false, reason: "link_over" });
});

test("the table of links gives no link", async () => {
  const token = await mailedToken();
  const rows = await t.db.select().from(oneTimeCodes);
  expect(JSON.stringify(rows)).not.toContain(token.slice(22));
});

test("asking for a reset is one answer whether the address exists, and mails nobody else", async () => {
  const known = await requestPasswordReset({ ctx: anonymous(), input: { email, ip } });
  const unknown = await requestPasswordReset({ ctx: anonymous(), input: { email: "nobody@example.com", ip } });
  expect(unknown).toEqual(known);
  const sent = await t.db.select().from(mails);
  expect(sent.map((mail) => mail.toAddress)).toEqual([email]);
});

test("changing a password needs the old one, keeps this session and ends the others", async () => {
  const here = await open();
  const there = await open();
  const change = (current: string | null) =>
    changePassword({ ctx: ana(), input: { current, password: "a quite new password", keepSessionId: here.sessionId } });
  expect(await change("not the right one")).toEqual({ ok: false, reason: "wrong_password" });
  expect(await change(null)).toEqual({ ok: false, reason: "wrong_password" });
  await t.db.delete(outbox);
  expect(await change(password)).toMatchObject({ ok: true });
  expect(await sessions.read(here.cookie)).not.toBeNull();
  expect(await sessions.read(there.cookie)).toBeNull();
  const told = await t.db.select().from(outbox).where(eq(outbox.name, "login.security_changed"));
  expect(told.map((event) => event.payload)).toEqual([{ loginId, sessionId: there.sessionId }]);
});

test("the tenth wrong old password is the last", async () => {
  const change = () =>
    changePassword({ ctx: ana(), input: { current: "wrong", password: "a quite new password", keepSessionId: "" } });
  for (let at = 0; at < 10; at += 1) await change();
  expect(await change()).toMatchObject({ reason: "too_many_attempts" });
});

test("whoever signs in with codes may set a password without an old one", async () => {
  await t.db.update(logins).set({ passwordHash: null });
  const { sessionId } = await open();
  const input = { current: null, password: "a quite new password", keepSessionId: sessionId };
  await t.db.update(sessionRows).set({ provedAt: sql`now() - interval '11 minutes'` });
  expect(await changePassword({ ctx: ana(), input })).toEqual({ ok: false, reason: "proof_needed" });
  await t.db.update(sessionRows).set({ provedAt: sql`now() - interval '9 minutes'` });
  expect(await changePassword({ ctx: ana(), input })).toMatchObject({ ok: true });
  expect(await signsInWith("a quite new password")).toBe(true);
});

test("a person ends their own sessions, and nobody else's", async () => {
  const mine = await open();
  const other = await createLogin({ ctx, input: { email: "b@example.com", name: "B", role: "customer", password } });
  if (!other.ok) throw new Error("no login");
  await sessions.open({ loginId: other.value.id, role: "customer" }, { userAgent: null, ip, cookieHeader: null });
  const [theirs] = await listSessions(t.db, other.value.id);
  await endSession({ ctx: ana(), input: { sessionId: theirs?.id ?? "" } });
  expect(await listSessions(t.db, other.value.id)).toHaveLength(1);
  await endSession({ ctx: ana(), input: { sessionId: mine.sessionId } });
  expect(await sessions.read(mine.cookie)).toBeNull();
});

test("signing out everywhere leaves no session, or only this one", async () => {
  const here = await open();
  await open();
  await open();
  await endAllSessions({ ctx: ana(), input: { keepSessionId: here.sessionId } });
  expect(await listSessions(t.db, loginId)).toHaveLength(1);
  await endAllSessions({ ctx: ana(), input: { keepSessionId: null } });
  expect(await t.db.select().from(sessionRows)).toEqual([]);
});

test("nobody changes a login without being signed in", async () => {
  const input = { name: "Mallory", locale: "en-US" };
  await expect(changeProfile({ ctx: anonymous(), input })).rejects.toMatchObject({ code: "unauthenticated" });
});
