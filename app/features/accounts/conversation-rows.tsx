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
    <ul className="grid gap-px">
      {items.map((item) => (
        <li key={item.id} className="flex items-baseline justify-between gap-3 py-1">
          <span className="min-w-0 truncate">
            <Link to={`/console/c/${item.number}`}>{item.title}</Link>{" "}
            <span className="text-ink-3">{item.lastMessageAt ? <Moment at={item.lastMessageAt} /> : null}</span>
          </span>
          <Status tone={WORDS[item.state].tone}>{WORDS[item.state].word}</Status>
        </li>
      ))}
    </ul>
  );
}
