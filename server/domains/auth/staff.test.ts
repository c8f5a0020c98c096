import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { auditEntries, logins, mails, oneTimeCodes, outbox } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  acceptStaffInvite,
  changeStaffRole,
  createLogin,
  createSessions,
  inviteStaff,
  listStaffInvites,
  type LoginRole,
  restoreLogin,
  type StaffRole,
  suspendLogin,
} from "./index.ts";

let t: TestDatabase;
let system: Ctx;
const password = "correct horse battery";

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db);
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(logins);
  await t.db.delete(oneTimeCodes);
  await t.db.delete(mails);
});

async function make(email: string, role: LoginRole): Promise<string> {
  const made = await createLogin({ ctx: system, input: { email, name: email, role, password } });
  if (!made.ok) throw new Error("no login");
  return made.value.id;
}

const as = (role: StaffRole, loginId: string): Ctx =>
  testCtx(t.db, { actor: { kind: "staff", loginId, name: role, email: `${role}@x.test`, locale: "en-US", role } });
const anonymous = () => testCtx(t.db, { actor: { kind: "anonymous" } });

async function mailedToken(): Promise<string> {
  const rows = await t.db.select().from(mails).where(eq(mails.kind, "staff_invite")).orderBy(mails.id);
  return String(rows.at(-1)?.data["path"]).replace("/invite/", "");
}

const sam = { email: "sam@example.com", name: "Sam" };
const accept = (token: string, text = password) =>
  acceptStaffInvite({ ctx: anonymous(), input: { token, name: "Sam Okafor", password: text } });

test("an invitation makes a login in the role the admin chose, once", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  expect(await inviteStaff({ ctx: admin, input: { ...sam, role: "supervisor" } })).toMatchObject({ ok: true });
  expect(await listStaffInvites(t.db)).toMatchObject([{ email: sam.email, role: "supervisor" }]);
  const token = await mailedToken();
  expect(await accept(token, "short")).toMatchObject({ reason: "password_too_short" });
  const answers = await Promise.all([accept(token), accept(token)]);
  expect(answers.filter((answer) => answer.ok)).toMatchObject([{ value: { role: "supervisor" } }]);
  expect(await accept(token)).toEqual({ ok: false, reason: "link_over" });
  expect(await listStaffInvites(t.db)).toEqual([]);
});

test("an invitation is over after its days, or when another was mailed", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  await inviteStaff({ ctx: admin, input: { ...sam, role: "admin" } });
  const first = await mailedToken();
  await inviteStaff({ ctx: admin, input: { ...sam, role: "rep" } });
  expect(await accept(first)).toEqual({ ok: false, reason: "link_over" });
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await accept(await mailedToken())).toEqual({ ok: false, reason: "link_over" });
});

test("an address with a login is not invited", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  await make(sam.email, "customer");
  expect(await inviteStaff({ ctx: admin, input: { ...sam, role: "rep" } })).toEqual({
    ok: false,
    reason: "email_taken",
  });
});

test("only admins invite, change roles and suspend", async () => {
  const target = await make("rep@example.com", "rep");
  const supervisor = as("supervisor", await make("s@example.com", "supervisor"));
  const forbidden = { code: "forbidden" };
  await expect(inviteStaff({ ctx: supervisor, input: { ...sam, role: "rep" } })).rejects.toMatchObject(forbidden);
  await expect(changeStaffRole({ ctx: supervisor, input: { loginId: target, role: "admin" } })).rejects.toMatchObject(
    forbidden,
  );
  await expect(suspendLogin({ ctx: supervisor, input: { loginId: target, reason: "x" } })).rejects.toMatchObject(
    forbidden,
  );
});

test("a role change ends the person's sessions and tells their sockets, with an audit row", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  const loginId = await make("rep@example.com", "rep");
  const sessions = createSessions({ db: t.db, secure: false });
  const set = await sessions.open({ loginId, role: "rep" }, { userAgent: null, ip: null, cookieHeader: null });
  const cookie = set.split(";", 1)[0] ?? "";
  await t.db.delete(outbox);
  expect(await changeStaffRole({ ctx: admin, input: { loginId, role: "supervisor" } })).toMatchObject({ ok: true });
  expect(await sessions.read(cookie)).toBeNull();
  expect(await t.db.select().from(outbox)).toMatchObject([
    { name: "login.security_changed", payload: { loginId, sessionId: null } },
  ]);
  expect(await t.db.select().from(auditEntries).where(eq(auditEntries.action, "staff.change_role"))).toMatchObject([
    { before: { role: "rep" }, after: { role: "supervisor" } },
  ]);
});

test("a suspended login cannot come back by itself; restored, it signs in anew", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  const loginId = await make("rep@example.com", "rep");
  const sessions = createSessions({ db: t.db, secure: false });
  const set = await sessions.open({ loginId, role: "rep" }, { userAgent: null, ip: null, cookieHeader: null });
  await suspendLogin({ ctx: admin, input: { loginId, reason: "left" } });
  await restoreLogin({ ctx: admin, input: { loginId } });
  expect(await sessions.read(set.split(";", 1)[0] ?? "")).toBeNull();
});

test("the last admin stays, also when two remove each other at the same moment", async () => {
  const [a, b] = [await make("a@example.com", "admin"), await make("b@example.com", "admin")];
  const answers = await Promise.all([
    changeStaffRole({ ctx: as("admin", a), input: { loginId: b, role: "rep" } }),
    suspendLogin({ ctx: as("admin", b), input: { loginId: a, reason: "x" } }),
  ]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers).toContainEqual({ ok: false, reason: "last_admin" });
});

test("a customer's login is nobody's to give a role", async () => {
  const admin = as("admin", await make("admin@example.com", "admin"));
  const loginId = await make("c@example.com", "customer");
  await expect(changeStaffRole({ ctx: admin, input: { loginId, role: "rep" } })).rejects.toMatchObject({
    code: "not_found",
  });
});
