import type { Bill } from "#server/domains/invoices/index.ts";

/** What a table of bills shows of each: a list of fifty sends nothing else. */
export type BillRow = Pick<
  Bill,
  "number" | "kind" | "issuedOn" | "dueOn" | "currency" | "totalMinor" | "openMinor" | "standing" | "daysLate"
>;

export function billRow(bill: Bill): BillRow {
  const { number, kind, issuedOn, dueOn, currency, totalMinor, openMinor, standing, daysLate } = bill;
  return { number, kind, issuedOn, dueOn, currency, totalMinor, openMinor, standing, daysLate };
}
