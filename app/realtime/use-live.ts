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
