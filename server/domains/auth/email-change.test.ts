import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { logins, mails, oneTimeCodes, rateLimits, sessions as sessionRows } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  confirmEmailChange,
  createLogin,
  createSessions,
  getLogin,
  giveTotp,
  hasSecondFactor,
  requestEmailChange,
  requestPasswordReset,
  resetPassword,
  type Sessions,
  signInWithPassword,
  undoEmailChange,
} from "./index.ts";
import { makeTotpSecret } from "./totp.ts";

let t: TestDatabase;
let system: Ctx;
let sessions: Sessions;
let loginId: string;
let here: { cookie: string; sessionId: string };
const ip = "203.0.113.7";
const email = "ana@example.com";
const fresh = "ana@new.example.com";
const password = "correct horse battery";

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db);
  sessions = createSessions({ db: t.db, secure: false });
});
afterAll(() => t.drop());
beforeEach(async () => {
  for (const table of [rateLimits, logins, mails, oneTimeCodes]) await t.db.delete(table);
  loginId = await make(email);
  const set = await sessions.open({ loginId, role: "customer" }, { userAgent: null, ip, cookieHeader: null });
  const cookie = set.split(";", 1)[0] ?? "";
  here = { cookie, sessionId: (await sessions.read(cookie))?.sessionId ?? "" };
});

async function make(address: string): Promise<string> {
  const input = { email: address, name: "Ana", role: "customer" as const, password };
  const made = await createLogin({ ctx: system, input });
  if (!made.ok) throw new Error("no login");
  return made.value.id;
}
const ana = (): Ctx =>
  testCtx(t.db, { actor: { kind: "customer", loginId, name: "Ana", email, locale: "en-US", accounts: new Map() } });
const anonymous = () => testCtx(t.db, { actor: { kind: "anonymous" } });
const ask = (to: string) => requestEmailChange({ ctx: ana(), input: { email: to, sessionId: here.sessionId } });
const confirm = (token: string) => confirmEmailChange({ ctx: anonymous(), input: { token, ip } });
const undo = (token: string) => undoEmailChange({ ctx: anonymous(), input: { token, ip } });
async function tokenIn(kind: "confirm_email" | "email_changed", to: string): Promise<string> {
  const rows = await t.db.select().from(mails).where(eq(mails.kind, kind)).orderBy(mails.id);
  const last = rows.filter((mail) => mail.toAddress === to).at(-1);
  return String(last?.data["path"]).replace("/email/", "");
}
const emailNow = async () => (await getLogin(t.db, loginId)).email;

test("an address counts once its own mail has confirmed it; sessions end and the old address is told", async () => {
  expect(await ask(fresh)).toMatchObject({ ok: true });
  expect(await emailNow()).toBe(email);
  const token = await tokenIn("confirm_email", fresh);
  const answers = await Promise.all([confirm(token), confirm(token)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await emailNow()).toBe(fresh);
  expect(await sessions.read(here.cookie)).toBeNull();
  expect(await tokenIn("email_changed", email)).toHaveLength(64);
});

test("the old address undoes it within three days: sessions, password and what was added since are gone", async () => {
  await ask(fresh);
  await confirm(await tokenIn("confirm_email", fresh));
  await giveTotp({ ctx: system, input: { loginId, secret: makeTotpSecret() } });
  const token = await tokenIn("email_changed", email);
  expect(await confirm(token)).toEqual({ ok: false, reason: "link_over" });
  expect(await undo(token)).toMatchObject({ ok: true, value: { email } });
  expect(await emailNow()).toBe(email);
  expect(await hasSecondFactor(t.db, loginId)).toBe(false);
  const signedIn = await signInWithPassword({ ctx: anonymous(), input: { email, password, ip } });
  expect(signedIn).toMatchObject({ ok: false });
  expect(await undo(token)).toEqual({ ok: false, reason: "link_over" });
});

test("an undo that comes too late, and one that is no undo, change nothing", async () => {
  await ask(fresh);
  const token = await tokenIn("confirm_email", fresh);
  expect(await undo(token)).toEqual({ ok: false, reason: "link_over" });
  await confirm(token);
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await undo(await tokenIn("email_changed", email))).toEqual({ ok: false, reason: "link_over" });
  expect(await emailNow()).toBe(fresh);
});

test("somebody else's address gets the same answer in the same time, and no mail (S17)", async () => {
  await make("bo@example.com");
  const began = performance.now();
  const taken = await ask("bo@example.com");
  expect(performance.now() - began).toBeGreaterThanOrEqual(149);
  expect(taken).toEqual(await ask(fresh));
  expect((await t.db.select().from(mails)).map((mail) => mail.toAddress)).toEqual([fresh]);
});

test("an address that somebody else has got meanwhile is refused at the end", async () => {
  await ask(fresh);
  await make(fresh);
  expect(await confirm(await tokenIn("confirm_email", fresh))).toEqual({ ok: false, reason: "email_taken" });
  expect(await emailNow()).toBe(email);
});

test("a newer wish ends the one before, also to another address", async () => {
  await ask(fresh);
  const first = await tokenIn("confirm_email", fresh);
  await ask("ana@third.example.com");
  expect(await confirm(first)).toEqual({ ok: false, reason: "link_over" });
});

test("a session that has proved nothing lately changes nothing, nor does the present address", async () => {
  expect(await ask(" ANA@example.com ")).toEqual({ ok: false, reason: "email_same" });
  await t.db.update(sessionRows).set({ provedAt: sql`now() - interval '11 minutes'` });
  expect(await ask(fresh)).toEqual({ ok: false, reason: "proof_needed" });
});

test("a reset link that lies in the old mailbox stops working", async () => {
  await requestPasswordReset({ ctx: anonymous(), input: { email, ip } });
  const [mail] = await t.db.select().from(mails).where(eq(mails.kind, "reset_password"));
  const token = String(mail?.data["path"]).replace("/reset/", "");
  await ask(fresh);
  await confirm(await tokenIn("confirm_email", fresh));
  const reset = await resetPassword({ ctx: anonymous(), input: { token, password: "a quite new password", ip } });
  expect(reset).toEqual({ ok: false, reason: "link_over" });
});
