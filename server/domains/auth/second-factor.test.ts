import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import {
  auditEntries,
  logins,
  type LoginRole,
  mails,
  rateLimits,
  recoveryCodes,
  sessions as sessionRows,
  totpSecrets,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  confirmTotp,
  createLogin,
  createSessions,
  giveTotp,
  hasSecondFactor,
  proveAgain,
  proveSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  type Sessions,
  startTotp,
  stepAt,
  totpCode,
  turnOffSecondFactor,
} from "./index.ts";
import { findStep, makeTotpSecret, toBase32 } from "./totp.ts";

let t: TestDatabase;
let system: Ctx;
let sessions: Sessions;
let loginId: string;
const ip = "203.0.113.7";
const email = "ana@example.com";
const password = "correct horse battery";
const secret = makeTotpSecret();

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db);
  sessions = createSessions({ db: t.db, secure: false });
});
afterAll(() => t.drop());
beforeEach(async () => {
  for (const table of [rateLimits, logins, mails]) await t.db.delete(table);
  loginId = await make(email, "customer");
});

async function make(address: string, role: LoginRole): Promise<string> {
  const made = await createLogin({ ctx: system, input: { email: address, name: "Ana", role, password } });
  if (!made.ok) throw new Error("no login");
  return made.value.id;
}
const as = (role: LoginRole, id = loginId): Ctx => {
  const person = { loginId: id, name: "Ana", email, locale: "en-US" };
  const actor: Actor =
    role === "customer" ? { kind: "customer", ...person, accounts: new Map() } : { kind: "staff", role, ...person };
  return testCtx(t.db, { actor });
};
const from = (cookieHeader: string | null = null) => ({ userAgent: "test", ip, cookieHeader });
const bare = (set: string) => set.split(";", 1)[0] ?? "";
const code = (offset = 0) => totpCode(secret, stepAt(Date.now()) + offset);
const give = (id = loginId) => giveTotp({ ctx: system, input: { loginId: id, secret } });
const prove = (typed: string, id = loginId, address = ip) =>
  proveSecondFactor({ ctx: as("customer", id), input: { loginId: id, code: typed, ip: address } });
async function open(role: LoginRole = "customer", id = loginId) {
  const cookie = bare(await sessions.open({ loginId: id, role }, from()));
  return { cookie, sessionId: (await sessions.read(cookie))?.sessionId ?? "" };
}

test("codes are those of RFC 6238", () => {
  const known = toBase32(Buffer.from("12345678901234567890"));
  expect([59, 1_111_111_109, 1_234_567_890, 20_000_000_000].map((s) => totpCode(known, stepAt(s * 1000)))).toEqual([
    "287082",
    "081804",
    "005924",
    "353130",
  ]);
});

test("a phone's clock may be one step off, and no more", () => {
  const nowMs = 1_700_000_000_000;
  const found = (offset: number) =>
    findStep(secret, { code: totpCode(secret, stepAt(nowMs) + offset), nowMs, lastStep: 0 });
  expect([-2, -1, 0, 1, 2].map((offset) => found(offset) !== null)).toEqual([false, true, true, true, false]);
});

test("a code works once, also for several at the same moment, and none from before it (S22)", async () => {
  await give();
  const answers = await Promise.all([prove(code()), prove(code()), prove(code())]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await prove(code())).toEqual({ ok: false, reason: "wrong_factor" });
  expect(await prove(code(-1))).toEqual({ ok: false, reason: "wrong_factor" });
  expect(await prove(code(1))).toMatchObject({ ok: true, value: { by: "app" } });
});

test("a code may be typed with its gap, and in digits of another keyboard", async () => {
  await give();
  const wide = [...code()].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  expect(await prove(` ${wide.slice(0, 3)} ${wide.slice(3)}`)).toMatchObject({ ok: true });
});

test("the eleventh try from one network is refused, and the owner still gets in from another", async () => {
  await give();
  for (let at = 0; at < 10; at += 1) await prove("000000");
  expect(await prove(code())).toMatchObject({ ok: false, reason: "too_many_attempts" });
  expect(await prove(code(), loginId, "198.51.100.9")).toMatchObject({ ok: true });
});

