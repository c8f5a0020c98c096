import { type SQL, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { type JournalKind } from "#db/schema/index.ts";

/** One movement of what an account owes. Positive raises it. Minor units. */
export type StatementLine = {
  /** The journal's public id comes of it. */
  journalId: string;
  kind: JournalKind;
  occurredOn: LocalDate;
  amountMinor: bigint;
  balanceMinor: bigint;
  billNumber: string | null;
  /** "Visa ··4242", for payments and what came back of them. */
  methodLabel: string | null;
  creditNumber: string | null;
  /** Belongs to an earlier statement's days, and arrived after that was issued. */
  late: boolean;
};

type Row = {
  id: string;
  kind: JournalKind;
  day: LocalDate;
  net: string;
  bill: string | null;
  method: string | null;
  credit: string | null;
  late: boolean;
};

/** Both customer-side accounts together: what is owed less what stands as credit. Moving credit onto a bill is no movement. */
const OWN = (accountId: string): SQL => sql`
  select e.journal_number as number, sum(e.amount_minor) as net from entries e
  join ledger_accounts l on l.id = e.ledger_account_id where l.account_id = ${accountId} group by 1`;

/** What the account owed less its credit, by the journals that `which` lets in. Negative is credit. */
export async function balanceOf(db: DbOrTx, accountId: string, which: SQL): Promise<bigint> {
  const [row] = await db.execute<{ net: string }>(sql`
    select coalesce(sum(e.amount_minor), 0)::text as net from entries e
    join ledger_accounts l on l.id = e.ledger_account_id join journals j on j.number = e.journal_number
    where l.account_id = ${accountId} and ${which}`);
  return BigInt(row?.net ?? 0);
}

/** The movements that `which` lets in, oldest first, with the balance after each. `late` marks those it is true of. */
export async function listLines(
  db: DbOrTx,
  { accountId, which, late, openingMinor }: { accountId: string; which: SQL; late: SQL; openingMinor: bigint },
): Promise<StatementLine[]> {
  const rows = await db.execute<Row>(sql`
    with own as (${OWN(accountId)}), bill_of as (
      select action_id, string_agg(number, ', ' order by number) as numbers from invoices
      where account_id = ${accountId} group by 1
    ), credit_of as (
      select c.action_id, min(c.number) as number, string_agg(distinct i.number, ', ') as bills
      from credits c left join invoices i on i.id = c.invoice_id where c.account_id = ${accountId} group by 1
    )
    select j.id, j.kind::text as kind, j.occurred_on::text as day, own.net::text as net, (${late}) as late,
      coalesce(b.numbers, c.bills) as bill, coalesce(p.method_label, cp.method_label, rp.method_label) as method,
      c.number as credit
    from own join journals j on j.number = own.number
    left join bill_of b on b.action_id = j.action_id left join credit_of c on c.action_id = j.action_id
    left join payments p on p.action_id = j.action_id
    left join chargebacks cb on cb.action_id = j.action_id left join payments cp on cp.id = cb.payment_id
    left join refunds r on r.action_id = j.action_id left join payments rp on rp.id = r.payment_id
    where own.net <> 0 and ${which}
    order by j.occurred_on, j.number`);
  let balanceMinor = openingMinor;
  return rows.map((row) => {
    const amountMinor = BigInt(row.net);
    balanceMinor += amountMinor;
    return {
      ...{ journalId: row.id, kind: row.kind, occurredOn: row.day, amountMinor, balanceMinor },
      ...{ billNumber: row.bill, methodLabel: row.method, creditNumber: row.credit, late: row.late },
    };
  });
}
