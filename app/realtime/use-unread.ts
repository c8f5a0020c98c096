import { useLocation } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";

import { ignoreLostLine } from "./lost-line.ts";
import { createPace } from "./pace.ts";
import { type RealtimeClient } from "./realtime-client.ts";
import { useRealtime } from "./realtime-provider.tsx";
import { useRevalidateSoon } from "./use-revalidate-soon.ts";

const WAIT_MS = 150;
const APART_MS = 1_000;

/**
 * How many messages a customer has not read: as `loaded` says, and as the server counts them after each that comes, once a
 * second in a flurry. The page around is read again only where it shows the messages themselves, and when the session ends:
 * then it says so.
 */
export function useUnread(loaded: { unread: number }): { unread: number; recount: () => void } {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  const listsThem = useLocation().pathname.startsWith("/messages");
  const { counted, recount } = useCount(client, loaded);
  useEffect(() => {
    if (!client) return;
    let connections = 0;
    const stops = [
      client.hold(),
      client.onConnect(() => {
        if (++connections > 1) recount();
      }),
      client.on("messages.changed", ({ conversationId }) => {
        if (listsThem) revalidate();
        else if (!client.isIn(dockedRoom(conversationId))) recount();
      }),
      client.on("session.ended", revalidate),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, listsThem, recount, revalidate]);
  return { unread: counted, recount };
}

/** What was counted holds until the loaders are read again: theirs is newer. */
function useCount(client: RealtimeClient | null, loaded: { unread: number }): { counted: number; recount: () => void } {
  const [told, setTold] = useState({ since: loaded, unread: loaded.unread });
  const latest = useRef(loaded);
  useEffect(() => {
    latest.current = loaded;
  }, [loaded]);
  const [pace] = useState(() => {
    const made = createPace(() => void count().catch(ignoreLostLine), { waitMs: WAIT_MS, apartMs: APART_MS });
    async function count(): Promise<void> {
      made.done();
      const answer = await client?.request("messages.count_unread", {});
      if (answer?.ok) setTold({ since: latest.current, unread: answer.unread });
    }
    return made;
  });
  useEffect(() => pace.stop, [pace]);
  const recount = useCallback(() => pace.ask(), [pace]);
  return { counted: told.since === loaded ? told.unread : loaded.unread, recount };
}

/** This page's own: the server knows nothing of it. */
const dockedRoom = (conversationId: string): string => `docked:${conversationId}`;

/**
 * While a thread is docked it shows by itself what comes, and nothing is counted for each message of it. Whoever takes it
 * away counts then.
 */
export function useDocked(conversationId: string | undefined): void {
  const client = useRealtime();
  useEffect(
    () =>
      client && conversationId !== undefined ? client.share(dockedRoom(conversationId), () => undefined) : undefined,
    [client, conversationId],
  );
}
