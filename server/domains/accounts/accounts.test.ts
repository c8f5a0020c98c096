import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { accountPeople, accounts, auditEntries, logins, outbox } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { listAudit } from "#server/domains/audit/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  type Account,
  changeAccess,
  createAccounts,
  getAccount,
  getAccountByNumber,
  getAccountPeople,
  releaseImportedAccount,
  removeContact,
  saveContact,
  searchAccounts,
  updateAccount,
} from "./index.ts";

let t: TestDatabase;
let account: Account;
let made = 0;

beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  account = await open({});
});

async function open(parts: { number?: string; name?: string; email?: string | null }): Promise<Account> {
  made += 1;
  const draft = { number: `T-${String(made)}`, name: "Ana Ruiz", email: "ana@x.test", ...parts };
  const opened = await createAccounts({
    ctx: testCtx(t.db),
    input: { accounts: [{ ...draft, currency: currency("USD"), zone: "UTC" }] },
  });
  return present(opened.value[0], "an account was opened");
}

const staff = (role: "rep" | "supervisor"): Actor => ({
  ...{ kind: "staff", loginId: crypto.randomUUID(), name: "Sam", email: "sam@x.test", locale: "en-US", role },
});
const rep = () => testCtx(t.db, { actor: staff("rep") });
const customer = (accountId: string): Actor => ({
  ...{ kind: "customer", loginId: crypto.randomUUID(), name: "C", email: "c@x.test", locale: "en-US" },
  accounts: new Map([[accountId, "manage" as const]]),
});

