import { type Currency } from "#app/contracts/currency.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { INSTALMENT_STATES } from "#app/contracts/messages/plans.ts";
import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { Table } from "#app/ui/table.tsx";

export type ScheduleRow = {
  position: number;
  dueOn: LocalDate;
  amountMinor: bigint;
  dueMinor?: bigint;
  state?: string;
  paymentId?: string | null;
  tryOn?: LocalDate | null;
  failed?: boolean;
};

export type ScheduleTableProps = {
  rows: readonly ScheduleRow[];
  currency: Currency;
  /** Before it runs there is nothing to say about each. */
  states: boolean;
  /** Where a payment is shown; null where it is not. */
  paymentPath?: ((id: string) => string) | null;
};

/** Every instalment with its day and its amount, to the cent; the sum stands below. */
export function ScheduleTable({ rows, currency, states, paymentPath = null }: ScheduleTableProps) {
  const total = rows.reduce((sum, row) => sum + row.amountMinor, 0n);
  return (
    <Table
      caption="Instalments"
      keepRows
      rows={rows}
      rowKey={(row) => String(row.position)}
      columns={[
        {
          ...{ key: "day", header: "On" },
          cell: (row) =>
            row.position === 0 ? (
              states ? (
                <>
                  <Day date={row.dueOn} style="short" />, at once
                </>
              ) : (
                "At once"
              )
            ) : (
              <Day date={row.dueOn} style="short" />
            ),
        },
        ...(states ? [{ key: "state", header: "State", cell: (row: ScheduleRow) => stateOf(row, paymentPath) }] : []),
        {
          ...{ key: "amount", header: "Amount", align: "end" as const },
          cell: (row) => <AmountOf row={row} currency={currency} states={states} />,
        },
      ]}
      footer={
        <tr role="row">
          <td role="cell" colSpan={states ? 2 : 1}>
            Together
          </td>
          <td role="cell" data-align="end">
            <Money value={money(total, currency)} />
          </td>
        </tr>
      }
    />
  );
}

function stateOf(row: ScheduleRow, paymentPath: ScheduleTableProps["paymentPath"]) {
  const { tone, word } = INSTALMENT_STATES[row.state ?? "scheduled"] ?? { tone: "done" as const, word: row.state };
  const shown = row.paymentId && paymentPath && (row.state === "paid" || row.state === "processing");
  return (
    <>
      <Status tone={tone}>
        {shown ? <Link to={paymentPath(encodeId("payment", row.paymentId ?? ""))}>{word}</Link> : word}
      </Status>
      {row.tryOn ? (
        <span className="block text-12 text-ink-2">
          {row.failed ? "tried again" : "taken"} <Day date={row.tryOn} />
        </span>
      ) : null}
    </>
  );
}

function AmountOf({ row, currency, states }: { row: ScheduleRow; currency: Currency; states: boolean }) {
  const agreed = <Money value={money(row.amountMinor, currency)} />;
  const over = row.state === "paid" || row.state === "moved" || row.state === "cancelled";
  if (!states || over || row.dueMinor === undefined || row.dueMinor === row.amountMinor) return agreed;
  return (
    <>
      <Money value={money(row.dueMinor, currency)} />
      <span className="block text-12 text-ink-2">agreed {agreed}</span>
    </>
  );
}
