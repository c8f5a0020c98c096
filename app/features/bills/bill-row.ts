import type { ListedBill } from "#server/domains/invoices/index.ts";

/** What a table of bills shows of each: a list of fifty sends nothing else. */
export type BillRow = Omit<ListedBill, "id">;

export function billRow(bill: ListedBill): BillRow {
  const { number, kind, issuedOn, dueOn, currency, totalMinor, openMinor, standing, daysLate } = bill;
  return { number, kind, issuedOn, dueOn, currency, totalMinor, openMinor, standing, daysLate };
}
