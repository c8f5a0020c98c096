import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

const DEBOUNCE_MS = 150;

/** Reads the page's loaders again, once after a flurry. What is asked for while one is under way is read after it. */
export function useRevalidateSoon(): () => void {
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  const wanted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    latest.current = revalidator;
    if (revalidator.state === "idle" && wanted.current) {
      wanted.current = false;
      revalidator.revalidate();
    }
  }, [revalidator]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (latest.current.state === "idle") latest.current.revalidate();
      else wanted.current = true;
    }, DEBOUNCE_MS);
  }, []);
}