test("the table gives neither secret nor recovery code, and a row that was moved to another login nothing", async () => {
  const { sessionId } = await open();
  const { secret: shown } = await startTotp({ ctx: as("customer"), input: { loginId, issuer: "Harbor" } });
  const done = await confirmTotp({
    ctx: as("customer"),
    input: { loginId, code: totpCode(shown, stepAt(Date.now())), sessionId },
  });
  if (!done.ok) throw new Error(done.reason);
  const kept = JSON.stringify([await t.db.select().from(totpSecrets), await t.db.select().from(recoveryCodes)]);
  expect(kept).not.toContain(shown);
  for (const one of done.value.recoveryCodes) expect(kept).not.toContain(one.replaceAll("-", ""));
  const other = await make("b@example.com", "customer");
  await t.db.update(totpSecrets).set({ loginId: other });
  await expect(prove("123456", other)).rejects.toMatchObject({ code: "bug" });
});

test("setting up needs the first code; before it nothing is asked for, after it other sessions are gone", async () => {
  const here = await open();
  const there = await open();
  const ctx = as("customer");
  const first = await startTotp({ ctx, input: { loginId, issuer: "Harbor Water" } });
  expect(first.address).toContain("otpauth://totp/Harbor%20Water:ana%40example.com?secret=");
  expect(await startTotp({ ctx, input: { loginId, issuer: "Harbor Water" } })).toEqual(first);
  expect(await hasSecondFactor(t.db, loginId)).toBe(false);
  const confirm = (typed: string) => confirmTotp({ ctx, input: { loginId, code: typed, sessionId: here.sessionId } });
  expect(await confirm("000000")).toEqual({ ok: false, reason: "wrong_factor" });
  const now = totpCode(first.secret, stepAt(Date.now()));
  expect(await confirm(now)).toMatchObject({ ok: true });
  expect(await prove(now)).toEqual({ ok: false, reason: "wrong_factor" });
  expect(await sessions.read(here.cookie)).not.toBeNull();
  expect(await sessions.read(there.cookie)).toBeNull();
  expect(await t.db.select().from(mails)).toMatchObject([{ kind: "security_changed", data: { what: "factor_on" } }]);
});

test("after the first factor, nobody is anybody: the session opens no page until the second", async () => {
  await give();
  const begun = await sessions.begin({ loginId, role: "customer" }, from());
  expect(begun.stage).toBe("factor");
  const cookie = bare(begun.cookie);
  expect(await sessions.read(cookie)).toBeNull();
  expect(await sessions.readHalf(cookie)).toMatchObject({ loginId, stage: "factor" });
  const whole = bare(await sessions.open({ loginId, role: "customer" }, from(cookie)));
  expect(await sessions.read(whole)).toMatchObject({ loginId });
  expect(await sessions.readHalf(cookie)).toBeNull();
});

test("staff without an app set one up first; customers need none", async () => {
  const repId = await make("rep@example.com", "rep");
  const begun = await sessions.begin({ loginId: repId, role: "rep" }, from());
  expect(begun.stage).toBe("enrol");
  expect(await sessions.read(bare(begun.cookie))).toBeNull();
  expect((await sessions.begin({ loginId, role: "customer" }, from())).stage).toBe("open");
});

test("a half-open session cannot set up a new app in the place of the one it owes", async () => {
  await give();
  const begun = await sessions.begin({ loginId, role: "customer" }, from());
  const half = await sessions.readHalf(bare(begun.cookie));
  const { secret: fresh } = await startTotp({ ctx: as("customer"), input: { loginId, issuer: "x" } });
  const input = { loginId, code: totpCode(fresh, stepAt(Date.now())), sessionId: half?.sessionId ?? "" };
  expect(await confirmTotp({ ctx: as("customer"), input })).toEqual({ ok: false, reason: "proof_needed" });
});

