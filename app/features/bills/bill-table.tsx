import { type ReactNode } from "react";

import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Column, RowLink, Table } from "#app/ui/table.tsx";

import { billPath } from "./bill-path.ts";
import { type BillRow } from "./bill-row.ts";
import { BillState } from "./bill-state.tsx";

/** Bills as rows: what it is, where it stands, what is left of it. `show` is the amount at the end of the row. */
export function BillTable({
  bills,
  caption,
  show,
  pathOf = billPath,
}: {
  bills: readonly BillRow[];
  caption: string;
  show: "left" | "total" | "both";
  /** Where a bill's row leads: the portal's page of it, unless said otherwise. */
  pathOf?: (number: string) => string;
}) {
  const columns: Column<BillRow>[] = [
    {
      key: "number",
      header: "Bill",
      phone: "title",
      cell: (bill) => numberCell(bill, pathOf(bill.number)),
    },
    { key: "issued", header: "Issued", phone: "sub", cell: (bill) => <Day date={bill.issuedOn} style="short" /> },
    { key: "state", header: "State", phone: "end", cell: (bill) => stateCell(bill, show === "both") },
  ];
  const total: Column<BillRow> = {
    key: "total",
    header: "Total",
    align: "end",
    phone: "amount",
    cell: (bill) => <Money value={money(bill.totalMinor, bill.currency)} />,
  };
  const left: Column<BillRow> = {
    key: "left",
    header: "Left to pay",
    align: "end",
    phone: show === "both" ? "hidden" : "amount",
    cell: (bill) => leftCell(bill, show === "both"),
  };
  if (show !== "left") columns.push(total);
  if (show !== "total") columns.push(left);
  return <Table caption={caption} columns={columns} rows={bills} rowKey={(bill) => bill.number} />;
}

// Cells are written, not components of their own: of fifty rows each layer counts.
function numberCell(bill: BillRow, to: string): ReactNode {
  const link = <RowLink to={to}>{bill.number}</RowLink>;
  if (bill.kind !== "late_fee") return link;
  return (
    <>
      {link}
      <span className="text-ink-3"> · late fee</span>
    </>
  );
}

/** On a phone the row has room for one amount: what is left of a bill that is paid in part stands with its state. */
function stateCell(bill: BillRow, partly: boolean): ReactNode {
  const inPart = partly && bill.openMinor > 0n && bill.openMinor < bill.totalMinor;
  if (!inPart) return <BillState bill={bill} />;
  return (
    <>
      <span className="sm:hidden">
        <Money value={money(bill.openMinor, bill.currency)} /> left ·{" "}
      </span>
      <BillState bill={bill} />
    </>
  );
}

/** A settled bill says so by the quiet colour of its nothing. */
function leftCell(bill: BillRow, dim: boolean): ReactNode {
  const value = money(bill.openMinor, bill.currency);
  return (
    <span className={dim && bill.openMinor === 0n ? "text-ink-3" : "font-medium"}>
      <Money value={value} />
    </span>
  );
}
