import { sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { type AgingBuckets, agingBucket } from "#server/domains/invoices/index.ts";

import { type Statement } from "./get-statement.ts";

/** What was open by how late it was, and the credit beside it: the buckets less the credit are what was owed. */
export type StatementAging = AgingBuckets & { creditMinor: bigint; day: LocalDate };

/** Greater than every journal's number: all that is known counts. */
const EVERYTHING = 2n ** 63n - 1n;

/**
 * How late what a statement closes with was on its last day (today, when that is still to come), by the journals that it
 * tells of: so the buckets less the credit are its closing. Minor units.
 */
export async function ageStatement(
  db: DbOrTx,
  { accountId, statement, today }: { accountId: string; statement: Statement; today: LocalDate },
): Promise<StatementAging> {
  const { toOn } = statement;
  const day = toOn < today ? toOn : today;
  const upTo = (statement.lastJournal ?? EVERYTHING).toString();
  const rows = await db.execute<{ days_late: number; open: string }>(sql`
    select (${day}::date - i.due_on) as days_late, sum(i.total_minor - coalesce(m.moved, 0))::text as open
    from invoices i
    join journals j on j.action_id = i.action_id and j.kind in ('invoice_issued', 'late_fee')
    left join lateral (
      select sum(a.amount_minor) as moved from allocations a
      where a.invoice_id = i.id and a.occurred_on <= ${toOn}::date and a.journal_number <= ${upTo}::bigint
    ) m on true
    where i.account_id = ${accountId} and j.occurred_on <= ${toOn}::date and j.number <= ${upTo}::bigint
    group by i.due_on`);
  const [credit] = await db.execute<{ minor: string }>(sql`
    select coalesce(-sum(e.amount_minor), 0)::text as minor from entries e
    join ledger_accounts l on l.id = e.ledger_account_id join journals j on j.number = e.journal_number
    where l.account_id = ${accountId} and l.kind = 'unapplied'
      and j.occurred_on <= ${toOn}::date and j.number <= ${upTo}::bigint`);
  const aging = { current: 0n, d1_30: 0n, d31_60: 0n, d61_90: 0n, d90plus: 0n };
  for (const { days_late: daysLate, open } of rows) aging[agingBucket(daysLate)] += BigInt(open);
  return { ...aging, creditMinor: BigInt(credit?.minor ?? 0), day };
}