describe("an account's details", () => {
  const update = (changes: object, expectedVersion = 1) =>
    updateAccount({ ctx: rep(), input: { accountId: account.id, changes, expectedVersion } });

  it("change by field, and the audit keeps the fields that changed", async () => {
    expect(await update({ name: "Ana Ruiz-Lopez", phone: "+1 207 555 0100", zone: "America/New_York" })).toEqual({
      ok: true,
      value: { changed: ["name", "phone", "zone"] },
    });
    const { items } = await listAudit(t.db, { accountId: account.id });
    expect(items[0]).toMatchObject({
      action: "account.updated",
      before: { name: "Ana Ruiz", phone: null, zone: "UTC" },
      after: { name: "Ana Ruiz-Lopez", phone: "+1 207 555 0100", zone: "America/New_York" },
    });
  });

  it("are not saved over by a rep who saw an older version", async () => {
    const both = await Promise.all([update({ name: "One" }), update({ name: "Two" })]);
    expect(both.filter((saved) => saved.ok)).toHaveLength(1);
    expect(both.find((saved) => !saved.ok)).toEqual({ ok: false, reason: "changed_meanwhile", detailsVersion: 2 });
  });

  it("leave the version of its money alone", async () => {
    await update({ name: "Another" });
    const after = await getAccount(t.db, account.id);
    expect([after.version, after.detailsVersion]).toEqual([account.version, 2]);
  });

  it("that stand already change nothing, whatever the order of an address's parts", async () => {
    const address = { line1: "1 Quay Road", city: "Larkhaven", postalCode: "04841", country: "US" };
    await update({ address });
    const turned = { country: "US", postalCode: "04841", city: "Larkhaven", line1: "1 Quay Road", line2: undefined };
    expect(await update({ address: turned }, 2)).toEqual({ ok: true, value: { changed: [] } });
    expect((await getAccount(t.db, account.id)).detailsVersion).toBe(2);
  });

  it("have a zone that calendars know, and an address for electronic bills", async () => {
    expect(await update({ zone: "Mars/One" })).toEqual({ ok: false, reason: "unknown_zone" });
    expect(await update({ email: null })).toEqual({ ok: false, reason: "email_needed" });
    expect(await update({ email: null, delivery: "paper" })).toMatchObject({ ok: true });
    expect(await update({ delivery: "electronic" }, 2)).toEqual({ ok: false, reason: "email_needed" });
  });

  it("without an address, as imported ones are, can be edited all the same", async () => {
    account = await open({ email: null });
    expect(await update({ name: "Found" })).toMatchObject({ ok: true });
  });

  it("tell open pages, after commit", async () => {
    await update({ name: "Told" });
    const events = await t.db.select().from(outbox).where(eq(outbox.name, "account.changed"));
    expect(events.some((event) => JSON.stringify(event.payload).includes(account.id))).toBe(true);
  });

  it("are not a customer's to change", async () => {
    const input = { accountId: account.id, changes: { name: "Me" }, expectedVersion: 1 };
    const own = testCtx(t.db, { actor: customer(account.id) });
    await expect(updateAccount({ ctx: own, input })).rejects.toMatchObject({ code: "forbidden" });
    const stranger = testCtx(t.db, { actor: customer(crypto.randomUUID()) });
    await expect(updateAccount({ ctx: stranger, input })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("contacts", () => {
  const draft = { name: "Jo", email: null, phone: "+1", note: null, isPrimary: true };
  const save = (parts: object, { contactId = null, version }: { contactId?: string | null; version: number }) =>
    saveContact({
      ctx: rep(),
      input: { accountId: account.id, contactId, draft: { ...draft, ...parts }, expectedVersion: version },
    });

  it("have one who is called first", async () => {
    await save({ name: "First" }, { version: 1 });
    await save({ name: "Second" }, { version: 2 });
    const { contacts } = await getAccountPeople(t.db, account.id);
    expect(contacts.map(({ name, isPrimary }) => [name, isPrimary])).toEqual([
      ["Second", true],
      ["First", false],
    ]);
  });

  it("are changed and removed on their own account only", async () => {
    const added = await save({}, { version: 1 });
    const contactId = added.ok ? added.value.contactId : "";
    expect(await save({ name: "Joanna" }, { contactId, version: 2 })).toMatchObject({ ok: true });
    const other = await open({});
    const foreign = { accountId: other.id, contactId, expectedVersion: 1 };
    await expect(removeContact({ ctx: rep(), input: foreign })).rejects.toMatchObject({ code: "not_found" });
    const own = { accountId: account.id, contactId, expectedVersion: 3 };
    expect(await removeContact({ ctx: rep(), input: own })).toEqual({ ok: true, value: null });
    expect((await getAccountPeople(t.db, account.id)).contacts).toEqual([]);
  });
});

describe("access", () => {
  async function person(right: "view" | "pay" | "manage"): Promise<string> {
    const email = `p${crypto.randomUUID()}@x.test`;
    const [login] = await t.db.insert(logins).values({ email, name: "Pat", role: "customer" }).returning();
    const loginId = present(login, "a login was made").id;
    await t.db.insert(accountPeople).values({ accountId: account.id, loginId, right });
    return loginId;
  }
  const change = (loginId: string, right: "pay" | null, expectedVersion = 1) =>
    changeAccess({ ctx: rep(), input: { accountId: account.id, loginId, right, expectedVersion } });

  it("is changed by whoever manages the account, who never leaves it without a manager", async () => {
    const [own, other] = [await person("manage"), await person("pay")];
    const actor = { ...customer(account.id), loginId: own };
    const asOwner = (loginId: string, right: "view" | "manage" | null, expectedVersion: number) =>
      changeAccess({
        ctx: testCtx(t.db, { actor }),
        input: { accountId: account.id, loginId, right, expectedVersion },
      });
    expect(await asOwner(own, "view", 1)).toEqual({ ok: false, reason: "last_manager" });
    expect(await asOwner(own, null, 1)).toEqual({ ok: false, reason: "last_manager" });
    expect(await asOwner(other, "manage", 1)).toMatchObject({ ok: true });
    expect(await asOwner(own, "view", 2)).toMatchObject({ ok: true });
    const strangers = { ...customer(account.id), accounts: new Map([[account.id, "pay" as const]]) };
    const input = { accountId: account.id, loginId: other, right: null, expectedVersion: 3 };
    await expect(changeAccess({ ctx: testCtx(t.db, { actor: strangers }), input })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("is lowered and taken away, and the sockets of that login end", async () => {
    const loginId = await person("manage");
    expect(await change(loginId, "pay")).toMatchObject({ ok: true });
    expect((await getAccountPeople(t.db, account.id)).people[0]).toMatchObject({ loginId, right: "pay" });
    expect(await change(loginId, null, 2)).toMatchObject({ ok: true });
    expect((await getAccountPeople(t.db, account.id)).people).toEqual([]);
    const told = await t.db.select().from(outbox).where(eq(outbox.name, "login.security_changed"));
    expect(told.filter((event) => JSON.stringify(event.payload).includes(loginId))).toHaveLength(2);
    const [entry] = await t.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, loginId), eq(auditEntries.action, "access.revoked")))
      .orderBy(desc(auditEntries.id));
    expect(entry).toMatchObject({ accountId: account.id, before: { right: "pay" } });
  });

  it("is not given to a login that never came by invitation or claim", async () => {
    await expect(change(crypto.randomUUID(), "pay")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an imported account", () => {
  it("is released by a supervisor, not by a rep", async () => {
    await t.db.update(accounts).set({ quarantinedAt: new Date() }).where(eq(accounts.id, account.id));
    const input = { accountId: account.id };
    await expect(releaseImportedAccount({ ctx: rep(), input })).rejects.toMatchObject({ code: "forbidden" });
    await releaseImportedAccount({ ctx: testCtx(t.db, { actor: staff("supervisor") }), input });
    expect(await getAccountByNumber(t.db, account.number)).toMatchObject({
      ...{ quarantinedAt: null, releasedOn: "2026-11-23" },
    });
  });
});

describe("search", () => {
  beforeAll(async () => {
    await open({ number: "S-100", name: "Quill & Anchor 100%", email: "books@quill.test" });
    await open({ number: "S-1001", name: "Quill Laundry", email: null });
    await open({ number: "S-200", name: "Anchor_Gym", email: "front@gym.test" });
  });
  const found = async (query: string) => (await searchAccounts(t.db, { query })).items.map((item) => item.number);

  it.each([
    ["quill", ["S-100", "S-1001"]],
    ["QUILL laun", ["S-1001"]],
    ["gym.test", ["S-200"]],
    ["s-100", ["S-100", "S-1001"]],
    ["100%", ["S-100"]],
    ["r_g", ["S-200"]],
    ["' or 1=1 --", []],
    ["nobody at all", []],
  ])("%j finds %j", async (query, numbers) => {
    expect(await found(query)).toEqual(numbers);
  });

  it("pages by name without losing or repeating anybody", async () => {
    const all: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchAccounts>> = await searchAccounts(t.db, {
        query: "",
        after,
        limit: 3,
      });
      all.push(...page.items.map((item) => item.id));
      after = page.nextCursor;
    } while (after !== null);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(await t.db.$count(accounts));
  });
});
