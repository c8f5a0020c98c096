import { useEffect } from "react";

import { type ServerEvents } from "#app/contracts/realtime/events.ts";

import { ignoreLostLine } from "./lost-line.ts";
import { useRealtime } from "./realtime-provider.tsx";
import { useRevalidateSoon } from "./use-revalidate-soon.ts";

/**
 * Keeps the page's numbers true: when something of the account is committed, the loaders are read again, within two
 * seconds. After a lost connection they are read again at once.
 */
export function useLiveAccount(accountId: string | null | undefined): void {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  useEffect(() => {
    if (!client || !accountId) return;
    let connections = 0;
    const stops = [
      client.hold(),
      client.share(`account:${accountId}`, () => {
        client.request("account.unwatch", { accountId }).catch(ignoreLostLine);
      }),
      client.on("account.changed", (event) => {
        if (event.accountId === accountId) revalidate();
      }),
      client.onConnect(() => {
        client.request("account.watch", { accountId }).catch(ignoreLostLine);
        if (++connections > 1) revalidate();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, accountId, revalidate]);
}

/** The reps' queues: whatever is written or moved anywhere reads the loaders again. */
export function useLiveInbox(): void {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  useEffect(() => {
    if (!client) return;
    let connections = 0;
    const stops = [
      client.hold(),
      client.share("inbox", () => {
        client.request("inbox.unwatch", {}).catch(ignoreLostLine);
      }),
      client.on("inbox.changed", revalidate),
      client.onConnect(() => {
        client.request("inbox.watch", {}).catch(ignoreLostLine);
        if (++connections > 1) revalidate();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, revalidate]);
}

/** The count of parked events, for those who may work them off; they alone are told. */
export function useLiveParked(mayWorkOff: boolean): void {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  useEffect(() => {
    if (!client || !mayWorkOff) return;
    let connections = 0;
    const stops = [
      client.hold(),
      client.on("parked.changed", revalidate),
      client.onConnect(() => {
        if (++connections > 1) revalidate();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, mayWorkOff, revalidate]);
}

/** Hears that a colleague has taken over what one held. */
export function useTakenOver(hear: ServerEvents["conversation.taken_over"]): void {
  const client = useRealtime();
  useEffect(() => {
    if (!client) return;
    const stops = [client.hold(), client.on("conversation.taken_over", hear)];
    return () => stops.forEach((stop) => stop());
  }, [client, hear]);
}

/** A customer's own counts of unread messages, on every page. When the session ends the page is read again, and says so. */
export function useLiveMessages(): void {
  const client = useRealtime();
  const revalidate = useRevalidateSoon();
  useEffect(() => {
    if (!client) return;
    const stops = [
      client.hold(),
      client.on("messages.changed", ({ conversationId }) => {
        if (!client.isIn(dockedRoom(conversationId))) revalidate();
      }),
      client.on("session.ended", revalidate),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, revalidate]);
}

/** This page's own: the server knows nothing of it. */
const dockedRoom = (conversationId: string): string => `docked:${conversationId}`;

/**
 * While a thread is docked it shows by itself what comes, and the page beside it need not be read again for each message.
 * Whoever takes it away reads the page then, for the counts of unread.
 */
export function useDocked(conversationId: string | undefined): void {
  const client = useRealtime();
  useEffect(
    () =>
      client && conversationId !== undefined ? client.share(dockedRoom(conversationId), () => undefined) : undefined,
    [client, conversationId],
  );
}
