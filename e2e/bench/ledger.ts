import { randomUUID } from "node:crypto";

import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { v7 as uuidv7 } from "uuid";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { type OpenDatabase } from "#db/open-database.ts";
import { type Tx } from "#db/client.ts";
import { entries, journals, ledgerAccounts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { getLedgerBalances, type JournalDraft, postJournals } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";

import { atLeast, atMost, compare, type Line, median, quantile, runSlice, type Slice } from "./measure.ts";

const ACCOUNTS = 1_000;
const ACTIONS = 150_000;
const USD = currency("USD");

type Books = { accounts: string[]; nextAction: () => string };

/** A thousand accounts, and an action for every journal that will be posted. */
async function fill(owner: postgres.Sql): Promise<Books> {
  const accounts = Array.from({ length: ACCOUNTS }, () => randomUUID());
  await owner`insert into accounts (id, number, name, currency, zone)
    select id, 'BENCH-' || id, 'Bench', 'USD', 'UTC' from unnest(${accounts}::uuid[]) id`;
  const rows = await owner<{ id: string }[]>`
    insert into money_actions (id, kind, state, amount_minor, currency, idempotency_key, input_hash, occurred_on)
    select gen_random_uuid(), 'payment', 'done', 100, 'USD', 'bench-' || n, '\\x00', '2026-01-01'
    from generate_series(1, ${ACTIONS}) n returning id`;
  let at = 0;
  return { accounts, nextAction: () => rows[(at += 1) % rows.length]?.id ?? "" };
}

const draft = (actionId: string, accountId: string, other: "unapplied" | "clearing"): JournalDraft => ({
  ...{ actionId, kind: "payment_settled", currency: USD },
  ...{ occurredOn: localDate("2026-01-01"), occurredAt: new Date("2026-01-01T12:00:00Z") },
  entries: [
    { account: "receivable", accountId, amountMinor: 100n },
    { account: other, ...(other === "unapplied" ? { accountId } : {}), amountMinor: -100n },
  ],
});

/** The way it is usually written, with the same tables, driver and query builder: two inserts and two updates, a round trip each. */
async function makeReference(owner: postgres.Sql, db: OpenDatabase["db"], { accounts, nextAction }: Books) {
  for (const kind of ["receivable", "unapplied"]) {
    await owner`insert into ledger_accounts (kind, account_id, currency, balance_minor)
      select ${kind}::ledger_account_kind, id, 'USD', 0 from unnest(${accounts}::uuid[]) id`;
  }
  const rows = await owner<{ receivable: number; unapplied: number }[]>`
    select r.id as receivable, u.id as unapplied from ledger_accounts r
    join ledger_accounts u on u.account_id = r.account_id and u.kind = 'unapplied' where r.kind = 'receivable'`;
  return () =>
    withTransaction(db, async (tx) => {
      const one = rows[Math.floor(Math.random() * rows.length)] ?? { receivable: 0, unapplied: 0 };
      const { entries: _, currency: __, ...journal } = draft(nextAction(), "", "unapplied");
      const [posted] = await tx
        .insert(journals)
        .values({ id: uuidv7(), ...journal })
        .returning({ number: journals.number });
      const journalNumber = posted?.number ?? 0n;
      await tx.insert(entries).values([
        { journalNumber, ledgerAccountId: one.receivable, line: 1, amountMinor: 100n },
        { journalNumber, ledgerAccountId: one.unapplied, line: 2, amountMinor: -100n },
      ]);
      await raise(tx, one.receivable);
      await raise(tx, one.unapplied);
    });
}

const raise = (tx: Tx, id: number) =>
  tx
    .update(ledgerAccounts)
    .set({ balanceMinor: sql`${ledgerAccounts.balanceMinor} + 100`, version: sql`${ledgerAccounts.version} + 1` })
    .where(eq(ledgerAccounts.id, id));

/** P1, P2, P3, P13: posting, on many accounts and on one; what a journal weighs; what the outbox costs. */
export async function benchPosting(database: OpenDatabase, say: (what: string) => void): Promise<Line[]> {
  const owner = postgres(database.adminUrl, { max: 2, onnotice: () => undefined });
  const { db } = database;
  const books = await fill(owner);
  const { accounts, nextAction } = books;
  const reference = await makeReference(owner, db, books);
  const anyAccount = () => accounts[Math.floor(Math.random() * ACCOUNTS)] ?? "";
  // One statement is its own transaction: what is measured is a posting, not the command around it.
  const post = (other: "unapplied" | "clearing") => postJournals(db, [draft(nextAction(), anyAccount(), other)]);
  const lines: Line[] = [];
  for (const [workers, bound] of [
    [1, 1.5],
    [8, 1.5],
    [32, 1.7],
  ] as const) {
    say(`posting with ${String(workers)} writers`);
    const { ratios } = await compare({ ours: () => post("unapplied"), reference }, { workers });
    lines.push(atLeast("P1", `journals/s, 1,000 accounts, ${String(workers)} writers`, ratios, bound));
  }
  say("posting on one clearing account");
  const one = await compare({ ours: () => post("clearing"), reference: () => post("unapplied") }, { workers: 32 });
  const spread = one.ours.map(({ latenciesMs }) => quantile(latenciesMs, 0.99) / quantile(latenciesMs, 0.5));
  lines.push(atLeast("P2", "all on one clearing account, 32 writers", one.ratios, 0.85));
  lines.push(atMost("P2", "its p99 against its p50", median(spread), { bound: 4, unit: "×" }));
  lines.push(await weigh(owner));
  say("the outbox");
  const told = await compare(
    {
      ours: () =>
        withTransaction(db, async (tx) => {
          const accountId = anyAccount();
          await postJournals(tx, [draft(nextAction(), accountId, "clearing")]);
          await appendEvent(tx, "account.money_changed", { accountId });
        }),
      reference: () => withTransaction(db, (tx) => postJournals(tx, [draft(nextAction(), anyAccount(), "clearing")])),
    },
    { workers: 8, slices: 12, warmMs: 4_000 },
  );
  lines.push(atLeast("P13", "posting with its outbox row", told.ratios, 0.9));
  await owner.end();
  return lines;
}

async function weigh(owner: postgres.Sql): Promise<Line> {
  await owner`vacuum analyze journals`;
  await owner`vacuum analyze entries`;
  const [row] = await owner<{ bytes: string; journals: string }[]>`
    select pg_total_relation_size('journals') + pg_total_relation_size('entries') as bytes,
      (select count(*) from journals) as journals`;
  const bytes = Number(row?.bytes) / Number(row?.journals);
  return atMost("P3", "storage per journal with two entries", bytes, { bound: 600, unit: "bytes" });
}

const MANY = 1_000_000;

/** P4: reading a balance, with a thousand accounts and with a million. */
export async function benchBalances(database: OpenDatabase, say: (what: string) => void): Promise<Line[]> {
  const owner = postgres(database.adminUrl, { max: 1, onnotice: () => undefined });
  const read = async () => {
    const rows = await owner<{ id: string }[]>`
      select account_id as id from ledger_accounts where account_id is not null order by random() limit 500`;
    const slices: Slice[] = [];
    for (let at = 0; at < 6; at += 1) {
      const op = () => getLedgerBalances(database.db, rows[Math.floor(Math.random() * rows.length)]?.id ?? "");
      slices.push(await runSlice(op, { workers: 4, ms: 700 }));
    }
    const of = (share: number) => median(slices.map(({ latenciesMs }) => quantile(latenciesMs, share)));
    return { p50: of(0.5), p99: of(0.99) };
  };
  say("balances of a thousand accounts");
  const few = await read();
  say("a million accounts are made");
  await owner.unsafe(`insert into accounts (id, number, name, currency, zone)
    select gen_random_uuid(), 'MANY-' || n, 'Many', 'USD', 'UTC' from generate_series(1, ${String(MANY)}) n`);
  await owner`insert into ledger_accounts (kind, account_id, currency, balance_minor)
    select 'receivable', id, 'USD', 0 from accounts where number like 'MANY-%'`;
  await owner`vacuum analyze ledger_accounts`;
  const many = await read();
  await owner.end();
  return [
    atMost("P4", "balance read, 10³ → 10⁶ accounts, p50", many.p50 / few.p50, { bound: 1.2, unit: "×" }),
    atMost("P4", "balance read, 10³ → 10⁶ accounts, p99", many.p99 / few.p99, { bound: 1.5, unit: "×" }),
  ];
}
