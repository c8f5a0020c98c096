import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** Reads the page again at intervals while something is undecided: for the moments before any event can tell. */
export function usePollWhile(undecided: boolean, everyMs: number): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!undecided) return;
    const timer = setInterval(revalidate, everyMs);
    return () => clearInterval(timer);
  }, [undecided, everyMs, revalidate]);
}
