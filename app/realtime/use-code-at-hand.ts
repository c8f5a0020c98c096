import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

import { savesData } from "#app/ui/saves-data.ts";

/** By then the router knows where the page's links lead. */
const AFTER_MS = 2_000;

const asked = new Set<string>();

/**
 * While a page rests, fetches the code of the pages its links lead to: a press then waits for data only, and without a
 * connection it waits. Code that cannot be had makes the router load the page anew, which without a connection is the
 * browser's own error page. One file after another, and none where somebody asked to save data.
 */
export function useCodeAtHand(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    if (savesData()) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => void fetchCode(leaving.signal), AFTER_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [pathname]);
}

async function fetchCode(leaving: AbortSignal): Promise<void> {
  for (const path of linkedFiles()) {
    if (leaving.aborted) return;
    asked.add(path);
    const answer = await fetch(path, { priority: "low" }).catch(() => null);
    // Kept by the browser once it has been read.
    if (answer?.ok) await answer.arrayBuffer().catch(() => null);
    else asked.delete(path);
  }
}

/** What the router knows to be needed by pages it may go to, and was not fetched with this one. */
function linkedFiles(): string[] {
  const files = Object.values(window.__remixManifest.routes).flatMap((route) => [
    ...(route ? [route.module, ...(route.imports ?? [])] : []),
  ]);
  const here = new Set(performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  return [...new Set(files)].filter((path) => !asked.has(path) && !here.has(path));
}
