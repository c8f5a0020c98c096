import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
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
  const json = JSON.stringify(drafts.map(toJson));
  const rows = await tx.execute<{ posted_number: string; posted_id: string }>(
    sql`select posted_number, posted_id from post_journals(${json}::jsonb)`,
  );
  return rows.map((row) => ({ number: BigInt(row.posted_number), id: row.posted_id }));
}

function toJson(draft: JournalDraft) {
  return {
    id: uuidv7(),
    action: draft.actionId,
    kind: draft.kind,
    on: draft.occurredOn,
    at: draft.occurredAt.toISOString(),
    currency: draft.currency,
    source: draft.source ?? null,
    entries: draft.entries.map((entry) => ({
      account: entry.account,
      owner: entry.accountId ?? null,
      minor: entry.amountMinor.toString(),
    })),
  };
}
