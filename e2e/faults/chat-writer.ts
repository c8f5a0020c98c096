import { randomUUID } from "node:crypto";

import { io } from "socket.io-client";

import { type OutboxStore, type Pending } from "../../app/realtime/outbox.ts";
import { createRealtimeClient, type Line, LINE_OPTIONS } from "../../app/realtime/realtime-client.ts";
import { createThreadSession } from "../../app/realtime/thread-session.ts";
import { type Books, type Payer } from "./open-books.ts";

export type ChatWriter = ReturnType<typeof openChat>;
type Conversation = Awaited<ReturnType<Books["openThread"]>>;

/** The thread of somebody's page, by the page's own code; who is asked whether to send again always says yes. */
export function openChat(url: string, { conversation, payer, cookie }: Chat) {
  let line: Line | undefined;
  const client = createRealtimeClient((tell) => {
    const extraHeaders = { cookie, origin: new URL(url).origin };
    const opened: Line = io(url, { ...LINE_OPTIONS, forceNew: true, extraHeaders });
    opened.onAny((name: string, ...values: unknown[]) => tell(name, values));
    line = opened;
    return Promise.resolve(opened);
  });
  let kept: readonly Pending[] = [];
  const outbox: OutboxStore = { read: () => [...kept], write: (pending) => (kept = pending) };
  const thread = createThreadSession({
    ...{ client, outbox, makeId: () => randomUUID(), onMoved: () => undefined },
    data: {
      conversation: { ...conversation, accountNumber: "", personName: null, assigneeName: null },
      ...{ messages: [], more: false, reads: [], clientId: randomUUID() },
      me: { loginId: payer.loginId, name: payer.email, staff: false },
    },
  });
  const leave = thread.start();
  return {
    conversationId: conversation.id,
    send: (body: string) => thread.send({ body }),
    /** How many are not acknowledged; those that failed are sent again. */
    waiting() {
      const { pending } = thread.getSnapshot();
      for (const { clientId, status } of pending) if (status === "failed") thread.retry(clientId);
      return pending.length;
    },
    connection: () => thread.getSnapshot().connection,
    close() {
      leave();
      line?.disconnect();
    },
  };
}

type Chat = { conversation: Conversation; payer: Payer; cookie: string };
