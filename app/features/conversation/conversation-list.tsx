import { Link } from "#app/ui/link.tsx";
import { Moment } from "#app/ui/date.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";

export type ListedConversation = {
  id: string;
  number: string;
  title: string;
  state: "waiting" | "assigned" | "snoozed" | "closed";
  lastMessageAt: Date | null;
  unread: number;
};

const WORDS: Record<ListedConversation["state"], { tone: Tone; word: string }> = {
  waiting: { tone: "waiting", word: "We will answer" },
  assigned: { tone: "settled", word: "Somebody is on it" },
  snoozed: { tone: "waiting", word: "We come back to you" },
  closed: { tone: "done", word: "Closed" },
};

/** A customer's conversations, the one that moved last on top. Unread by weight and number. */
export function ConversationList({ items }: { items: readonly ListedConversation[] }) {
  return (
    <ul className="conversation-list">
      {items.map((item) => (
        <li key={item.id}>
          <Link
            to={`/messages/${item.number}`}
            className="conversation-row"
            data-unread={item.unread > 0 ? "" : undefined}
          >
            <span className="conversation-title">{item.title}</span>
            <span className="conversation-when">{item.lastMessageAt ? <Moment at={item.lastMessageAt} /> : null}</span>
            <span className="conversation-facts">
              <Status tone={WORDS[item.state].tone}>{WORDS[item.state].word}</Status>
              {item.unread > 0 ? (
                <span>{item.unread === 1 ? "1 new message" : `${item.unread} new messages`}</span>
              ) : null}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
