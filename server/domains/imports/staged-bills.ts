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

/** A stretch of a run's bills in the order of their numbers: after one bill, up to and with another. */
export type Stretch = { after: StagedBillKey; upTo: StagedBillKey };
type StagedBillKey = { accountNumber: string; invoiceNumber: string };

type Row = { account_number: string; invoice_number: string; line: string; fields: ParsedRow; problem: string | null };

/**
 * Parts a run into stretches of so many bills, in one pass: a table that was filled a moment ago has no statistics yet,
 * and only a stretch with two ends is read by the index whatever the planner believes.
 */
export async function listStretches(
  db: DbOrTx,
  { runId, bills }: { runId: string; bills: number },
): Promise<Stretch[]> {
  const ends = await db.execute<{ account_number: string; invoice_number: string }>(sql`
    select account_number, invoice_number from (
      select account_number, invoice_number, row_number() over w as place, count(*) over () as all_bills
      from (select distinct account_number, invoice_number from import_rows where run_id = ${runId}::uuid) b
      window w as (order by account_number, invoice_number)
    ) b where place % ${bills} = 0 or place = all_bills order by place`);
  let after: StagedBillKey = { accountNumber: "", invoiceNumber: "" };
  return ends.map((end) => {
    const upTo = { accountNumber: end.account_number, invoiceNumber: end.invoice_number };
    const stretch = { after, upTo };
    after = upTo;
    return stretch;
  });
}

/** The bills of a stretch, each put together from all of its rows, wherever they stand in the file. */
export async function listStagedBills(
  db: DbOrTx,
  { runId, map, stretch: { after, upTo } }: { runId: string; map: ImportMap; stretch: Stretch },
): Promise<StagedBill[]> {
  const rows = await db.execute<Row>(sql`
    select account_number, invoice_number, line::text, fields, problem from import_rows
    where run_id = ${runId}::uuid
      and (account_number, invoice_number) > (${after.accountNumber}, ${after.invoiceNumber})
      and (account_number, invoice_number) <= (${upTo.accountNumber}, ${upTo.invoiceNumber})
    order by account_number, invoice_number, import_rows.line`);
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
