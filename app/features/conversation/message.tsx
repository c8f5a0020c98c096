import { memo } from "react";

import { eventLine } from "#app/contracts/messages/money-card.ts";
import { type ThreadData, type ThreadFile, type ThreadMessage } from "#app/contracts/realtime/thread.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Lock, Paperclip } from "#app/ui/icons.ts";

import { type MessageRun } from "./group-messages.ts";
import { MoneyCardView } from "./money-card.tsx";
import { Clock } from "./clock.tsx";

/** One sender's words in a row: the name once, then each message. Notes stand on tinted ground and say whose eyes they are for. */
export function MessageRunView({ run, me }: { run: MessageRun; me: ThreadData["me"] }) {
  const [first] = run.messages;
  if (!first) return null;
  if (first.kind === "event" || (first.kind === "note" && run.sender.role === "system")) {
    return <EventLine message={first} />;
  }
  const mine = run.sender.loginId === me.loginId;
  const name = mine ? "You" : (run.sender.name ?? "Remit");
  // A rep reads what a colleague wrote as ours, not as the customer's.
  const side = mine ? "mine" : me.staff && run.sender.role === "staff" ? "ours" : undefined;
  return (
    <div className="thread-run" data-side={side} data-kind={run.kind}>
      {mine ? null : <Avatar name={run.sender.name ?? "R"} size="small" />}
      <div className="thread-run-body">
        <p className="thread-name">
          {run.kind === "note" ? (
            <>
              <Lock size={12} aria-hidden="true" /> <bdi>{name}</bdi> · note, staff only
            </>
          ) : (
            <span className={mine ? "sr-only" : undefined}>{name}</span>
          )}
        </p>
        {run.messages.map((message) => (
          <MessageBody key={message.id} message={message} staff={me.staff} />
        ))}
      </div>
    </div>
  );
}

/** Drawn once: a message that has not changed is the same object, however many come after it. */
const MessageBody = memo(function MessageBody({ message, staff }: { message: ThreadMessage; staff: boolean }) {
  if (message.card) {
    return (
      <div className="thread-card">
        <MoneyCardView card={message.card} createdAt={message.createdAt} staff={staff} />
        {message.body ? <Bubble message={message} /> : null}
      </div>
    );
  }
  return <Bubble message={message} />;
});

function Bubble({ message }: { message: ThreadMessage }) {
  return (
    <div className="thread-bubble" data-seq={message.seq}>
      {message.body ? (
        <p className="thread-text" dir="auto">
          {message.body}
        </p>
      ) : null}
      <Files files={message.files} />
      <Clock at={message.createdAt} />
    </div>
  );
}

export function Files({ files }: { files: readonly ThreadFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="thread-files">
      {files.map((file) => (
        <li key={file.id}>
          <a className="ui-link" href={`/files/${file.id}`} download={file.name}>
            <Paperclip size={14} aria-hidden="true" /> <bdi>{file.name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}

function EventLine({ message }: { message: ThreadMessage }) {
  return (
    <p className="thread-event">
      {eventLine(message.meta, message.body)} <Clock at={message.createdAt} />
    </p>
  );
}
