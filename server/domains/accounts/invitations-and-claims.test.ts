import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { type AccountRight, accountClaimRequests, logins, mails, oneTimeCodes, rateLimits } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createLogin } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  acceptInvite,
  createAccounts,
  decideClaimRequest,
  findAccountByNumber,
  findInvite,
  finishClaim,
  inviteCustomer,
  listClaimRequests,
  listInvites,
  listRightsOf,
  revokeInvite,
  startClaim,
} from "./index.ts";

let t: TestDatabase;
let system: Ctx;
let rep: Ctx;
let harbor: string;
let paper: string;
const ip = "203.0.113.7";
const email = "ana@example.com";
const password = "correct horse battery";

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db);
  const base = { currency: currency("USD"), zone: "America/New_York" };
  await createAccounts({
    ctx: system,
    input: {
      accounts: [
        { ...base, number: "4410-223", name: "Harbor", email: "Owner@Example.com", postalCode: "10001-2345" },
        { ...base, number: "4410-224", name: "Paper", postalCode: "SW1A 1AA" },
      ],
    },
  });
  harbor = (await findAccountByNumber(t.db, "4410-223"))?.id ?? "";
  paper = (await findAccountByNumber(t.db, "4410-224"))?.id ?? "";
  const made = await createLogin({
    ctx: system,
    input: { email: "rep@example.com", name: "Rep", role: "rep", password },
  });
  if (!made.ok) throw new Error("no rep");
  rep = testCtx(t.db, {
    actor: {
      kind: "staff",
      loginId: made.value.id,
      name: "Rep",
      email: "rep@example.com",
      locale: "en-US",
      role: "rep",
    },
  });
});
afterAll(() => t.drop());
beforeEach(async () => {
  await t.db.delete(accountClaimRequests);
  await t.db.delete(logins).where(eq(logins.role, "customer"));
  for (const table of [rateLimits, oneTimeCodes, mails]) await t.db.delete(table);
});

const anonymous = () => testCtx(t.db, { actor: { kind: "anonymous" } });
const invite = (right: AccountRight, to = email) =>
  inviteCustomer({ ctx: rep, input: { accountId: harbor, email: to, name: "Ana Ruiz", right } });
const accept = (token: string, text: string | null = password) =>
  acceptInvite({ ctx: anonymous(), input: { token, name: "Ana Ruiz", password: text } });

async function lastMail(kind: string): Promise<{ to: string; data: Record<string, unknown> } | null> {
  const rows = await t.db.select().from(mails).where(eq(mails.kind, kind)).orderBy(mails.id);
  const last = rows.at(-1);
  return last ? { to: last.toAddress, data: last.data } : null;
}
const mailedToken = async () => String((await lastMail("invite"))?.data["path"]).replace("/invite/", "");

async function rightsOf(address: string): Promise<[string, string][]> {
  const [login] = await t.db.select().from(logins).where(eq(logins.email, address));
  return login ? [...(await listRightsOf(t.db, login.id))] : [];
}

test("an accepted invitation gives the right that was offered, and a login", async () => {
  await invite("pay");
  expect(await rightsOf(email)).toEqual([]);
  const token = await mailedToken();
  expect(await findInvite(t.db, token)).toMatchObject({ to: "account", accountNumber: "4410-223", hasLogin: false });
  expect(await accept(token)).toMatchObject({ ok: true, value: { role: "customer", accountId: harbor } });
  expect(await rightsOf(email)).toEqual([[harbor, "pay"]]);
});

test("an invitation works once, also for two at the same moment, and not after its days", async () => {
  await invite("pay");
  const token = await mailedToken();
  const answers = await Promise.all([accept(token), accept(token), accept(token)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await accept(token)).toEqual({ ok: false, reason: "link_over" });
  await invite("pay", "late@example.com");
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await findInvite(t.db, await mailedToken())).toBeNull();
  expect(await accept(await mailedToken())).toEqual({ ok: false, reason: "link_over" });
});

test("a newer invitation replaces the one before, and is the only one listed", async () => {
  await invite("view");
  const first = await mailedToken();
  await invite("manage");
  expect(await accept(first)).toEqual({ ok: false, reason: "link_over" });
  expect(await listInvites(t.db, harbor)).toMatchObject([{ email, right: "manage", name: "Ana Ruiz" }]);
});

