import { Moment } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import type { ConversationRow } from "#server/domains/conversations/index.ts";

const WORDS: Record<ConversationRow["state"], { tone: Tone; word: string }> = {
  waiting: { tone: "waiting", word: "Waits for us" },
  assigned: { tone: "settled", word: "Being answered" },
  snoozed: { tone: "waiting", word: "Snoozed" },
  closed: { tone: "done", word: "Closed" },
};

/** The account's conversations as staff see them, the one that moved last on top. */
export function ConversationRows({ items }: { items: readonly ConversationRow[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line border-y border-line">
      {items.map((item) => (
        <li key={item.id} className="py-1.5">
          <p className="truncate">
            <Link to={`/console/c/${item.number}`}>{item.title}</Link>
          </p>
          <p className="flex flex-wrap justify-between gap-x-3 text-12">
            <span className="text-ink-3">{item.lastMessageAt ? <Moment at={item.lastMessageAt} /> : null}</span>
            <Status tone={WORDS[item.state].tone}>{WORDS[item.state].word}</Status>
          </p>
        </li>
      ))}
    </ul>
  );
}
