import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

const DEBOUNCE_MS = 150;
const RETRY_MS = 3_000;

/**
 * Reads the page's loaders again, once after a flurry. What is asked for while one is under way is read after it, also
 * while a form is sent: reading in between would make the framework forget what the action has just answered. While
 * the server cannot be reached nothing is read: a loader that fails would take the page away, and what is typed on it.
 */
export function useRevalidateSoon(): () => void {
  const revalidator = useRevalidator();
  const { state: moving } = useNavigation();
  const idle = moving === "idle" && revalidator.state === "idle";
  const latest = useRef({ revalidator, idle });
  const wanted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const later = useCallback((delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void reachable().then((yes) => {
        if (!yes) later(RETRY_MS);
        else if (latest.current.idle) latest.current.revalidator.revalidate();
        else wanted.current = true;
      });
    }, delayMs);
  }, []);

  useEffect(() => {
    latest.current = { revalidator, idle };
    if (!idle || !wanted.current) return;
    wanted.current = false;
    later(0);
  }, [revalidator, idle, later]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => later(DEBOUNCE_MS), [later]);
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
