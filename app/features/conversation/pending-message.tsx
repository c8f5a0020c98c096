import { type LiveConversation } from "#app/realtime/index.ts";
import { Button } from "#app/ui/button.tsx";
import { CircleAlert } from "#app/ui/icons.ts";

import { Files } from "./message.tsx";

type Pending = LiveConversation["pending"][number];

const WORDS: Record<"sending" | "waiting", string> = {
  sending: "Sending",
  waiting: "Waiting for the connection. It is sent by itself.",
};

/** A message that is not stored yet: where it stands, and what its writer can do. */
export function PendingMessage({ message, live }: { message: Pending; live: LiveConversation }) {
  const { clientId, status, sentence } = message;
  return (
    <div className="thread-run" data-side="mine" data-kind={message.asNote ? "note" : "talk"} data-pending={status}>
      <div className="thread-run-body">
        <div className="thread-bubble">
          {message.body ? (
            <p className="thread-text" dir="auto">
              {message.body}
            </p>
          ) : null}
          <Files files={message.files} />
        </div>
        {status === "failed" || status === "stale" ? (
          <div className="thread-trouble" role="alert">
            <p>
              <CircleAlert size={14} aria-hidden="true" /> {sentence}
            </p>
            <Button variant="quiet" onClick={() => live.retry(clientId)}>
              {status === "stale" ? "Send anyway" : "Try again"}
            </Button>
            <Button variant="quiet" onClick={() => live.discard(clientId)}>
              Take it back
            </Button>
          </div>
        ) : (
          <p className="thread-time">{WORDS[status]}</p>
        )}
      </div>
    </div>
  );
}
