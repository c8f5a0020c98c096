import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { sessions as sessionRows } from "#db/schema/index.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import {
  authorize,
  createLogin,
  createSessions,
  may,
  PERMISSIONS,
  type Permission,
  requestSignInCode,
  signInWithPassword,
} from "#server/domains/auth/index.ts";
import { readActor } from "#server/domains/accounts/index.ts";
import { getConversation } from "#server/domains/conversations/index.ts";
import { getFile } from "#server/domains/files/index.ts";
import { ensurePayLink, openPayLink } from "#server/domains/pay-links/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { furnish, people, type Role, type Things } from "./scene.ts";

/** Whatever a decision is read from, when it cannot be read the answer is no: nobody gets in, nothing is given (S69). */
let t: TestDatabase;
let system: Ctx;
let own: Things;
let who: Record<Role, Actor>;
let link: string;
const credentials = { email: "kim@example.com", password: "correct horse battery" };
const cookies: Record<string, string> = {};

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db);
  own = await furnish({ t, ctx: system });
  who = await people({ t, ctx: system }, { own, foreign: await furnish({ t, ctx: system }) });
  link = present(await ensurePayLink({ ctx: system, input: own }), "a pay link").path.replace("/p/", "");
  const sessions = createSessions({ db: t.db, secure: false });
  for (const role of ["customer", "rep"] as const) {
    const email = role === "customer" ? credentials.email : "rep@example.com";
    const made = await createLogin({
      ctx: system,
      input: { ...credentials, email, name: "Kim", role },
    });
    if (!made.ok) throw new Error(made.reason);
    const cookie = await sessions.open(
      { loginId: made.value.id, role },
      { userAgent: null, ip: null, cookieHeader: null },
    );
    cookies[role] = present(cookie.split(";")[0], "a cookie");
  }
});
afterAll(() => t.drop());

const as = (role: Role): Ctx => ({ ...system, actor: who[role] });
const asker = (role: string) =>
  readActor({ db: t.db, sessions: createSessions({ db: t.db, secure: false }), cookieHeader: cookies[role] ?? null });
const signIn = () =>
  signInWithPassword({
    ctx: { ...system, actor: { kind: "anonymous" } },
    input: { ...credentials, ip: "203.0.113.7" },
  });
const giveCredit = () => {
  const { accountId, invoiceId } = own;
  const amount = money(1_00n, currency("USD"));
  const facts = { kind: "goodwill", reason: "goodwill", conversationId: null } as const;
  const input = { ...facts, accountId, invoiceId, amount, idempotencyKey: crypto.randomUUID() };
  return applyCredit({ ctx: as("rep"), input });
};

/** What is decided, and a table that the decision is read from. */
const DECISIONS: readonly [string, string, () => Promise<unknown>][] = [
  ["who asks", "sessions", () => asker("customer")],
  ["who a session is of", "logins", () => asker("rep")],
  ["which accounts they reach", "account_people", () => asker("customer")],
  ["whether it was tried too often", "rate_limits", signIn],
  ["whose password it is", "logins", signIn],
  [
    "how often a code was asked for",
    "rate_limits",
    () => requestSignInCode({ ctx: system, input: { email: credentials.email, ip: "203.0.113.7" } }),
  ],
  ["what a rep may give", "policy_versions", giveCredit],
  ["what was given today", "money_actions", giveCredit],
  ["whether a pay link lives", "pay_links", () => openPayLink(system, link)],
  ["whose thread it is", "conversations", () => getConversation(as("customer A"), { id: own.conversationId })],
  ["whose file it is", "files", () => getFile(as("customer A"), own.fileId)],
];

describe("what cannot be read is not allowed", () => {
  it.each(DECISIONS)("%s, without %s", async (_what, table, decide) => {
    const kept = async () => [await t.db.$count(sessionRows).catch(() => null), await creditsGiven()];
    await t.adminSql`alter table ${t.adminSql(table)} rename to taken_away`;
    try {
      const before = await kept();
      await expect(decide()).rejects.toThrow();
      expect(await kept()).toEqual(before);
    } finally {
      await t.adminSql`alter table taken_away rename to ${t.adminSql(table)}`;
    }
  });

  it.each(DECISIONS.filter(([, table]) => table !== "files"))(
    "with it %s is known again",
    async (_what, _table, decide) => {
      await expect(decide()).resolves.toBeTruthy();
    },
  );
});

const creditsGiven = async () => (await t.adminSql`select count(*)::int as count from credits`)[0]?.["count"];

describe("a role, a right or a permission that nobody knows", () => {
  const names = Object.keys(PERMISSIONS) as Permission[];
  const odd = ["owner", "", "__proto__", "constructor", "ADMIN"];

  it.each(odd)("%j of the staff may nothing", (role) => {
    const actor = { ...who.rep, role } as unknown as Actor;
    expect(names.filter((name) => may(actor, name, own.accountId))).toEqual([]);
  });

  it.each(odd)("%j on an account may nothing", (right) => {
    const actor = { ...who["customer A"], accounts: new Map([[own.accountId, right]]) } as unknown as Actor;
    expect(names.filter((name) => may(actor, name, own.accountId))).toEqual([]);
  });

  it.each(odd)("the permission %j is nobody's", (name) => {
    for (const role of ["admin", "customer A", "guest"] as const) {
      expect(() => authorize(who[role], name as Permission, own.accountId)).toThrow();
    }
  });
});
