import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { Activity } from "#server/domains/statements/index.ts";

import { activityWords } from "./activity-words.tsx";

/** What happened, newest first. What lowers the balance stands with a minus. */
export function ActivityTable({
  items,
  caption,
  pathOf = (item) => activityWords(item).to,
}: {
  items: readonly Activity[];
  caption: string;
  /** Where a row leads: the portal's page of it, unless said otherwise. */
  pathOf?: (item: Activity) => string | null;
}) {
  const rows = items.map((item) => ({ item, words: { ...activityWords(item), to: pathOf(item) } }));
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ item }) => item.id}
      columns={[
        {
          key: "what",
          header: "What happened",
          phone: "title",
          cell: ({ words }) => (words.to === null ? words.what : <RowLink to={words.to}>{words.what}</RowLink>),
        },
        { key: "day", header: "Date", phone: "sub", cell: ({ item }) => <Day date={item.occurredOn} /> },
        {
          key: "state",
          header: "State",
          phone: "end",
          cell: ({ words }) => (words.state ? <Status tone={words.state.tone}>{words.state.word}</Status> : null),
        },
        {
          key: "amount",
          header: "Amount",
          align: "end",
          phone: "amount",
          cell: ({ item, words }) => (
            <span className={words.moves === "not" ? "text-ink-3" : undefined}>
              <Money value={money(words.moves === "down" ? -item.amountMinor : item.amountMinor, item.currency)} />
            </span>
          ),
        },
      ]}
    />
  );
}
