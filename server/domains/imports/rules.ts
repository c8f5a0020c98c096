import { type LocalDate } from "#app/contracts/local-date.ts";

import { type ParsedRow } from "./parse-row.ts";

/** One bill (or credit note) of the file, put together from all of its rows. Amounts in minor units. */
export type ImportedBill = {
  firstLine: number;
  accountNumber: string;
  invoiceNumber: string;
  accountName: string | null;
  email: string | null;
  postalCode: string | null;
  delivery: "paper" | "electronic" | null;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  paidOn: LocalDate | null;
  disputed: boolean;
  lines: { description: string; quantity: string; unitPrice: string; amountMinor: bigint; taxMinor: bigint }[];
  totalMinor: bigint;
};

export type BillProblem =
  | { code: "rows_disagree"; line: number; field: "issuedOn" | "dueOn" | "paidOn"; first: string; other: string }
  | { code: "invoice_twice"; line: number; firstLine: number }
  | { code: "lines_differ_from_amount"; line: number; amountMinor: bigint; sumMinor: bigint }
  | { code: "bad_row_of_same_invoice"; line: number; badLine: number }
  | { code: "changed"; line: number; field: "amount" | "issuedOn" | "dueOn" | "paidOn"; old: string; new: string }
  | { code: "account_currency"; line: number; expected: string }
  | { code: "credit_note_exists_as_bill"; line: number };

type StagedParsed = { line: number; parsed: ParsedRow };

/** Puts the rows of one bill together, in the order of the file; a line is rounded once (`roundLine`). */
export function assembleBill(
  rows: readonly [StagedParsed, ...StagedParsed[]],
  roundLine: (quantity: string, unitPrice: string) => bigint,
): { value: ImportedBill } | { problem: BillProblem } {
  const [first, ...rest] = rows;
  for (const { line, parsed } of rest) {
    if (parsed.line === null || first.parsed.line === null) {
      return { problem: { code: "invoice_twice", line, firstLine: first.line } };
    }
    for (const field of ["issuedOn", "dueOn", "paidOn"] as const) {
      if (parsed[field] !== first.parsed[field]) {
        const text = (date: LocalDate | null) => date ?? "not paid";
        return {
          problem: { code: "rows_disagree", line, field, first: text(first.parsed[field]), other: text(parsed[field]) },
        };
      }
    }
  }
  const lines = rows.map(({ parsed }) => toLine(parsed, roundLine));
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor + line.taxMinor, 0n);
  const stated = rows.find(({ parsed }) => parsed.line !== null && parsed.amountMinor !== null);
  if (stated && BigInt(stated.parsed.amountMinor ?? 0) !== totalMinor) {
    const amountMinor = BigInt(stated.parsed.amountMinor ?? 0);
    return { problem: { code: "lines_differ_from_amount", line: stated.line, amountMinor, sumMinor: totalMinor } };
  }
  const known = <K extends "accountName" | "email" | "postalCode" | "delivery">(field: K): ParsedRow[K] =>
    rows.find(({ parsed }) => parsed[field] !== null)?.parsed[field] ?? first.parsed[field];
  const { accountNumber, invoiceNumber, issuedOn, dueOn, paidOn } = first.parsed;
  return {
    value: {
      firstLine: first.line,
      accountNumber,
      invoiceNumber,
      accountName: known("accountName"),
      email: known("email"),
      postalCode: known("postalCode"),
      delivery: known("delivery"),
      issuedOn,
      dueOn,
      paidOn,
      disputed: rows.some(({ parsed }) => parsed.disputed),
      lines,
      totalMinor,
    },
  };
}

