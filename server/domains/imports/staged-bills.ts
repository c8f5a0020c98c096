import { sql } from "drizzle-orm";

import { currency, exponentOf } from "#app/contracts/currency.ts";
import { type DbOrTx } from "#db/client.ts";
import { lineAmount } from "#server/domains/invoices/index.ts";

import { type ImportMap } from "./map.ts";
import { type ParsedRow } from "./parse-row.ts";
import { assembleBill, type BillProblem, type ImportedBill } from "./rules.ts";

export type StagedBill = {
  accountNumber: string;
  invoiceNumber: string;
  lines: number[];
  outcome: { value: ImportedBill } | { problem: BillProblem | "bad_row" };
};

export type StagedCursor = { accountNumber: string; invoiceNumber: string };

type Row = { account_number: string; invoice_number: string; line: string; fields: ParsedRow; problem: string | null };

/** The next bills of a run after a cursor, each put together from all of its rows, wherever they stand in the file. */
export async function listStagedBills(
  db: DbOrTx,
  { runId, map, after, limit }: { runId: string; map: ImportMap; after: StagedCursor | null; limit: number },
): Promise<StagedBill[]> {
  const rows = await db.execute<Row>(sql`
    with bill as (
      select distinct account_number, invoice_number from import_rows
      where run_id = ${runId}::uuid
        and (account_number, invoice_number) > (${after?.accountNumber ?? ""}, ${after?.invoiceNumber ?? ""})
      order by 1, 2 limit ${limit}
    )
    select r.account_number, r.invoice_number, r.line::text, r.fields, r.problem
    from bill b join import_rows r
      on r.run_id = ${runId}::uuid and r.account_number = b.account_number and r.invoice_number = b.invoice_number
    order by 1, 2, r.line`);
  const bills: Row[][] = [];
  for (const row of rows) {
    const last = bills.at(-1);
    const same = last?.[0]?.account_number === row.account_number && last[0].invoice_number === row.invoice_number;
    if (same && last) last.push(row);
    else bills.push([row]);
  }
  const exponent = exponentOf(currency(map.currency));
  return bills.map((rowsOfBill) => toStagedBill(rowsOfBill, exponent));
}

function toStagedBill(rows: readonly Row[], exponent: number): StagedBill {
  const [first, ...rest] = rows.map((row) => ({ line: Number(row.line), parsed: row.fields }));
  const { account_number: accountNumber = "", invoice_number: invoiceNumber = "" } = rows[0] ?? {};
  const of = { accountNumber, invoiceNumber, lines: rows.map((row) => Number(row.line)) };
  if (first === undefined || rows.some((row) => row.problem !== null))
    return { ...of, outcome: { problem: "bad_row" } };
  // parseRow let only plain decimal text pass, which lineAmount reads.
  const round = (quantity: string, unitPrice: string) => lineAmount(quantity, unitPrice, exponent) ?? 0n;
  return { ...of, outcome: assembleBill([first, ...rest], round) };
}