test("whoever has a login gets the account added, and keeps name and password", async () => {
  await createLogin({ ctx: system, input: { email, name: "Ana", role: "customer", password } });
  const [before] = await t.db.select().from(logins).where(eq(logins.email, email));
  await invite("view");
  expect(await accept(await mailedToken(), "another password 12")).toMatchObject({ ok: true });
  const [after] = await t.db.select().from(logins).where(eq(logins.email, email));
  expect(after).toMatchObject({ name: "Ana", passwordHash: before?.passwordHash });
  expect(await rightsOf(email)).toEqual([[harbor, "view"]]);
});

test("staff are not invited as customers, and nobody twice", async () => {
  expect(await invite("pay", "REP@example.com")).toEqual({ ok: false, reason: "belongs_to_staff" });
  await invite("pay");
  await accept(await mailedToken());
  expect(await invite("manage")).toEqual({ ok: false, reason: "has_access", right: "pay" });
});

const customerWith = (right: AccountRight, loginId: string = crypto.randomUUID()): Ctx =>
  testCtx(t.db, {
    actor: {
      ...{ kind: "customer", loginId, name: "X", email: "x@example.com", locale: "en-US" },
      accounts: new Map([[harbor, right]]),
    },
  });

test("whoever views or pays, and strangers, invite nobody; nobody invites to another's account", async () => {
  const input = { accountId: harbor, email: "x@example.com", right: "view" as const };
  await expect(inviteCustomer({ ctx: anonymous(), input })).rejects.toMatchObject({ code: "unauthenticated" });
  for (const right of ["view", "pay"] as const) {
    await expect(inviteCustomer({ ctx: customerWith(right), input })).rejects.toMatchObject({ code: "forbidden" });
  }
  const elsewhere = inviteCustomer({ ctx: customerWith("manage"), input: { ...input, accountId: paper } });
  await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
});

test("whoever manages the account invites, and takes an invitation back before it is accepted", async () => {
  const [login] = await t.db.insert(logins).values({ email: "m@example.com", name: "M", role: "customer" }).returning();
  const ctx = customerWith("manage", login?.id);
  const input = { accountId: harbor, email, right: "pay" as const };
  const sent = await inviteCustomer({ ctx, input });
  if (!sent.ok) throw new Error("not invited");
  const token = await mailedToken();
  const { inviteId } = sent.value;
  expect(await revokeInvite({ ctx: rep, input: { accountId: paper, inviteId } })).toMatchObject({ ok: false });
  expect(await revokeInvite({ ctx, input: { accountId: harbor, inviteId } })).toEqual({ ok: true, value: null });
  expect(await revokeInvite({ ctx, input: { accountId: harbor, inviteId } })).toMatchObject({ reason: "link_over" });
  expect(await accept(token)).toEqual({ ok: false, reason: "link_over" });
  expect(await listInvites(t.db, harbor)).toEqual([]);
});

test("a customer who invites learns nothing about who works here", async () => {
  const [login] = await t.db.insert(logins).values({ email: "m@example.com", name: "M", role: "customer" }).returning();
  const ask = (to: string) =>
    inviteCustomer({
      ctx: customerWith("manage", login?.id),
      input: { accountId: harbor, email: to, right: "view" },
    });
  expect(await ask("rep@example.com")).toMatchObject({ ok: true, value: { days: 14 } });
  expect(await lastMail("invite")).toBeNull();
  expect(await listInvites(t.db, harbor)).toMatchObject([{ email: "rep@example.com" }]);
  for (let at = 0; at < 19; at += 1) await ask(`n${at}@example.com`);
  expect(await ask("n99@example.com")).toMatchObject({ reason: "too_many_attempts" });
});

const claim = (accountNumber: string, postalCode: string, by = email) =>
  startClaim({ ctx: anonymous(), input: { accountNumber, postalCode, name: "Ana Ruiz", email: by, ip } });
