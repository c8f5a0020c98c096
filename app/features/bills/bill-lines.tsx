import { Fragment } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { billSums } from "#app/contracts/bill-sums.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { formatQuantity, formatUnitPrice } from "#app/contracts/unit-price.ts";
import { lineChangeText } from "#app/contracts/messages/bills.ts";
import { type Money as MoneyValue, money } from "#app/contracts/money.ts";
import { Link } from "#app/ui/link.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { Bill, BillBefore, BillLine } from "#server/domains/invoices/index.ts";

import { billPath } from "./bill-path.ts";
import { type ComparedLine, type LineChange, sinceLast, type SinceLast } from "./since-last.ts";

/** A bill with its lines: all that is needed of it here. */
type BilledLines = Bill & { lines: BillLine[] };

/** As many as a person reads; the rest of a long bill opens below them, above its sums. */
const FIRST_LINES = 30;

/** What a bill is for: each line in plain words, how its amount came about, and the sums down to what is left. */
export function BillLines({ bill, before = null }: { bill: BilledLines; before?: BillBefore | null }) {
  const since = before === null ? null : sinceLast(bill, before);
  const taxed = bill.taxMinor > 0n;
  const of = (minor: bigint): MoneyValue => money(minor, bill.currency);
  const rest = bill.lines.slice(FIRST_LINES);
  const columns: Column<BillLine>[] = [
    {
      key: "what",
      header: "For",
      phone: "title",
      cell: (line) => <What line={line} change={since?.changes.get(line.id)} currency={bill.currency} />,
    },
    {
      key: "price",
      header: "Quantity and price",
      align: "end",
      phone: "sub",
      cell: (line) => <Price line={line} bill={bill} />,
    },
  ];
  if (taxed)
    columns.push({
      key: "tax",
      header: "Tax",
      align: "end",
      phone: "hidden",
      cell: (line) =>
        line.taxMinor === 0n ? <span className="text-ink-3">–</span> : <Money value={of(line.taxMinor)} />,
    });
  columns.push({
    key: "amount",
    header: "Amount",
    align: "end",
    phone: "amount",
    cell: (line) => <Money value={of(line.amountMinor)} />,
  });
  return (
    <>
      {before !== null && since !== null ? <Difference {...{ before, since, of }} /> : null}
      <Table
        caption="What this bill is for"
        columns={columns}
        rows={bill.lines.slice(0, FIRST_LINES)}
        rowKey={(line) => line.id}
      />
      {rest.length > 0 ? (
        <details className="mt-2">
          <summary className="inline-flex min-h-11 items-center font-medium text-accent-ink">
            {rest.length === 1 ? "1 more line" : `${rest.length} more lines`}
          </summary>
          <Table caption="More of what this bill is for" columns={columns} rows={rest} rowKey={(line) => line.id} />
        </details>
      ) : null}
      {since && since.gone.length > 0 ? <Gone lines={since.gone} of={of} /> : null}
      <div className="mt-4 border-t border-line-mid pt-4 sm:ml-auto sm:max-w-80">
        <Pairs
          pairs={billSums(bill).map(({ label, minor, strong }) => ({
            label,
            value: <Money value={of(minor)} />,
            total: strong,
          }))}
        />
      </div>
    </>
  );
}

type DifferenceProps = { before: BillBefore; since: SinceLast; of: (minor: bigint) => MoneyValue };

/** "$12.40 more than the bill before, mostly for Water": the first thing people ask. */
function Difference({ before, since, of }: DifferenceProps) {
  const link = <Link to={billPath(before.number)}>the bill before</Link>;
  const { totalMinor: differs, mostly } = since;
  if (differs === 0n) return <p className="mb-3 text-ink-2">The same as {link}.</p>;
  return (
    <p className="mb-3 text-ink-2">
      <Money value={of(differs < 0n ? -differs : differs)} /> {differs > 0n ? "more" : "less"} than {link}
      {mostly ? `, mostly for ${isolated(mostly.description)}` : null}.
    </p>
  );
}

type WhatProps = { line: BillLine; change: LineChange | undefined; currency: Currency };

function What({ line, change, currency }: WhatProps) {
  const { locale } = useLocale();
  return (
    <>
      <span className="font-medium">{line.description}</span>
      {line.explanation ? <span className="block max-w-[48ch] text-14 text-ink-2">{line.explanation}</span> : null}
      {change ? (
        <span className="block text-14 text-ink-3">{lineChangeText(change, { line, currency, locale })}</span>
      ) : null}
      {line.creditedMinor > 0n ? (
        <span className="block text-14 text-settled">
          Credited <Money value={money(line.creditedMinor, currency)} />
        </span>
      ) : null}
    </>
  );
}

/** What stood on the bill before and stands here no longer. */
function Gone({ lines, of }: { lines: readonly ComparedLine[]; of: (minor: bigint) => MoneyValue }) {
  return (
    <p className="mt-3 max-w-[68ch] text-14 text-ink-3">
      No longer on this bill:{" "}
      {lines.slice(0, MOST_GONE).map((line, at) => (
        <Fragment key={line.id}>
          {at === 0 ? null : ", "}
          <bdi>{line.description}</bdi> (<Money value={of(line.amountMinor)} />)
        </Fragment>
      ))}
      {lines.length > MOST_GONE ? ` and ${String(lines.length - MOST_GONE)} more` : null}.
    </p>
  );
}

/** Further ones are counted: whoever wants them all opens the bill before. */
const MOST_GONE = 5;

/** "9.25 CCF × $4.1325", only where there is something to multiply. */
function Price({ line, bill }: { line: BillLine; bill: Bill }) {
  const { locale } = useLocale();
  if (Number(line.quantity) === 1 && line.unit === null) return null;
  const quantity = [formatQuantity(line.quantity, locale), line.unit].filter(Boolean).join(" ");
  return (
    <span className="tabular text-ink-2">{`${quantity} × ${formatUnitPrice(line.unitPrice, bill.currency, locale)}`}</span>
  );
}
