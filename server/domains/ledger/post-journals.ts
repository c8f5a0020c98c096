import { type SQLWrapper } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { fixedStatement } from "#db/fixed-statement.ts";
import { arrayText } from "#db/insert-rows.ts";
import { type JournalKind, type LedgerAccountKind } from "#db/schema/index.ts";
import { assert } from "#server/platform/assert.ts";

import { journalBalances } from "./rules.ts";

export type EntryDraft = {
  account: LedgerAccountKind;
  /** The billing account: for receivable and unapplied, and for nothing else. */
  accountId?: string;
  /** Minor units; debit positive, credit negative, never zero. */
  amountMinor: bigint;
};

export type JournalDraft = {
  actionId: string;
  kind: JournalKind;
  /** The business day in the account's zone: aging, statements and "as of" go by it. */
  occurredOn: LocalDate;
  occurredAt: Date;
  currency: Currency;
  /** The processor's object this tells of; one journal per object and kind. */
  source?: string | null;
  entries: readonly EntryDraft[];
};

export type PostedJournal = { number: bigint; id: string };

/**
 * Posts journals in one round trip, in the order given, and moves the running balances of the customer side. Throws on
 * an unbalanced journal, on a balance that would go below 0 (constraint `ledger_accounts_floor`), and on a second journal
 * of the same action and kind or source and kind.
 */
export async function postJournals(tx: DbOrTx, drafts: readonly JournalDraft[]): Promise<PostedJournal[]> {
  if (drafts.length === 0) return [];
  for (const draft of drafts) {
    assert(journalBalances(draft.entries), `a ${draft.kind} journal must sum to zero`);
    for (const entry of draft.entries) {
      const customerSide = entry.account === "receivable" || entry.account === "unapplied";
      assert(customerSide === (entry.accountId !== undefined), `${entry.account} names a billing account or must not`);
    }
  }
  const rows = await tx.execute<{ posted_number: string; posted_id: string }>(statement(drafts));
  return rows.map((row) => ({ number: BigInt(row.posted_number), id: row.posted_id }));
}

const posting = fixedStatement(`select posted_number, posted_id from post_journals(
  $1::uuid[], $2::uuid[], $3::journal_kind[], $4::date[], $5::timestamptz[], $6::text[], $7::integer[], $8::smallint[],
  $9::ledger_account_kind[], $10::uuid[], $11::char(3)[], $12::bigint[])`);

/** One array for each column: what costs in a posting is not the rows but reading them from a text of their own shape. */
const statement = (drafts: readonly JournalDraft[]): SQLWrapper =>
  posting([
    perJournal(drafts, () => uuidv7()),
    perJournal(drafts, (one) => one.actionId),
    perJournal(drafts, (one) => one.kind),
    perJournal(drafts, (one) => one.occurredOn),
    perJournal(drafts, (one) => one.occurredAt.toISOString()),
    arrayText(drafts.map((one) => one.source ?? null)),
    perEntry(drafts, (_entry, { place }) => place),
    perEntry(drafts, (_entry, { line }) => line),
    perEntry(drafts, (entry) => entry.account),
    perEntry(drafts, (entry) => entry.accountId ?? null),
    perEntry(drafts, (_entry, { currency }) => currency),
    perEntry(drafts, (entry) => entry.amountMinor),
  ]);

// Values that need no quotes: ids, names of kinds, days, numbers.
type Plain = string | number | bigint | null;

const perJournal = (drafts: readonly JournalDraft[], valueOf: (draft: JournalDraft) => Plain): string =>
  `{${drafts.map(valueOf).map(String).join(",")}}`;

type Place = { place: number; line: number; currency: Currency };

const perEntry = (drafts: readonly JournalDraft[], valueOf: (entry: EntryDraft, at: Place) => Plain): string =>
  `{${drafts.map(({ entries, currency }, at) => entries.map((entry, line) => String(valueOf(entry, { place: at + 1, line: line + 1, currency }))).join(",")).join(",")}}`;