const finish = (accountNumber: string, code: string) =>
  finishClaim({ ctx: anonymous(), input: { accountNumber, name: "Ana Ruiz", code, ip } });

test("a claim's answer is the same whatever is true, and takes the same time", async () => {
  const asked = [
    ["4410-223", "10001"],
    ["4410-223", "99999"],
    ["4410-224", "sw1a1aa"],
    ["no-such", "10001"],
  ] as const;
  const answers = [];
  for (const [number, code] of asked) {
    const began = performance.now();
    answers.push(await claim(number, code));
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

test("the code goes to the address on file and to no other, whatever address the claimant gives", async () => {
  await claim(" 4410-223 ", "10001", "mallory@example.com");
  const rows = await t.db.select().from(mails);
  expect(rows.map((mail) => [mail.kind, mail.toAddress.toLowerCase()])).toEqual([["claim_code", "owner@example.com"]]);
  expect(await t.db.select().from(accountClaimRequests)).toEqual([]);
});

test("the code opens the account for the address on file, once", async () => {
  await claim("4410-223", "10001");
  const code = String((await lastMail("claim_code"))?.data["code"]);
  expect(await finish("4410-224", code)).toEqual({ ok: false, reason: "wrong_code" });
  expect(await finish("no-such", code)).toEqual({ ok: false, reason: "wrong_code" });
  const answers = await Promise.all([finish("4410-223", code), finish("4410-223", code)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await rightsOf("owner@example.com")).toEqual([[harbor, "manage"]]);
  expect(await rightsOf(email)).toEqual([]);
});

test("a claim's code dies after five wrong tries and after its time", async () => {
  await claim("4410-223", "10001");
  const code = String((await lastMail("claim_code"))?.data["code"]);
  for (let at = 0; at < 5; at += 1) await finish("4410-223", "12");
  expect(await finish("4410-223", code)).toEqual({ ok: false, reason: "wrong_code" });
  await claim("4410-223", "10001");
  const newer = String((await lastMail("claim_code"))?.data["code"]);
  await t.db.update(oneTimeCodes).set({ expiresAt: sql`now() - interval '1 second'` });
  expect(await finish("4410-223", newer)).toEqual({ ok: false, reason: "wrong_code" });
});

test("postal codes are not guessed: the sixth try at an account is refused", async () => {
  for (let at = 0; at < 5; at += 1) await claim("4410-223", `0000${at}`);
  expect(await claim("4410-223", "10001")).toMatchObject({ ok: false, reason: "too_many_attempts" });
});

test("with no address on file a rep is asked, and an approval is an invitation", async () => {
  await claim("4410-224", "SW1A 1AA");
  await claim("4410-224", "SW1A 1AA");
  const [request, ...more] = await listClaimRequests(t.db);
  expect(more).toEqual([]);
  expect(request).toMatchObject({ email, name: "Ana Ruiz", account: { id: paper, number: "4410-224" } });
  const input = { requestId: request?.id ?? "", approve: true };
  const answers = await Promise.all([decideClaimRequest({ ctx: rep, input }), decideClaimRequest({ ctx: rep, input })]);
  expect(answers).toContainEqual({ ok: false, reason: "already_decided" });
  expect(await rightsOf(email)).toEqual([]);
  await accept(await mailedToken());
  expect(await rightsOf(email)).toEqual([[paper, "manage"]]);
  expect(await listClaimRequests(t.db)).toEqual([]);
});

test("a refused claim is told by mail, and asking again asks again", async () => {
  await claim("4410-224", "SW1A 1AA");
  const [request] = await listClaimRequests(t.db);
  await decideClaimRequest({ ctx: rep, input: { requestId: request?.id ?? "", approve: false } });
  expect((await lastMail("claim_refused"))?.to).toBe(email);
  expect(await listClaimRequests(t.db)).toEqual([]);
  await claim("4410-224", "SW1A 1AA");
  expect(await listClaimRequests(t.db)).toHaveLength(1);
});

test("strangers decide nothing", async () => {
  const input = { requestId: "01890000-0000-7000-8000-000000000000", approve: true };
  await expect(decideClaimRequest({ ctx: anonymous(), input })).rejects.toMatchObject({ code: "unauthenticated" });
});
