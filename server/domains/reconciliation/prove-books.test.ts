import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { connect, type Connection } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoices, placeClaim } from "#server/domains/invoices/index.ts";
import { recordImportedPayments } from "#server/domains/payments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { CHECKS } from "./checks.ts";
import { proveBooks } from "./index.ts";

const USD = currency("USD");
let t: TestDatabase;
let owner: Connection;

beforeAll(async () => {
  t = await createTestDatabase();
  owner = connect(t.adminUrl, { max: 1 });
  const ctx = testCtx(t.db);
  const { value: accounts } = await createAccounts({
    ctx,
    input: { accounts: [{ number: "A-1", name: "Ada", currency: USD, zone: "America/New_York" }] },
  });
  const accountId = accounts[0]?.id ?? "";
  const bill = (number: string, issued: string, due: string, unitPrice: string) => ({
    ...{ accountId, number, issuedOn: localDate(issued), dueOn: localDate(due), idempotencyKey: `bill ${number}` },
    lines: [{ description: "Water", unitPrice, taxMinor: 100n }],
  });
  const issued = await issueInvoices({
    ctx,
    input: [
      bill("B-1", "2026-08-01", "2026-08-22", "99.00"),
      bill("B-2", "2026-09-01", "2026-09-22", "49.00"),
      bill("B-3", "2026-11-20", "2026-12-11", "19.00"),
    ],
  });
  if (!issued.ok) throw new Error(issued.reason);
  const [first, second] = issued.value;
  await withTransaction(t.db, async (tx) => {
    const payment = { accountId, invoiceId: first?.invoiceId ?? "", amount: money(6_000n, USD) };
    await recordImportedPayments(tx, [{ ...payment, paidOn: localDate("2026-09-10"), key: "pay B-1" }]);
    await placeClaim(tx, {
      ...{ accountId, kind: "dispute", sourceId: "0190a000-0000-7000-8000-000000000001" },
      bills: [{ invoiceId: second?.invoiceId ?? "", wantedMinor: 2_000n }],
      ...{ occurredOn: localDate("2026-10-01"), occurredAt: new Date("2026-10-01T12:00:00Z") },
    });
  });
});

afterAll(async () => {
  await owner.close();
  await t.drop();
});

const prove = (asOf: string | null) =>
  proveBooks({ ctx: testCtx(t.db), input: { asOf: asOf === null ? null : localDate(asOf) } });

describe("healthy books", () => {
  it("pass every check", async () => {
    const report = await prove(null);
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.checks.map((check) => check.id)).toEqual(["I1", "I2", "I3", "I4", "I5", "I6", "I8", "I11"]);
  });

  it.each([
    { asOf: "2026-07-31", invoices: 0, open: 0, receivable: "0.00", aging: {} },
    { asOf: "2026-08-22", invoices: 1, open: 1, receivable: "100.00", aging: { current: "100.00" } },
    { asOf: "2026-08-23", invoices: 1, open: 1, receivable: "100.00", aging: { d1_30: "100.00" } },
    { asOf: "2026-09-10", invoices: 2, open: 2, receivable: "90.00", aging: { current: "50.00", d1_30: "40.00" } },
    {
      ...{ asOf: "2026-10-01", invoices: 2, open: 2, receivable: "90.00" },
      aging: { d1_30: "50.00", d31_60: "40.00", disputed: "20.00" },
    },
    {
      ...{ asOf: null, invoices: 3, open: 3, receivable: "110.00" },
      aging: { current: "20.00", d61_90: "50.00", d90plus: "40.00", disputed: "20.00" },
    },
  ])("as of $asOf: $invoices bills, $receivable receivable", async ({ asOf, invoices, open, receivable, aging }) => {
    const { counts, currencies } = await prove(asOf);
    const none = { current: "0.00", d1_30: "0.00", d31_60: "0.00", d61_90: "0.00", d90plus: "0.00", disputed: "0.00" };
    expect({ invoices: counts.invoices, open: counts.openInvoices }).toEqual({ invoices, open });
    expect(currencies["USD"]).toEqual({
      ...{ receivable, unappliedCredit: "0.00", clearing: "0.00" },
      aging: { ...none, ...aging },
    });
  });
});

