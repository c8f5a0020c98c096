import { useEffect, useMemo, useSyncExternalStore } from "react";
import { v4 as uuid } from "uuid";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";

import { createOutboxStore } from "./outbox.ts";
import { createRealtimeClient, type RealtimeClient } from "./realtime-client.ts";
import { useRealtime } from "./realtime-provider.tsx";
import { createThreadSession, type ThreadSession, type ThreadSnapshot } from "./thread-session.ts";
import { useRevalidateSoon } from "./use-revalidate-soon.ts";

/** A live thread: what it shows, and what can be done in it. */
export type LiveConversation = ThreadSnapshot &
  Pick<ThreadSession, "send" | "retry" | "discard" | "tellTyping" | "markRead"> & { data: ThreadData };

/**
 * Follows the conversation that a loader began. Give the component that calls it `key={conversation.id}`. Without a
 * provider or without script it shows what the loader said.
 */
export function useConversation(data: ThreadData): LiveConversation {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  const conversationId = data.conversation.id;
  const session = useMemo(
    () => openSession({ client, data, onMoved: revalidate }),
    // The session lives as long as its conversation is shown; later loader data is handed to it below.
    [client, conversationId, revalidate],
  );
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot);
  useEffect(() => (client ? session.start() : undefined), [client, session]);
  useEffect(() => session.takeLoader(data), [session, data]);
  return useMemo(() => {
    const { send, retry, discard, tellTyping, markRead } = session;
    return { ...snapshot, data, send, retry, discard, tellTyping, markRead };
  }, [snapshot, data, session]);
}

function openSession(parts: { client: RealtimeClient | null; data: ThreadData; onMoved: () => void }): ThreadSession {
  const { data, onMoved } = parts;
  return createThreadSession({
    ...{ data, onMoved },
    client: parts.client ?? createRealtimeClient(),
    outbox: createOutboxStore({ loginId: data.me.loginId, conversationId: data.conversation.id }),
    // The browser's own randomUUID is missing where the address is plain http.
    makeId: () => uuid(),
  });
}
