import { sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";

/** What is asked for of a bill, and how that moved by business day since its due date, the newest day first. */
export type Asked = { askedMinor: bigint; changes: readonly { on: LocalDate; minor: bigint }[] };

export type AskedBill = Asked & {
  /** The late fees of the bill: on how much of it they were, null where that was not kept, and when the last one came. */
  fees: { onMinor: bigint | null; lastOn: LocalDate } | null;
  /** The business day on which an import brought it, in the account's zone. */
  importedOn: LocalDate | null;
};

type Row = {
  id: string;
  asked: string;
  changes: { on: LocalDate; minor: string }[] | null;
  fees: { on: string | null; last: LocalDate } | null;
  imported_on: LocalDate | null;
};

/**
 * What is asked for of each open bill of an account: open less what is in dispute, on a plan or under the bank's review.
 * What is on its way counts as asked for, so that a payment which fails changes nothing; but not on a bill that was ever
 * held, where it may stand in the place of a hold. One round trip.
 */
export async function listAsked(db: DbOrTx, accountId: string): Promise<ReadonlyMap<string, AskedBill>> {
  const rows = await db.execute<Row>(sql`
    with bill as (
      select i.id, i.due_on, i.open_minor, i.imported, i.action_id, case when exists (
        select 1 from claims h where h.invoice_id = i.id and h.kind in ('chargeback', 'dispute', 'plan')
      ) then array['chargeback', 'dispute', 'plan', 'in_flight']::claim_kind[] else '{}' end as holds
      from invoices i where i.account_id = ${accountId} and i.open_minor > 0
    ), moved as (
      select b.id, a.occurred_on, -a.amount_minor as minor
      from bill b join allocations a on a.invoice_id = b.id and a.occurred_on > b.due_on
      union all
      select b.id, c.occurred_on, -c.held_delta_minor
      from bill b join claim_changes c on c.invoice_id = b.id and c.occurred_on > b.due_on and c.kind = any(b.holds)
    ), by_day as (
      select id, occurred_on, sum(minor) as minor from moved group by id, occurred_on having sum(minor) <> 0
    )
    select b.id,
      (b.open_minor - coalesce((
        select sum(c.held_minor) from claims c where c.invoice_id = b.id and c.kind = any(b.holds)), 0))::text as asked,
      (select jsonb_agg(jsonb_build_object('on', d.occurred_on, 'minor', d.minor::text) order by d.occurred_on desc)
        from by_day d where d.id = b.id) as changes,
      (select jsonb_build_object('last', max(f.issued_on),
          'on', case when bool_and(f.fee_on_minor is not null) then sum(f.fee_on_minor)::text end)
        from invoices f where f.account_id = ${accountId} and f.kind = 'late_fee' and f.parent_id = b.id
        having count(*) > 0) as fees,
      case when b.imported then (
        select (j.occurred_at at time zone a.zone)::date from journals j join accounts a on a.id = ${accountId}
        where j.action_id = b.action_id and j.kind = 'invoice_issued') end as imported_on
    from bill b`);
  return new Map(rows.map((row) => [row.id, toAsked(row)]));
}

const toAsked = ({ asked, changes, fees, imported_on }: Row): AskedBill => ({
  askedMinor: BigInt(asked),
  changes: (changes ?? []).map(({ on, minor }) => ({ on, minor: BigInt(minor) })),
  fees: fees && { onMinor: fees.on === null ? null : BigInt(fees.on), lastOn: fees.last },
  importedOn: imported_on,
});
