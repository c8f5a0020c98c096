import { Fault } from "#server/platform/faults.ts";

/** Hashes at the same moment: 19 MiB each, and Node's pool has four threads. */
const RUNNING = 4;
/** About half a second of waiting; whoever comes later is asked to come again. */
const WAITING = 64;

let running = 0;
const queue: (() => void)[] = [];

/**
 * Runs a hash when its turn comes. With the queue full it throws `unavailable`, which is answered 503 with Retry-After:
 * sign-in stays answered, and memory stays bounded, whatever strangers send (TRUST S20).
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= RUNNING) {
    if (queue.length >= WAITING) throw new Fault("unavailable", "too many passwords at once");
    await new Promise<void>((go) => queue.push(go));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    // The place goes to whoever waits longest, or is free.
    if (next) next();
    else running -= 1;
  }
}
