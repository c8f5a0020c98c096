import { movementText } from "#app/contracts/messages/statements.ts";
import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Statement } from "#server/domains/statements/index.ts";

/** A statement on a page: opening, every movement with the balance after it, closing. */
export function StatementView({ statement }: { statement: Statement }) {
  const { fromOn, toOn, currency, openingMinor, closingMinor, lines } = statement;
  const edge = (key: string, what: string, day: Statement["fromOn"], balanceMinor: bigint) => ({
    ...{ key, what, day, balanceMinor, amountMinor: null as bigint | null },
  });
  const rows = [
    edge("opening", "Opening balance", fromOn, openingMinor),
    ...lines.map((line) => ({
      ...{ key: line.journalId, what: movementText(line), day: line.occurredOn },
      ...{ balanceMinor: line.balanceMinor, amountMinor: line.amountMinor as bigint | null },
    })),
    edge("closing", "Closing balance", toOn, closingMinor),
  ];
  return (
    <Table
      caption="Statement"
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          ...{ key: "what", header: "What happened", phone: "title" },
          cell: (row) => (row.amountMinor === null ? <strong className="font-medium">{row.what}</strong> : row.what),
        },
        { key: "day", header: "Date", phone: "sub", cell: (row) => <Day date={row.day} style="short" /> },
        {
          ...{ key: "amount", header: "Amount", align: "end", phone: "amount" },
          cell: (row) => (row.amountMinor === null ? null : <Money value={money(row.amountMinor, currency)} />),
        },
        {
          ...{ key: "balance", header: "Balance", align: "end", phone: "end" },
          cell: (row) => <Money value={money(row.balanceMinor, currency)} />,
        },
      ]}
    />
  );
}
