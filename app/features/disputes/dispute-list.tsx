import { disputeState } from "#app/features/activity/dispute-state.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { Dispute } from "#server/domains/disputes/index.ts";

/** A customer's cases, newest first. */
export function DisputeList({ disputes }: { disputes: readonly Dispute[] }) {
  return (
    <Table
      caption="Disputes"
      rows={disputes}
      rowKey={(dispute) => dispute.id}
      columns={[
        {
          ...{ key: "number", header: "Dispute", phone: "title" },
          cell: (one) => <RowLink to={`/disputes/${one.number}`}>{one.number}</RowLink>,
        },
        {
          ...{ key: "bill", header: "Bill", phone: "sub" },
          cell: (one) => (
            <>
              {one.billNumber} · {<Day date={one.openedOn} />}
            </>
          ),
        },
        {
          ...{ key: "state", header: "State", phone: "end" },
          cell: (one) => {
            const { tone, word } = disputeState(one.state);
            return <Status tone={tone}>{word}</Status>;
          },
        },
        {
          ...{ key: "amount", header: "In question", align: "end", phone: "amount" },
          cell: (one) => <Money value={one.amount} />,
        },
      ]}
    />
  );
}
