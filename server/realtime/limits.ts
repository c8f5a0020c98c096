import { type ClientEventName } from "#app/contracts/realtime/events.ts";

import { SOCKET_POLICY } from "./policy.ts";

const WINDOW_MS = 10_000;

/** Counts a socket's events by name. Answers 0 to go on, or how long to wait. On the machine's clock: a limit, not business. */
export function createEventLimit(now: () => number = () => performance.now()): (name: ClientEventName) => number {
  const windows = new Map<ClientEventName, { startedAt: number; count: number }>();
  return (name) => {
    const at = now();
    const window = windows.get(name);
    if (!window || at - window.startedAt >= WINDOW_MS) {
      windows.set(name, { startedAt: at, count: 1 });
      return 0;
    }
    window.count += 1;
    return window.count <= SOCKET_POLICY[name].perTenSeconds ? 0 : Math.ceil(window.startedAt + WINDOW_MS - at);
  };
}
