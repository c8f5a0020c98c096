import { isolated } from "#app/contracts/isolated.ts";
import { type ThreadPerson } from "#app/contracts/realtime/thread.ts";
import { type LiveConversation } from "#app/realtime/index.ts";

/** "Ana is typing"; null when nobody is. */
export function typingLine(typing: readonly ThreadPerson[]): string | null {
  const [first, second] = typing;
  if (!first) return null;
  return second
    ? `${isolated(first.name)} and ${isolated(second.name)} are typing`
    : `${isolated(first.name)} is typing`;
}

/** Whether the other side has seen one's own last words; null when the last word is theirs. */
export function seenLine({ messages, reads, data, pending }: LiveConversation): string | null {
  const last = messages.filter(({ kind }) => kind === "text" || kind === "card").at(-1);
  if (!last || last.sender.loginId !== data.me.loginId || pending.length > 0) return null;
  const other = reads.filter(
    ({ role, lastReadSeq }) => role !== (data.me.staff ? "staff" : "customer") && lastReadSeq >= last.seq,
  );
  return other[0] ? `Seen by ${isolated(other[0].name)}` : "Delivered";
}
