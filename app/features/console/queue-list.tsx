import { isolated } from "#app/contracts/isolated.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Moment } from "#app/ui/date.tsx";
import { Inbox } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import type { InboxCounts, InboxQueue, InboxRow } from "#server/domains/conversations/index.ts";

import { Wait } from "./wait.tsx";

export type QueueListProps = {
  rows: readonly InboxRow[];
  counts: InboxCounts;
  queue: InboxQueue;
  /** The conversation that is open. */
  active: string | undefined;
  nextCursor: string | null;
  meId: string;
};

const QUEUES: readonly { queue: InboxQueue; label: string }[] = [
  { queue: "waiting", label: "Waiting" },
  { queue: "mine", label: "Mine" },
  { queue: "all", label: "All" },
  { queue: "snoozed", label: "Snoozed" },
  { queue: "closed", label: "Closed" },
];

const EMPTY: Record<InboxQueue, string> = {
  waiting: "Nobody is waiting.",
  mine: "Nothing is with you. Claim one that waits.",
  all: "There is no open conversation.",
  snoozed: "Nothing is put aside.",
  closed: "Nothing has been closed yet.",
};

/** A queue: who waits longest stands first. */
export function QueueList({ rows, counts, queue, active, nextCursor, meId }: QueueListProps) {
  return (
    <div className="queue">
      <nav className="queue-tabs" aria-label="Queues">
        {QUEUES.map((one) => (
          <Link
            key={one.queue}
            to={`?queue=${one.queue}`}
            className="queue-tab"
            aria-current={one.queue === queue ? "page" : undefined}
          >
            {one.label}
            <Count of={one.queue} counts={counts} />
          </Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <EmptyState icon={Inbox} title={EMPTY[queue]} />
      ) : (
        <ul className="queue-rows">
          {rows.map((row) => (
            <QueueRow key={row.id} row={row} queue={queue} active={row.number === active} meId={meId} />
          ))}
        </ul>
      )}
      {nextCursor ? (
        <Link to={`?queue=${queue}&after=${encodeURIComponent(nextCursor)}`} className="queue-more ui-link">
          More
        </Link>
      ) : null}
    </div>
  );
}

function Count({ of, counts }: { of: InboxQueue; counts: InboxCounts }) {
  const count = of === "waiting" || of === "mine" || of === "all" ? counts[of] : 0;
  return count > 0 ? <span className="ui-count">{count}</span> : null;
}

function QueueRow({ row, queue, active, meId }: { row: InboxRow; queue: InboxQueue; active: boolean; meId: string }) {
  const waits = row.waitingSince !== null && row.state !== "snoozed" && row.state !== "closed";
  const preview = previewOf(row, meId);
  return (
    <li className="queue-row" data-active={active ? "" : undefined} data-unread={row.unread > 0 ? "" : undefined}>
      <div className="queue-line">
        <Link
          to={`/console/c/${row.number}?queue=${queue}`}
          className="ui-row-link queue-name"
          aria-current={active ? "true" : undefined}
          prefetch="intent"
        >
          <bdi>{row.personName ?? row.account.name}</bdi>
        </Link>
        <span className="queue-when">
          {waits && row.waitingSince ? (
            <Wait since={row.waitingSince} />
          ) : row.lastMessageAt ? (
            <Moment at={row.lastMessageAt} />
          ) : null}
        </span>
      </div>
      <div className="queue-line">
        <p className="queue-preview">
          <bdi className="queue-title">{row.title}</bdi>
          {preview === "" ? "" : ` · ${preview}`}
        </p>
        {row.unread > 0 ? (
          <span className="queue-unread">
            {row.unread}
            <span className="sr-only"> unread</span>
          </span>
        ) : null}
      </div>
    </li>
  );
}

function previewOf({ preview, assigneeName, assigneeLoginId }: InboxRow, meId: string): string {
  const who =
    assigneeLoginId === null || assigneeLoginId === meId ? "" : `With ${isolated(assigneeName ?? "a colleague")} · `;
  if (!preview) return who;
  if (preview.kind === "card") return `${who}A credit or decision`;
  if (preview.kind === "event") return `${who}Something happened in the case`;
  return `${who}${preview.senderRole === "staff" ? "Staff: " : ""}${isolated(preview.body)}`;
}
