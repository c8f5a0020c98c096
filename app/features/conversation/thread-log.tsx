import { memo, useEffect, useMemo, useRef } from "react";

import { dateFormat } from "#app/contracts/date-format.ts";
import { type LiveConversation } from "#app/realtime/index.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { MessagesSquare } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { useLocale } from "#app/ui/locale.tsx";

import { groupMessages, type ThreadDay } from "./group-messages.ts";
import { MessageRunView } from "./message.tsx";
import { PendingMessage } from "./pending-message.tsx";
import { seenLine, typingLine } from "./thread-lines.ts";

/** What was said, newest at the bottom, where it stays as messages come. New ones are read out politely. */
export const ThreadLog = memo(function ThreadLog({ live, path }: { live: LiveConversation; path: string }) {
  const { locale, zone, now } = useLocale();
  const { messages, pending, data, markRead } = live;
  const newest = messages.at(-1)?.seq ?? 0;
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A sheet that was just closed is hidden first, and gone a moment later.
    const look = () => {
      if (document.visibilityState === "visible" && !log.current?.closest("[hidden]")) markRead();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [markRead, newest, live.connection]);
  const days = useMemo(() => groupMessages(messages, zone), [messages, zone]);
  const oldest = messages[0]?.seq;
  const typing = typingLine(live.typing);
  const seen = seenLine(live);
  return (
    <div ref={log} className="thread-scroll" role="log" aria-label="Messages" aria-live="polite" tabIndex={0}>
      <div className="thread-content">
        {live.more && oldest !== undefined ? (
          <Link to={`${path}?before=${String(oldest)}`} preventScrollReset className="thread-earlier ui-link">
            Show earlier messages
          </Link>
        ) : null}
        {messages.length === 0 && pending.length === 0 ? <NothingYet staff={data.me.staff} /> : null}
        {days.map((day) => (
          <div key={day.key} role="group" className="thread-day" aria-label={dayLabel(day, { locale, zone, now })}>
            <p className="thread-date">
              <span>{dayLabel(day, { locale, zone, now })}</span>
            </p>
            {day.runs.map((run) => (
              <MessageRunView key={run.key} run={run} me={data.me} />
            ))}
          </div>
        ))}
        {pending.map((message) => (
          <PendingMessage key={message.clientId} message={message} live={live} />
        ))}
        <p className="thread-foot" aria-live="off">
          {typing ?? seen ?? "\u00a0"}
        </p>
      </div>
    </div>
  );
});

function NothingYet({ staff }: { staff: boolean }) {
  return (
    <EmptyState icon={MessagesSquare} title={staff ? "Nothing written yet" : "How can we help?"}>
      {staff
        ? "What you write here reaches the customer on every page they have open."
        : "Write what it is about. A person answers, here and on every page you have open."}
    </EmptyState>
  );
}

type DateFacts = { locale: string; zone: string; now: Date };

function dayLabel({ firstAt }: ThreadDay, { locale, zone, now }: DateFacts): string {
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { timeZone: zone, ...options });
  const day = format({ dateStyle: "short" });
  if (day.format(firstAt) === day.format(now)) return "Today";
  const sameYear = format({ year: "numeric" }).format(firstAt) === format({ year: "numeric" }).format(now);
  return format({ weekday: "short", month: "short", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) }).format(
    firstAt,
  );
}