/** What somebody with the owner's rights could do behind the application's back, and the check that tells. */
const DEFECTS: { id: string; how: string; by: string[] }[] = [
  { id: "I1", how: "an entry changed", by: ["update entries set amount_minor = amount_minor + 1 where line = 1"] },
  {
    id: "I1",
    how: "a journal without entries",
    by: ["delete from entries where journal_number = (select min(number) from journals)"],
  },
  {
    id: "I2",
    how: "a balance changed",
    by: ["update ledger_accounts set balance_minor = balance_minor + 1 where kind = 'receivable'"],
  },
  {
    id: "I2",
    how: "a roll-up that forgot something",
    by: ["insert into ledger_rollups select id, 1000000, 5, now() from ledger_accounts where kind = 'revenue'"],
  },
  {
    id: "I3",
    how: "a balance below its floor",
    by: [
      "alter table ledger_accounts drop constraint ledger_accounts_floor",
      "update ledger_accounts set balance_minor = -1 where kind = 'receivable'",
    ],
  },
  {
    id: "I4",
    how: "a journal posted twice",
    by: [
      "drop index journals_action_kind",
      "insert into journals (id, action_id, kind, occurred_on, occurred_at) select gen_random_uuid(), action_id, kind, occurred_on, occurred_at from journals limit 1",
    ],
  },
  {
    id: "I5",
    how: "more refunded than captured",
    by: [
      "alter table payments drop constraint payments_refund_floor",
      "update payments set refunded_minor = captured_minor + 1",
    ],
  },
  {
    id: "I5",
    how: "a settled payment of another amount than its journal",
    by: ["update payments set captured_minor = captured_minor + 1"],
  },
  {
    id: "I5",
    how: "a refund that took nothing out of the books",
    by: [
      "update payments set refunded_minor = 100",
      "insert into refunds (payment_id, account_id, action_id, cause, state, amount_minor, currency, occurred_on, requested_at) select id, account_id, action_id, 'overpaid', 'pending', 100, 'USD', '2026-10-01', now() from payments",
    ],
  },
  {
    id: "I5",
    how: "a refund whose bills come to less",
    by: [
      "insert into refunds (payment_id, account_id, action_id, cause, state, amount_minor, currency, occurred_on, requested_at) select id, account_id, action_id, 'reopen', 'failed', 100, 'USD', '2026-10-01', now() from payments",
    ],
  },
  {
    id: "I5",
    how: "a payout that the books never saw leave",
    by: [
      "insert into payouts (action_id, processor_id, state, amount_minor, currency, created_on, arrives_on) select action_id, 'po_1', 'created', 500, 'USD', '2026-10-01', '2026-10-03' from payments",
    ],
  },
  {
    id: "I5",
    how: "a slip of more than is on it",
    by: [
      "insert into deposits (action_id, amount_minor, currency, deposited_on) select action_id, 500, 'USD', '2026-10-01' from payments",
    ],
  },
  {
    id: "I6",
    how: "an event nobody looked at",
    by: [
      "insert into processor_events (id, type, payload, event_created_at, received_at) values ('evt_1', 'charge.updated', '{}', now(), now() - interval '6 minutes')",
    ],
  },
  {
    id: "I8",
    how: "a message lost",
    by: [
      "insert into conversations (number, account_id, title, last_seq) select 'CNV-1', id, 'Water', 2 from accounts",
      "insert into messages (conversation_id, seq, client_id, kind, sender_role, body) select id, 2, gen_random_uuid(), 'text', 'customer', 'Hello' from conversations",
    ],
  },
  {
    id: "I11",
    how: "a bill paid without a movement",
    by: ["update invoices set paid_minor = paid_minor + 100 where number = 'B-3'"],
  },
  { id: "I11", how: "a claim that holds what it never took", by: ["update claims set held_minor = 0"] },
  {
    id: "I11",
    how: "an open credit from nowhere",
    by: [
      "insert into open_credits (account_id, kind, source_id, currency, amount_minor, left_minor, occurred_on) select id, 'goodwill', gen_random_uuid(), 'USD', 5, 5, '2026-10-01' from accounts",
    ],
  },
];

const GUARDED = [
  "entries",
  "journals",
  "ledger_accounts",
  "payments",
  "refunds",
  "refund_bills",
  "invoices",
  "claims",
  "open_credits",
  "messages",
];

describe("a defect is found", () => {
  it("for every check there is", () => {
    expect(new Set(DEFECTS.map((defect) => defect.id))).toEqual(new Set(CHECKS.map((check) => check.id)));
  });

  it.each(DEFECTS)("$id: $how", async ({ id, by }) => {
    const check = CHECKS.find((one) => one.id === id);
    const undo = new Error("undo");
    let found = 0;
    const seeding = owner.db.transaction(async (tx) => {
      for (const table of GUARDED) await tx.execute(sql.raw(`alter table ${table} disable trigger user`));
      for (const statement of by) await tx.execute(sql.raw(statement));
      found = (await tx.execute(check?.finds ?? sql`select 1`)).length;
      throw undo;
    });
    await expect(seeding).rejects.toBe(undo);
    expect(found).toBeGreaterThan(0);
  });
});