test("each recovery code works once, in any case, and its use is told; new ones end the old", async () => {
  const { sessionId } = await open();
  await give();
  const ctx = as("customer");
  const made = await renewRecoveryCodes({ ctx, input: { sessionId } });
  if (!made.ok) throw new Error(made.reason);
  const [one = "", two = ""] = made.value.recoveryCodes;
  const answers = await Promise.all([prove(one.toLowerCase()), prove(one), prove(one.replaceAll("-", " "))]);
  expect(answers.filter((answer) => answer.ok)).toMatchObject([{ value: { by: "recovery_code" } }]);
  const told = await t.db
    .select()
    .from(mails)
    .where(sql`${mails.data} ->> 'what' = 'recovery_code_used'`);
  expect(told).toHaveLength(1);
  await renewRecoveryCodes({ ctx, input: { sessionId } });
  expect(await prove(two)).toEqual({ ok: false, reason: "wrong_factor" });
});

test("somebody else's recovery code opens nothing", async () => {
  const { sessionId } = await open();
  await give();
  const made = await renewRecoveryCodes({ ctx: as("customer"), input: { sessionId } });
  const other = await make("b@example.com", "customer");
  await give(other);
  expect(await prove(made.ok ? (made.value.recoveryCodes[0] ?? "") : "", other)).toMatchObject({ ok: false });
});

test("changes that matter ask for the second factor again after ten minutes, and the password does not do", async () => {
  const { sessionId } = await open();
  await give();
  const ctx = as("customer");
  await t.db.update(sessionRows).set({ provedAt: sql`now() - interval '11 minutes'` });
  const off = () => turnOffSecondFactor({ ctx, input: { sessionId } });
  expect(await off()).toEqual({ ok: false, reason: "proof_needed" });
  const again = (proof: Parameters<typeof proveAgain>[0]["input"]["proof"]) =>
    proveAgain({ ctx, input: { sessionId, ip, proof } });
  expect(await again({ by: "password", password })).toEqual({ ok: false, reason: "wrong_factor" });
  expect(await off()).toEqual({ ok: false, reason: "proof_needed" });
  expect(await again({ by: "factor", code: code() })).toEqual({ ok: true, value: null });
  expect(await off()).toEqual({ ok: true, value: null });
  expect(await hasSecondFactor(t.db, loginId)).toBe(false);
});

test("another's fresh proof is worth nothing in this session", async () => {
  const mine = await open();
  const otherId = await make("b@example.com", "customer");
  const theirs = await open("customer", otherId);
  await give();
  await t.db
    .update(sessionRows)
    .set({ provedAt: sql`now() - interval '1 hour'` })
    .where(eq(sessionRows.id, mine.sessionId));
  const off = (sessionId: string) => turnOffSecondFactor({ ctx: as("customer"), input: { sessionId } });
  expect(await off(mine.sessionId)).toEqual({ ok: false, reason: "proof_needed" });
  expect(await off(theirs.sessionId)).toEqual({ ok: false, reason: "proof_needed" });
});

test("staff keep theirs", async () => {
  const repId = await make("rep@example.com", "rep");
  await give(repId);
  const { sessionId } = await open("rep", repId);
  const off = await turnOffSecondFactor({ ctx: as("rep", repId), input: { sessionId } });
  expect(off).toEqual({ ok: false, reason: "factor_required" });
});

test("a lost phone: an admin resets it, audited and told; a supervisor does it for customers, a rep for nobody", async () => {
  const repId = await make("rep@example.com", "rep");
  for (const id of [repId, loginId]) await give(id);
  const { cookie } = await open("rep", repId);
  const reset = (role: LoginRole, id: string) =>
    resetSecondFactor({ ctx: as(role, repId), input: { loginId: id, reason: "lost phone" } });
  await expect(reset("rep", loginId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(reset("supervisor", repId)).rejects.toMatchObject({ code: "forbidden" });
  expect(await reset("supervisor", loginId)).toMatchObject({ ok: true });
  expect(await reset("admin", repId)).toMatchObject({ ok: true });
  expect(await sessions.read(cookie)).toBeNull();
  expect((await sessions.begin({ loginId: repId, role: "rep" }, from())).stage).toBe("enrol");
  const audit = await t.db.select().from(auditEntries).where(eq(auditEntries.action, "login.reset_factor"));
  expect(audit.map((entry) => entry.reason)).toEqual(["lost phone", "lost phone"]);
  expect((await t.db.select().from(mails)).map((mail) => mail.toAddress).sort()).toEqual([email, "rep@example.com"]);
});
