import { billSums } from "#app/contracts/bill-sums.ts";
import { formatQuantity, formatUnitPrice } from "#app/contracts/unit-price.ts";
import { type Money as MoneyValue, money } from "#app/contracts/money.ts";
import { Link } from "#app/ui/link.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { Bill, BillBefore, BillLine } from "#server/domains/invoices/index.ts";

import { billPath } from "./bill-path.ts";
import { sinceLast } from "./since-last.ts";

/** A bill with its lines: all that is needed of it here. */
type BilledLines = Bill & { lines: BillLine[] };

/** As many as a person reads; the rest of a long bill opens below them, above its sums. */
const FIRST_LINES = 30;

/** What a bill is for: each line in plain words, how its amount came about, and the sums down to what is left. */
export function BillLines({ bill, before = null }: { bill: BilledLines; before?: BillBefore | null }) {
  const since = before === null ? null : sinceLast(bill, before);
  const taxed = bill.taxMinor > 0n;
  const of = (minor: bigint): MoneyValue => money(minor, bill.currency);
  const lastOf = (line: BillLine): MoneyValue | null => {
    const minor = since?.linesBefore.get(line.id);
    return minor === undefined ? null : of(minor);
  };
  const rest = bill.lines.slice(FIRST_LINES);
  const columns: Column<BillLine>[] = [
    {
      key: "what",
      header: "For",
      phone: "title",
      cell: (line) => <What line={line} last={lastOf(line)} credited={of(line.creditedMinor)} />,
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
      {before !== null && since !== null ? <Change before={before} differs={of(since.totalMinor)} /> : null}
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

/** "$12.40 more than the bill before": the first thing people ask. */
function Change({ before, differs }: { before: BillBefore; differs: MoneyValue }) {
  const link = <Link to={billPath(before.number)}>the bill before</Link>;
  if (differs.amountMinor === 0n) return <p className="mb-3 text-ink-2">The same as {link}.</p>;
  const amount = money(differs.amountMinor < 0n ? -differs.amountMinor : differs.amountMinor, differs.currency);
  return (
    <p className="mb-3 text-ink-2">
      <Money value={amount} /> {differs.amountMinor > 0n ? "more" : "less"} than {link}.
    </p>
  );
}

function What({ line, last, credited }: { line: BillLine; last: MoneyValue | null; credited: MoneyValue }) {
  return (
    <>
      <span className="font-medium">{line.description}</span>
      {line.explanation ? <span className="block max-w-[48ch] text-14 text-ink-2">{line.explanation}</span> : null}
      {last ? (
        <span className="block text-14 text-ink-3">
          Last time <Money value={last} />
        </span>
      ) : null}
      {credited.amountMinor > 0n ? (
        <span className="block text-14 text-settled">
          Credited <Money value={credited} />
        </span>
      ) : null}
    </>
  );
}

/** "9.25 CCF × $4.1325", only where there is something to multiply. */
function Price({ line, bill }: { line: BillLine; bill: Bill }) {
  const { locale } = useLocale();
  if (Number(line.quantity) === 1 && line.unit === null) return null;
  const quantity = [formatQuantity(line.quantity, locale), line.unit].filter(Boolean).join(" ");
  return (
    <span className="tabular text-ink-2">{`${quantity} × ${formatUnitPrice(line.unitPrice, bill.currency, locale)}`}</span>
  );
}
