import { sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";

/** What a payment still has: on each bill, directly or through its open credit, and in its open credit. */
export type PaymentStanding = {
  bills: {
    invoiceId: string;
    number: string;
    /** Of this payment, on this bill. */
    amountMinor: bigint;
    openMinor: bigint;
    /** What credit notes may still take of its lines, tax included. */
    creditableMinor: bigint;
  }[];
  creditMinor: bigint;
};

/** Where a payment's money stands now, the newest bill first. Decide on it only under the account's lock. */
export async function getPaymentStanding(db: DbOrTx, paymentId: string): Promise<PaymentStanding> {
  const [rows, [credit]] = await Promise.all([
    db.execute<{ id: string; number: string; minor: string; open: string; creditable: string }>(sql`
      select i.id, i.number, s.minor::text as minor, i.open_minor::text as open, (
          select coalesce(sum(greatest(l.amount_minor + l.tax_minor - l.credited_minor, 0)), 0)::text
          from invoice_lines l where l.invoice_id = i.id) as creditable
      from (
        select invoice_id, sum(amount_minor) as minor from allocations
        where payment_id = ${paymentId}::uuid group by 1 having sum(amount_minor) > 0
      ) s join invoices i on i.id = s.invoice_id
      order by i.due_on desc, i.number desc`),
    db.execute<{ left: string }>(sql`
      select left_minor::text as left from open_credits where kind = 'payment' and source_id = ${paymentId}::uuid`),
  ]);
  return {
    bills: rows.map((row) => ({
      ...{ invoiceId: row.id, number: row.number, amountMinor: BigInt(row.minor) },
      ...{ openMinor: BigInt(row.open), creditableMinor: BigInt(row.creditable) },
    })),
    creditMinor: BigInt(credit?.left ?? 0),
  };
}