/** A file with one amount per bill gives a bill of one line; tax, where the file names it, stands inside the amount. */
function toLine(
  row: ParsedRow,
  roundLine: (quantity: string, unitPrice: string) => bigint,
): ImportedBill["lines"][number] {
  if (row.line !== null) {
    const { description, quantity, unitPrice, taxMinor } = row.line;
    return {
      description,
      quantity,
      unitPrice,
      amountMinor: roundLine(quantity, unitPrice),
      taxMinor: BigInt(taxMinor),
    };
  }
  const total = BigInt(row.amountMinor ?? 0);
  const taxMinor = BigInt(row.taxMinor ?? 0);
  return { description: "", quantity: "1", unitPrice: "", amountMinor: total - taxMinor, taxMinor };
}

/** What the books already have under the same account and number. */
export type ExistingBill = {
  kind: "bill" | "credit_note";
  totalMinor: bigint;
  issuedOn: LocalDate;
  dueOn: LocalDate | null;
  /** Of a credit note: what is left of it on no bill. */
  openMinor: bigint;
  /** What a payment may still post: open less what is in flight; of a credit note, what is left. */
  payableMinor: bigint;
  settledOn: LocalDate | null;
  /** The paid-on date that a file told before. */
  importedPaidOn: LocalDate | null;
  hasDispute: boolean;
};

export type BillDecision =
  | { do: "leave_out" }
  | { do: "add_bill"; paidOn: LocalDate | null }
  | { do: "add_credit_note"; paidOn: LocalDate | null }
  | { do: "pay_existing"; paidOn: LocalDate; amountMinor: bigint }
  | { do: "pay_out_existing"; paidOn: LocalDate; amountMinor: bigint }
  | { do: "already_paid" }
  | { do: "nothing" }
  | { do: "refuse"; problem: BillProblem };

/**
 * What to do with one bill of the file, as MONEY.md "Import" says: issued after `asOf` stays out, paid after it stays
 * open, a changed amount or date is a bad row that shows old and new, a new paid-on pays only what is open less in flight
 * (of a credit note: pays out what is left of it). A paid-on that has gone blank says nothing: the file may be older.
 */
export function decideBill(bill: ImportedBill, existing: ExistingBill | null, asOf: LocalDate | null): BillDecision {
  if (asOf !== null && bill.issuedOn > asOf) return { do: "leave_out" };
  const paidOn = bill.paidOn !== null && (asOf === null || bill.paidOn <= asOf) ? bill.paidOn : null;
  if (existing === null) {
    return bill.totalMinor < 0n ? { do: "add_credit_note", paidOn } : { do: "add_bill", paidOn };
  }
  const problem = changeOf(bill, existing);
  if (problem) return { do: "refuse", problem };
  if (paidOn === null) return { do: "nothing" };
  if (existing.payableMinor <= 0n) return { do: "already_paid" };
  const rest = { paidOn, amountMinor: existing.payableMinor };
  return existing.kind === "bill" ? { do: "pay_existing", ...rest } : { do: "pay_out_existing", ...rest };
}

function changeOf(bill: ImportedBill, existing: ExistingBill): BillProblem | null {
  const line = bill.firstLine;
  const sameKind = existing.kind === "credit_note" ? bill.totalMinor < 0n : bill.totalMinor >= 0n;
  if (!sameKind) return { code: "credit_note_exists_as_bill", line };
  const total = bill.totalMinor < 0n ? -bill.totalMinor : bill.totalMinor;
  if (total !== existing.totalMinor) {
    return { code: "changed", line, field: "amount", old: existing.totalMinor.toString(), new: total.toString() };
  }
  if (bill.issuedOn !== existing.issuedOn) {
    return { code: "changed", line, field: "issuedOn", old: existing.issuedOn, new: bill.issuedOn };
  }
  if (existing.dueOn !== null && bill.dueOn !== existing.dueOn) {
    return { code: "changed", line, field: "dueOn", old: existing.dueOn, new: bill.dueOn };
  }
  const { importedPaidOn: old } = existing;
  if (old !== null && bill.paidOn !== null && bill.paidOn !== old) {
    return { code: "changed", line, field: "paidOn", old, new: bill.paidOn };
  }
  return null;
}
