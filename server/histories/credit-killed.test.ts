import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { applyCredit, type CreditRequest } from "#server/domains/adjustments/index.ts";
import { openConversation } from "#server/domains/conversations/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type CreditTold } from "./credit-protocol.ts";

/** A process has to start for each: CI kills some, `CREDIT_KILLS=100` all that the promise names. */
const kills = Number(process.env["CREDIT_KILLS"] ?? 10);
const USD = currency("USD");
let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

async function billed() {
  const ctx = testCtx(t.db);
  const account = { number: "K-1", name: "Ada", currency: USD, zone: "UTC" };
  const { value } = await createAccounts({ ctx, input: { accounts: [account] } });
  const accountId = value[0]?.id ?? "";
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [{ description: "Water", unitPrice: "500.00" }];
  const issued = await issueInvoice({ ctx, input: { accountId, ...dates, lines, idempotencyKey: "bill" } });
  const opened = await openConversation({ ctx, input: { accountId, subject: "general", title: "Water" } });
  if (!issued.ok || !opened.ok) throw new Error("the test's own set-up failed");
  return { accountId, invoiceId: issued.value.invoiceId, conversationId: opened.value.conversation.id };
}

async function startProcess(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "credit-process.ts"), [JSON.stringify(t.url)], {
    execArgv: ["--import", "./db/preload.js"],
  });
  await once(child, "message");
  return child;
}

/** What stands of one key: the action, its journal, its card in the thread, its credit. */
async function standingOf(idempotencyKey: string) {
  const [row] = await t.sql<{ actions: number; journals: number; cards: number; credits: number }[]>`
    with a as (select id from money_actions where idempotency_key = ${idempotencyKey})
    select (select count(*) from a)::int as actions,
      (select count(*) from journals where action_id in (select id from a))::int as journals,
      (select count(*) from messages where action_id in (select id from a))::int as cards,
      (select count(*) from credits where action_id in (select id from a))::int as credits`;
  return row;
}

const NOTHING = { actions: 0, journals: 0, cards: 0, credits: 0 };
const ALL = { actions: 1, journals: 1, cards: 1, credits: 1 };

it(`killed anywhere in giving a credit, ${String(kills)} times: its journal and its card are both there, or neither (U1)`, async () => {
  const of = await billed();
  const ctx = testCtx(t.db);
  const give = (idempotencyKey: string): CreditRequest => ({
    ...{ ...of, kind: "goodwill", amount: money(1_00n, USD), reason: "late_fee", note: "For the wait", idempotencyKey },
  });
  const count = await countStatements(give("counted"));
  expect(count).toBeGreaterThan(10);
  const ends = { nothing: 0, all: 1 };
  for (let round = 0; round < kills; round += 1) {
    const key = `killed-${String(round)}`;
    const child = await startProcess();
    // Spread over all statements, the last (the commit) among them.
    const diesAt = 1 + ((round * 7 + 2) % count);
    const { amount, ...rest } = give(key);
    const input = { ...rest, amount: { ...amount, amountMinor: amount.amountMinor.toString() } };
    child.send({ input, diesAt, how: round % 2 === 0 ? "before" : "after" } satisfies CreditTold);
    await once(child, "exit");
    await settled();
    const standing = await standingOf(key);
    expect([NOTHING, ALL]).toContainEqual(standing);
    ends[standing?.cards === 0 ? "nothing" : "all"] += 1;
    expect(await applyCredit({ ctx, input: give(key) })).toMatchObject({ ok: true });
    expect(await standingOf(key)).toEqual(ALL);
  }
  expect(ends.nothing).toBeGreaterThan(0);
  const books = await proveBooks({ ctx, input: { asOf: null } });
  expect(books.checks.filter((check) => !check.ok)).toEqual([]);
}, 600_000);

/** How many statements one credit takes, from a process that lives. */
async function countStatements(input: CreditRequest): Promise<number> {
  const statements = { count: 0 };
  t.sql.options.debug = () => {
    statements.count += 1;
  };
  expect(await applyCredit({ ctx: testCtx(t.db), input })).toMatchObject({ ok: true });
  t.sql.options.debug = false;
  return statements.count;
}

/** The database has noticed that the process is gone: nothing of it is open any more. */
async function settled(): Promise<void> {
  await expect
    .poll(async () => {
      const [row] = await t.sql<{ open: number }[]>`select count(*)::int as open from pg_stat_activity
        where application_name = 'credit' and datname = current_database()`;
      return row?.open;
    })
    .toBe(0);
}
