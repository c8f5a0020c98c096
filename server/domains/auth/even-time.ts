import { setTimeout as wait } from "node:timers/promises";

/** Longer than either way through the commands that must not tell whether an address or an account exists. */
const LEAST_MS = 150;

/** Answers no sooner than a fixed time after it began, so that the time taken tells nothing (TRUST S17). */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const left = LEAST_MS - (performance.now() - began);
    if (left > 0) await wait(left);
  }
}
