import { type ThreadData, type ThreadMessage, type ThreadPerson } from "#app/contracts/realtime/thread.ts";

import { ignoreLostLine } from "./lost-line.ts";
import { type OutboxStore, type Pending } from "./outbox.ts";
import { type ConnectionStatus, type RealtimeClient } from "./realtime-client.ts";
import { createPace } from "./pace.ts";
import { createReadMarker } from "./read-marker.ts";
import { createSender, type MessageDraft, type Stored } from "./sender.ts";
import {
  mergeReads,
  startState,
  takeCatchUp,
  takeLoader,
  takeMessage,
  takeRead,
  type ThreadState,
} from "./thread-state.ts";
import { createTyping } from "./typing.ts";

export type ThreadSnapshot = ThreadState & {
  pending: readonly Pending[];
  typing: readonly ThreadPerson[];
  connection: ConnectionStatus;
};

/** One open thread: keeps up with the server by sequence, and keeps what was written until it is stored. */
export type ThreadSession = {
  /** Joins, listens, sends what was left. Call the answer to leave. */
  start(): () => void;
  takeLoader(data: ThreadData): void;
  send(draft: MessageDraft): void;
  retry(clientId: string): void;
  discard(clientId: string): string;
  tellTyping(): void;
  markRead(): void;
  getSnapshot(): ThreadSnapshot;
  subscribe(listener: () => void): () => void;
};

export type SessionParts = {
  client: RealtimeClient;
  outbox: OutboxStore;
  data: ThreadData;
  makeId: () => string;
  /** State or rep changed: what the loader knows of it is old. */
  onMoved: () => void;
};

/** Ten times a second is fresh, and leaves a slow phone time for what its owner does. */
const TOLD_APART_MS = 100;

export function createThreadSession({ client, outbox, data, makeId, onMoved }: SessionParts): ThreadSession {
  const conversationId = data.conversation.id;
  const listeners = new Set<() => void>();
  let state = startState(data);
  let snapshot: ThreadSnapshot = { ...state, pending: [], typing: [], connection: "off" };

  function publish(next: ThreadState = state): void {
    soon.done();
    state = next;
    snapshot = { ...state, pending: sender.pending(), typing: typing.shown(), connection: client.getStatus() };
    listeners.forEach((tell) => tell());
  }

  function heard(message: ThreadMessage): void {
    const { state: next, gap } = takeMessage(state, message);
    state = next;
    typing.forget(message.sender.loginId);
    sender.forget(message.clientId);
    if (message.sender.loginId === data.me.loginId) publish();
    else soon.ask();
    if (gap) catchUp();
  }

  const onChange = () => publish();
  const soon = createPace(onChange, { apartMs: TOLD_APART_MS });
  const typing = createTyping({ client, conversationId, meLoginId: data.me.loginId, onChange });
  const marker = createReadMarker({ client, data, newest: () => state.messages.at(-1)?.seq ?? 0 });
  const sender = createSender({
    ...{ client, outbox, conversationId, makeId, onChange },
    onStored: (message, answer) => heard(asStored({ message, answer, me: data.me })),
    onStale: () => catchUp(),
  });
  const reader = createReader({
    client,
    conversationId,
    get: () => state,
    set: publish,
    onJoined: () => sender.flush(),
  });
  const catchUp = () => void reader.catchUp().catch(ignoreLostLine);

  return {
    start() {
      sender.restore();
      const stops = [
        client.hold(),
        client.share(`conversation:${conversationId}`, () => {
          client.request("conversation.leave", { conversationId }).catch(ignoreLostLine);
        }),
        client.subscribe(() => publish()),
        ...listen(client, conversationId, { get: () => state, set: publish, heard, typing: typing.heard, onMoved }),
        client.onConnect(() => void reader.join().catch(ignoreLostLine)),
        marker.stop,
        soon.stop,
      ];
      return () => stops.forEach((stop) => stop());
    },
    takeLoader: (fresh) => publish(takeLoader(state, fresh)),
    send(draft) {
      typing.sent();
      sender.send(draft, data.me.staff ? state.upTo : null);
    },
    retry: sender.retry,
    discard: sender.discard,
    tellTyping: typing.tell,
    markRead: marker.mark,
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Cell = { get: () => ThreadState; set: (state: ThreadState) => void };

/** Asks for what follows until nothing does. A lost answer is asked for again with the next connection. */
function createReader({
  client,
  conversationId,
  get,
  set,
  onJoined,
}: Cell & { client: RealtimeClient; conversationId: string; onJoined: () => void }) {
  async function catchUp(): Promise<void> {
    for (let more = true; more;) {
      const afterSeq = get().upTo;
      const answer = await client.request("conversation.catch_up", { conversationId, afterSeq });
      if (!answer.ok) return;
      set(takeCatchUp(get(), afterSeq, answer.messages));
      more = answer.more && get().upTo > afterSeq;
    }
  }
  async function join(): Promise<void> {
    const afterSeq = get().upTo;
    const answer = await client.request("conversation.join", { conversationId, afterSeq });
    if (!answer.ok) return;
    const { messages, more, reads, people } = answer;
    set({ ...takeCatchUp(get(), afterSeq, messages), people, reads: mergeReads(get().reads, reads) });
    if (more) await catchUp();
    onJoined();
  }
  return { catchUp, join };
}

type Hearing = Cell & {
  heard: (message: ThreadMessage) => void;
  typing: (person: ThreadPerson) => void;
  onMoved: () => void;
};

function listen(client: RealtimeClient, conversationId: string, { get, set, heard, typing, onMoved }: Hearing) {
  const mine =
    <E extends { conversationId: string }>(take: (event: E) => void) =>
    (event: E) => {
      if (event.conversationId === conversationId) take(event);
    };
  return [
    client.on(
      "message.stored",
      mine(({ message }) => heard(message)),
    ),
    client.on(
      "conversation.read",
      mine((mark) => set(takeRead(get(), mark))),
    ),
    client.on(
      "conversation.present",
      mine(({ people }) => set({ ...get(), people })),
    ),
    client.on(
      "conversation.typing",
      mine(({ person }) => typing(person)),
    ),
    client.on(
      "conversation.changed",
      mine(({ state, assigneeLoginId }) => {
        set({ ...get(), conversation: { ...get().conversation, state, assigneeLoginId } });
        onMoved();
      }),
    ),
  ];
}

/** One's own message as it stands now; the server's telling of it will say the same. */
function asStored({ message, answer, me }: { message: Pending; answer: Stored; me: ThreadData["me"] }): ThreadMessage {
  const { clientId, body, asNote, files } = message;
  return {
    ...{ id: answer.messageId, seq: answer.seq, createdAt: answer.createdAt, clientId, body, files },
    ...{ kind: asNote ? "note" : "text", card: null, meta: {} },
    sender: { loginId: me.loginId, role: me.staff ? "staff" : "customer", name: me.name },
  };
}
