import { sql } from "drizzle-orm";

import { addMonths, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";

import { type AgingBuckets, agingBucket } from "./rules.ts";

/**
 * What is open by how late it is, gross of unapplied credit and with claims inside, so that the buckets add up to open;
 * `disputed` says how much of it is in dispute. Minor units of the account's currency.
 */
export async function agingOf(
  db: DbOrTx,
  { accountId, today }: { accountId: string; today: LocalDate },
): Promise<AgingBuckets & { disputed: bigint }> {
  const rows = await db.execute<{ days_late: number; open: string; disputed: string }>(sql`
    select (${today}::date - i.due_on) as days_late, sum(i.open_minor)::text as open,
      coalesce(sum((select sum(c.held_minor) from claims c where c.invoice_id = i.id and c.kind = 'dispute')), 0)::text
        as disputed
    from invoices i
    where i.account_id = ${accountId} and i.open_minor > 0
    group by i.due_on`);
  const aging = { current: 0n, d1_30: 0n, d31_60: 0n, d61_90: 0n, d90plus: 0n, disputed: 0n };
  for (const row of rows) {
    aging[agingBucket(row.days_late)] += BigInt(row.open);
    aging.disputed += BigInt(row.disputed);
  }
  return aging;
}

export type MonthSum = {
  /** The first of the month. */
  month: LocalDate;
  billedMinor: bigint;
  paidMinor: bigint;
};

/** What was billed and what was paid in each of the last `months` months, this one last; months of nothing are there. */
export async function billedAndPaidByMonth(
  db: DbOrTx,
  { accountId, today, months = 24 }: { accountId: string; today: LocalDate; months?: number },
): Promise<MonthSum[]> {
  const first = addMonths(localDate(`${today.slice(0, 7)}-01`), 1 - months);
  const rows = await db.execute<{ month: LocalDate; billed: string; paid: string }>(sql`
    with month as (
      select generate_series(${first}::date, ${today}::date, interval '1 month')::date as first
    ), billed as (
      select date_trunc('month', issued_on)::date as first, sum(total_minor) as minor from invoices
      where account_id = ${accountId} and issued_on >= ${first}::date and status = 'issued' group by 1
    ), paid as (
      select date_trunc('month', settled_on)::date as first, sum(captured_minor - returned_minor - charged_back_minor) as minor
      from payments
      where account_id = ${accountId} and settled_on >= ${first}::date and state = 'settled' group by 1
    )
    select m.first::text as month, coalesce(b.minor, 0)::text as billed, coalesce(p.minor, 0)::text as paid
    from month m left join billed b on b.first = m.first left join paid p on p.first = m.first
    order by m.first`);
  return rows.map((row) => ({ month: row.month, billedMinor: BigInt(row.billed), paidMinor: BigInt(row.paid) }));
}
