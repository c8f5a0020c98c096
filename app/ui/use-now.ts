import { useSyncExternalStore } from "react";

import { useLocale } from "./locale.tsx";

export const MINUTE = 60_000;

/** The business clock's present, moving by the minute. The server renders with the request's own time. */
export function useNow(): Date {
  const { now, skewMs } = useLocale();
  const ticking = useSyncExternalStore(subscribe, currentMinute, () => 0);
  return ticking === 0 ? now : new Date(ticking + skewMs);
}

// One clock for all that ages on a page.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), MINUTE / 2);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const currentMinute = (): number => Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE - 1;
