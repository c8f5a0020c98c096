import { Moment } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { NewsItem } from "#server/domains/notifications/index.ts";

import { noticeWords } from "./notice-words.ts";

/** What an account was told, newest first. */
export function NoticeList({ items }: { items: readonly NewsItem[] }) {
  const rows = items.map((item) => ({ item, words: noticeWords(item) }));
  return (
    <Table
      caption="Notices"
      rows={rows}
      rowKey={({ item }) => item.id}
      columns={[
        {
          key: "what",
          header: "What you were told",
          phone: "title",
          cell: ({ words }) => <RowLink to={words.to}>{words.what}</RowLink>,
        },
        { key: "at", header: "When", phone: "sub", cell: ({ item }) => <Moment at={item.at} /> },
        {
          key: "new",
          header: "State",
          phone: "end",
          cell: ({ item }) => (item.unseen ? <Status tone="waiting">New</Status> : null),
        },
        {
          key: "amount",
          header: "Amount",
          align: "end",
          phone: "amount",
          cell: ({ words }) => (words.amount ? <Money value={words.amount} /> : null),
        },
      ]}
    />
  );
}
