import { type ReactNode } from "react";

import { Link } from "./link.tsx";

/**
 * Where a cell goes when rows become stacked on a phone: four corners (`title` and `amount` above, `sub` and `end`
 * below), a small line under them (`third`), a labelled line of its own (`detail`), or nowhere.
 */
export type PhonePlace = "title" | "amount" | "sub" | "end" | "third" | "detail" | "hidden";

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** A class that fixes its width, where tables stand above each other. */
  width?: string;
  phone?: PhonePlace;
};

export type TableProps<Row> = {
  /** What the table lists, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Rows stay rows on a phone (few narrow columns). */
  keepRows?: boolean;
  footer?: ReactNode;
};

/** Rows of facts. Numbers stand right, in tabular figures. Roles are spelled out because stacked rows lose theirs. */
export function Table<Row>({ caption, columns, rows, rowKey, keepRows, footer }: TableProps<Row>) {
  return (
    <table className="ui-table" role="table" data-stack={keepRows ? undefined : ""}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" data-align={column.align} className={column.width}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                data-align={column.align}
                data-phone={column.phone ?? "detail"}
                data-label={column.phone === undefined || column.phone === "detail" ? column.header : undefined}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {footer ? <tfoot role="rowgroup">{footer}</tfoot> : null}
    </table>
  );
}

/** The link of a row's first cell. It reaches over the whole row; one per row. */
export function RowLink({ to, reloadDocument, children }: RowLinkProps) {
  return (
    <Link to={to} className="ui-row-link" {...(reloadDocument ? { reloadDocument } : { prefetch: "intent" })}>
      {children}
    </Link>
  );
}

type RowLinkProps = { to: string; reloadDocument?: boolean; children: ReactNode };
