import { sql } from "drizzle-orm";

import { currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";

export type Loss = {
  paymentId: string;
  label: string | null;
  accountNumber: string;
  accountName: string;
  amount: Money;
  /** When the bank took it. */
  takenOn: LocalDate;
};

type Row = {
  payment_id: string;
  label: string | null;
  number: string;
  name: string;
  currency: string;
  lost: string;
  taken_on: LocalDate;
};

const MOST = 100;

/**
 * What a return, a chargeback or a bounce took beyond what its payment still had, because it was refunded before: never
 * refused, booked as a loss, and here for a person to look at. The newest first; at most 100.
 */
export async function listLosses(db: DbOrTx, { paymentId }: { paymentId?: string } = {}): Promise<Loss[]> {
  const rows = await db.execute<Row>(sql`
    select p.id as payment_id, p.method_label as label, a.number, a.name, p.currency,
      sum(e.amount_minor)::text as lost, max(j.occurred_on)::text as taken_on
    from entries e
    join ledger_accounts l on l.id = e.ledger_account_id and l.kind = 'chargeback_losses'
    join journals j on j.number = e.journal_number
      and j.kind in ('payment_returned', 'payment_bounced', 'chargeback_opened', 'chargeback_won')
    left join chargebacks c on c.action_id = j.action_id
    join payments p on p.id = coalesce(c.payment_id, (
      select b.id from money_actions m join payments b on b.account_id = m.account_id and b.bounce_action_id = m.id
      where m.id = j.action_id))
    join accounts a on a.id = p.account_id
    where ${paymentId ?? null}::uuid is null or p.id = ${paymentId ?? null}::uuid
    group by p.id, a.number, a.name
    having sum(e.amount_minor) <> 0
    order by max(j.number) desc
    limit ${MOST}`);
  return [...rows].map((row) => ({
    ...{ paymentId: row.payment_id, label: row.label, accountNumber: row.number, accountName: row.name },
    ...{ amount: money(BigInt(row.lost), currency(row.currency)), takenOn: row.taken_on },
  }));
}
