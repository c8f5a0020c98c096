import { sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";

export type Owed = { openMinor: bigint; pastDueMinor: bigint; inDisputeMinor: bigint };

type Row = { account_id: string; open: string; past_due: string; in_dispute: string };

/**
 * What each of these accounts owes, in minor units of its own currency; one that owes nothing is absent. Past due counts
 * by each account's own day. One round trip: for lists; a page about one account asks `getAccountMoney`.
 */
export async function listOwed(
  db: DbOrTx,
  { accountIds, now }: { accountIds: readonly string[]; now: Date },
): Promise<ReadonlyMap<string, Owed>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.execute<Row>(sql`
    with bill as (
      select i.account_id, i.open_minor, i.held_minor,
        i.due_on < (${now.toISOString()}::timestamptz at time zone a.zone)::date as late,
        coalesce(sum(c.held_minor) filter (where c.kind = 'scheduled'), 0) as scheduled,
        coalesce(sum(c.held_minor) filter (where c.kind = 'dispute'), 0) as dispute
      from accounts a join invoices i on i.account_id = a.id and i.open_minor > 0
        left join claims c on c.invoice_id = i.id and c.released_at is null
      where a.id in (${sql.join(
        accountIds.map((id) => sql`${id}::uuid`),
        sql`, `,
      )})
      group by i.id, a.zone
    )
    select account_id, sum(open_minor)::text as open,
      coalesce(sum(open_minor - held_minor + scheduled) filter (where late), 0)::text as past_due,
      sum(dispute)::text as in_dispute
    from bill group by account_id`);
  return new Map(
    rows.map((row) => [
      row.account_id,
      { openMinor: BigInt(row.open), pastDueMinor: BigInt(row.past_due), inDisputeMinor: BigInt(row.in_dispute) },
    ]),
  );
}
