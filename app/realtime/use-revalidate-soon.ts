import { useFetchers, useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";

import { createPace } from "./pace.ts";

const WAIT_MS = 150;
const APART_MS = 1_000;
const RETRY_MS = 3_000;

/**
 * Reads the page's loaders again, once for a flurry and once a second while it goes on. What is asked for while one is under way is read after it, also
 * while a form is sent: reading in between would make the framework forget what the action has just answered. While
 * the server cannot be reached nothing is read: a loader that fails would take the page away, and what is typed on it.
 */
export function useRevalidateSoon(): () => void {
  const revalidator = useRevalidator();
  const { state: moving } = useNavigation();
  // The router takes a route that a fetcher is just looking up for one that does not exist, and the page with it.
  const fetching = useFetchers().length > 0;
  const idle = moving === "idle" && revalidator.state === "idle" && !fetching;
  const latest = useRef({ revalidator, idle });
  const wanted = useRef(false);
  const [pace] = useState(() => {
    const made = createPace(() => void read(), { waitMs: WAIT_MS, apartMs: APART_MS });
    async function read(): Promise<void> {
      if (!(await reachable())) return made.ask(RETRY_MS);
      made.done();
      if (latest.current.idle) latest.current.revalidator.revalidate();
      else wanted.current = true;
    }
    return made;
  });

  useEffect(() => {
    latest.current = { revalidator, idle };
    if (!idle || !wanted.current) return;
    wanted.current = false;
    pace.ask(0);
  }, [revalidator, idle, pace]);
  useEffect(() => pace.stop, [pace]);
  return useCallback(() => pace.ask(), [pace]);
}

/** A small file of ours, never from a cache. */
async function reachable(): Promise<boolean> {
  try {
    return (await fetch("/favicon.svg", { method: "HEAD", cache: "no-store" })).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
