import { sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";

import { type ExistingBill } from "./rules.ts";

type Identity = { accountNumber: string; invoiceNumber: string };

/** A bill is known by its account's number and its own. */
export const keyOf = ({ accountNumber, invoiceNumber }: Identity): string =>
  JSON.stringify([accountNumber, invoiceNumber]);

type Row = {
  account_number: string;
  invoice_number: string;
  id: string;
  kind: "bill" | "credit_note";
  total: string;
  issued_on: LocalDate;
  due_on: LocalDate | null;
  open: string;
  payable: string;
  settled_on: LocalDate | null;
  paid_on: LocalDate | null;
  has_dispute: boolean;
};

/** Which of these the books have already, as bills or as credit notes, in one round trip. */
export async function findExistingBills(
  db: DbOrTx,
  bills: readonly Identity[],
): Promise<Map<string, ExistingBill & { id: string }>> {
  const asked = JSON.stringify(
    bills.map((bill) => ({ a: bill.accountNumber, n: bill.invoiceNumber, k: `import:${keyOf(bill)}:paid` })),
  );
  const rows = await db.execute<Row>(sql`
    select a.number as account_number, i.number as invoice_number, i.id, 'bill' as kind, i.total_minor::text as total,
      i.issued_on::text, i.due_on::text, i.open_minor::text as open, i.settled_on::text,
      (i.open_minor - coalesce((
        select sum(c.held_minor) from claims c where c.invoice_id = i.id and c.kind = 'in_flight'), 0))::text as payable,
      (select max(p.settled_on) from payment_bills b join payments p on p.id = b.payment_id
        join money_actions m on m.id = p.action_id and m.kind = 'import' where b.invoice_id = i.id)::text as paid_on,
      exists (select 1 from disputes d where d.invoice_id = i.id) as has_dispute
    from jsonb_to_recordset(${asked}::jsonb) as k(a text, n text)
    join accounts a on a.number = k.a
    join invoices i on i.account_id = a.id and i.number = k.n
    union all
    select a.number, c.number, c.id, 'credit_note', c.amount_minor::text, c.occurred_on::text, null,
      coalesce(o.left_minor, 0)::text, null, coalesce(o.left_minor, 0)::text, m.occurred_on::text, false
    from jsonb_to_recordset(${asked}::jsonb) as k(a text, n text, k text)
    join accounts a on a.number = k.a
    join credits c on c.account_id = a.id and c.number = k.n and c.kind = 'credit_note'
    left join open_credits o on o.account_id = a.id and o.kind = 'credit_note' and o.source_id = c.id
    left join money_actions m on m.idempotency_key = k.k`);
  return new Map(
    rows.map((row) => [
      keyOf({ accountNumber: row.account_number, invoiceNumber: row.invoice_number }),
      {
        ...{ id: row.id, kind: row.kind, totalMinor: BigInt(row.total), issuedOn: row.issued_on, dueOn: row.due_on },
        ...{ openMinor: BigInt(row.open), payableMinor: BigInt(row.payable), settledOn: row.settled_on },
        ...{ importedPaidOn: row.paid_on, hasDispute: row.has_dispute },
      },
    ]),
  );
}
