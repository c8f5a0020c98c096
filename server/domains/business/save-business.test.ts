import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { accounts, auditEntries, logins } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  type BusinessDraft,
  DEFAULT_POLICIES,
  findBusiness,
  getPolicy,
  listPolicyVersions,
  saveBusiness,
  savePolicy,
} from "./index.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

const draft: BusinessDraft = {
  ...{ name: " Harbor Water ", legalName: null, address: null, phone: null, supportEmail: "help@harbor.test" },
  ...{ zone: "America/New_York", currency: currency("USD"), locale: "en-US" },
  ...{ senderName: null, senderEmail: null, terms: null, paymentTermDays: 30 },
};
const rep: Actor = {
  kind: "staff",
  loginId: crypto.randomUUID(),
  name: "R",
  email: "r@x.test",
  locale: "en",
  role: "rep",
};

describe("the biller", () => {
  it("is set up once, by whichever of two comes first", async () => {
    const both = await Promise.all(
      ["One", "Two"].map((name) =>
        saveBusiness({ ctx: testCtx(t.db), input: { draft: { ...draft, name }, expectedVersion: 0 } }),
      ),
    );
    expect(both.map((saved) => saved.ok).sort()).toEqual([false, true]);
    expect(both.find((saved) => !saved.ok)).toMatchObject({ reason: "changed_meanwhile", version: 1 });
  });

  it("is not saved over by somebody who saw an older version", async () => {
    const ctx = testCtx(t.db);
    const saved = await saveBusiness({ ctx, input: { draft, expectedVersion: 1 } });
    expect(saved).toMatchObject({ ok: true, value: { name: "Harbor Water", version: 2 } });
    const late = await saveBusiness({ ctx, input: { draft: { ...draft, name: "Late" }, expectedVersion: 1 } });
    expect(late).toEqual({ ok: false, reason: "changed_meanwhile", version: 2 });
    expect((await findBusiness(t.db))?.name).toBe("Harbor Water");
  });

  it.each(["Mars/One", "+02:00", ""])("is in no zone called %j", async (zone) => {
    const saved = await saveBusiness({ ctx: testCtx(t.db), input: { draft: { ...draft, zone }, expectedVersion: 2 } });
    expect(saved).toEqual({ ok: false, reason: "unknown_zone" });
  });

  it("keeps its currency once there are accounts", async () => {
    await t.db.insert(accounts).values({ number: "A-1", name: "A", currency: currency("USD"), zone: "UTC" });
    const input = { draft: { ...draft, currency: currency("EUR") }, expectedVersion: 2 };
    expect(await saveBusiness({ ctx: testCtx(t.db), input })).toEqual({ ok: false, reason: "currency_in_use" });
  });

  it("is the admins' to change, and each change is in the audit with what stood before", async () => {
    const ctx = testCtx(t.db, { actor: rep });
    await expect(saveBusiness({ ctx, input: { draft, expectedVersion: 2 } })).rejects.toMatchObject({
      code: "forbidden",
    });
    const [entry] = await t.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "business.saved"))
      .orderBy(desc(auditEntries.id));
    expect(entry).toMatchObject({ actorKind: "system", after: { name: "Harbor Water", version: 2 } });
  });
});

describe("a policy", () => {
  const limits = DEFAULT_POLICIES.credit_limits;
  const save = (expectedVersion: number, reason = "new season") =>
    savePolicy({
      ctx: testCtx(t.db),
      input: {
        kind: "credit_limits",
        body: { ...limits, rep: { perActionMinor: 75_00n, perDayMinor: null } },
        reason,
        expectedVersion,
      },
    });

  it("holds its default until somebody saves another, with a reason", async () => {
    expect(await getPolicy(t.db, "credit_limits")).toMatchObject({ version: 0, body: limits });
    expect(await save(0, "  ")).toEqual({ ok: false, reason: "reason_needed" });
    expect(await save(0)).toEqual({ ok: true, value: { version: 1 } });
    const { body } = await getPolicy(t.db, "credit_limits");
    expect(body.rep).toEqual({ perActionMinor: 75_00n, perDayMinor: null });
  });

  it("gains one version of two that are saved at the same moment", async () => {
    const both = await Promise.all([save(1), save(1)]);
    expect(both.filter((saved) => saved.ok)).toHaveLength(1);
  });

  it("keeps its history, the newest first, with who and why", async () => {
    const [login] = await t.db.insert(logins).values({ email: "a@x.test", name: "Ann", role: "admin" }).returning();
    const actor: Actor = { ...rep, loginId: login?.id ?? "", role: "admin" };
    await savePolicy({
      ctx: testCtx(t.db, { actor }),
      input: { kind: "credit_limits", body: limits, reason: "back again", expectedVersion: 2 },
    });
    const versions = await listPolicyVersions(t.db, "credit_limits");
    expect(versions.map(({ version, by, reason }) => [version, by, reason])).toEqual([
      [3, "Ann", "back again"],
      [2, null, "new season"],
      [1, null, "new season"],
    ]);
  });
});
