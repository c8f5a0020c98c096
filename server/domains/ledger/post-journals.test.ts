import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase } from "#db/testing/index.ts";
import { accounts, entries, journals, ledgerAccounts, moneyActions } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { present } from "#server/platform/assert.ts";

import { getLedgerBalances, type JournalDraft, postJournals, startAction } from "./index.ts";

const USD = currency("USD");
const today = localDate("2026-11-23");
let t: Awaited<ReturnType<typeof createTestDatabase>>;
let accountId: string;

beforeAll(async () => {
  t = await createTestDatabase();
  const [row] = await t.db
    .insert(accounts)
    .values({ number: "A-1", name: "Ana", currency: USD, zone: "UTC" })
    .returning();
  accountId = present(row, "account").id;
});
afterAll(() => t.drop());

let keys = 0;
async function action(key = `k${++keys}`, amount = 100n) {
  return startAction(t.db, {
    kind: "issue_invoice",
    state: "accepted",
    accountId,
    amount: money(amount, USD),
    makerLoginId: null,
    idempotencyKey: key,
    input: { amount },
    occurredOn: today,
  });
}

const issued = (actionId: string, minor: bigint): JournalDraft => ({
  actionId,
  kind: "invoice_issued",
  occurredOn: today,
  occurredAt: new Date("2026-11-23T10:00:00Z"),
  currency: USD,
  entries: [
    { account: "receivable", accountId, amountMinor: minor },
    { account: "revenue", amountMinor: -minor },
  ],
});

const idOf = async () => {
  const started = await action();
  if (!started.ok) throw new Error(started.reason);
  return started.action.id;
};

describe("posting", () => {
  it("writes a journal, its entries and the running balance in one go", async () => {
    const before = await getLedgerBalances(t.db, accountId);
    const [posted] = await postJournals(t.db, [issued(await idOf(), 500n)]);
    const lines = await t.db
      .select()
      .from(entries)
      .where(eq(entries.journalNumber, present(posted, "journal").number));
    expect(lines.map((line) => line.amountMinor).sort()).toEqual([-500n, 500n]);
    const after = await getLedgerBalances(t.db, accountId);
    expect(after.receivableMinor - before.receivableMinor).toBe(500n);
  });

  it("keeps the order of a batch and moves one account by the sum", async () => {
    const [first, second] = await postJournals(t.db, [issued(await idOf(), 10n), issued(await idOf(), 20n)]);
    expect(present(second, "second").number).toBeGreaterThan(present(first, "first").number);
  });

  it("takes one round trip, however many journals there are", async () => {
    const drafts = [issued(await idOf(), 10n), issued(await idOf(), 20n), issued(await idOf(), 30n)];
    let statements = 0;
    t.sql.options.debug = () => void (statements += 1);
    await postJournals(t.db, drafts);
    t.sql.options.debug = false;
    expect(statements).toBe(1);
  });

  it("never takes an account below zero, and then writes nothing", async () => {
    const actionId = await idOf();
    const [{ n: before } = { n: 0 }] = await t.db.select({ n: sql<number>`count(*)` }).from(journals);
    await expect(
      postJournals(t.db, [{ ...issued(actionId, -1_000_000n), kind: "invoice_voided" }]),
    ).rejects.toMatchObject({ cause: { constraint_name: "ledger_accounts_floor" } });
    const [{ n: after } = { n: 0 }] = await t.db.select({ n: sql<number>`count(*)` }).from(journals);
    expect(after).toBe(before);
  });

  it("is refused twice for one action and kind", async () => {
    const actionId = await idOf();
    await postJournals(t.db, [issued(actionId, 1n)]);
    await expect(postJournals(t.db, [issued(actionId, 1n)])).rejects.toMatchObject({
      cause: { constraint_name: "journals_action_kind" },
    });
  });

  it("refuses what does not sum to zero, in code and in SQL", async () => {
    const actionId = await idOf();
    const draft = issued(actionId, 5n);
    await expect(
      postJournals(t.db, [{ ...draft, entries: [...draft.entries, { account: "bank", amountMinor: 1n }] }]),
    ).rejects.toThrow("sum to zero");
    const forged = withTransaction(t.db, async (tx) => {
      const [journal] = await tx
        .insert(journals)
        .values({ id: actionId, actionId, kind: "invoice_issued", occurredOn: today, occurredAt: new Date() })
        .returning();
      const [receivable] = await tx.select().from(ledgerAccounts).where(eq(ledgerAccounts.accountId, accountId));
      const line = {
        journalNumber: present(journal, "journal").number,
        ledgerAccountId: present(receivable, "account").id,
      };
      await tx.insert(entries).values([
        { ...line, line: 1, amountMinor: 5n },
        { ...line, line: 2, amountMinor: -4n },
      ]);
    });
    await expect(forged).rejects.toThrow("does not sum to zero");
  });

  it("leaves nothing that the application could change afterwards", async () => {
    for (const statement of [
      sql`update entries set amount_minor = 1`,
      sql`delete from entries`,
      sql`update journals set kind = 'waiver'`,
      sql`truncate entries`,
      sql`delete from audit_entries`,
      sql`update messages set body = ''`,
      sql`alter table entries disable trigger all`,
      sql`drop table journals cascade`,
    ]) {
      await expect(t.db.execute(statement)).rejects.toThrow();
    }
  });

  it("keeps balance = sum of entries with eight writers on one account", async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, idOf));
    await Promise.all(
      ids.map((id, at) => withTransaction(t.db, (tx) => postJournals(tx, [issued(id, BigInt(at + 1))]))),
    );
    const [row] = await t.db
      .select({
        stored: ledgerAccounts.balanceMinor,
        summed: sql<string>`(select sum(amount_minor) from entries e where e.ledger_account_id = ledger_accounts.id)`,
      })
      .from(ledgerAccounts)
      .where(sql`account_id = ${accountId} and kind = 'receivable'`);
    expect(row?.stored).toBe(BigInt(row?.summed ?? -1));
  });
});

describe("a money action", () => {
  it("is minted once per key, however many ask at once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => action("same-key")));
    const ids = new Set(answers.map((answer) => answer.ok && answer.action.id));
    expect(ids.size).toBe(1);
    expect(answers.filter((answer) => answer.ok && answer.fresh)).toHaveLength(1);
  });

  it("is refused when its key comes back with other input", async () => {
    await action("reused", 100n);
    expect(await action("reused", 101n)).toEqual({ ok: false, reason: "key_reused_with_other_input" });
  });

  it("has an approver who is not its maker, whoever writes it", async () => {
    const id = await idOf();
    await t.sql`insert into logins (id, email, name, role) values (${id}, 'sup@x.test', 'S', 'supervisor')`;
    await expect(
      t.db.update(moneyActions).set({ makerLoginId: id, approverLoginId: id }).where(eq(moneyActions.id, id)),
    ).rejects.toMatchObject({ cause: { constraint_name: "money_actions_approver_is_not_maker" } });
  });
});
