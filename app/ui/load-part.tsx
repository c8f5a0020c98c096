import { type ComponentType, lazy, type ReactNode, useEffect, useState } from "react";

import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { savesData } from "./saves-data.ts";

type Part<P> = { default: ComponentType<P> };
type Load<P> = () => Promise<Part<P>>;

export type LaterPart<P> = {
  /** What is drawn; whoever draws it says with `Suspense` what stands there meanwhile. */
  Part: (props: P) => ReactNode;
  /** Has its code at hand, so that a press which shows it waits for nothing. No fault of it is anybody's: drawing asks anew. */
  fetchAhead: (then: () => void) => void;
};

const REST_MS = 60_000;
const KEY = "remit.reloaded-for-a-part";
/** By then the page itself has long been usable. */
const AHEAD_AFTER_MS = 2_000;

/** A part of a page whose code does not come with the page: when it is drawn, or ahead of it. */
export function laterPart<P extends object>(load: Load<P>, Missing?: () => ReactNode): LaterPart<P> {
  const Later = lazy(() => loadPart(load, Missing));
  const kept: { there?: ComponentType<P> } = {};
  return {
    Part: (props) => {
      // Chosen once for each drawing: what came ahead is drawn at once, and nothing is exchanged while it stands.
      const [Drawn] = useState(() => kept.there ?? (Later as unknown as ComponentType<P>));
      return <Drawn {...props} />;
    },
    fetchAhead: (then) => {
      if (kept.there) return then();
      load().then(
        (part) => {
          kept.there = part.default;
          then();
        },
        () => undefined,
      );
    },
  };
}

/** Fetches a part's code while the page rests; `then` is told when it is at hand, and stays the same function. */
export function useFetchedAhead({ fetchAhead }: Pick<LaterPart<never>, "fetchAhead">, then = nothing): void {
  useEffect(() => {
    if (savesData()) return;
    const fetch = () => {
      fetchAhead(then);
    };
    const timer = setTimeout(() => whenIdle(fetch), AHEAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [fetchAhead, then]);
}

const nothing = (): void => undefined;

/** Not every browser tells when it has nothing to do. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work);
  else work();
}

/**
 * The code of a part may be gone: a new release has other files than the page that is open. Then the page is loaded again by
 * itself (what was typed is kept), once a minute at most and only while the server answers; else `Missing` stands in the
 * part's place and offers it.
 */
async function loadPart<P>(load: Load<P>, Missing: () => ReactNode = MissingPart): Promise<Part<P>> {
  try {
    return await load();
  } catch {
    if (!hasRested() || !(await isServerThere())) return { default: Missing };
    location.reload();
    return new Promise(() => undefined);
  }
}

/** One sentence and a way on, where a part of the page should be. */
export function MissingPart() {
  return (
    <Notice tone="overdue" live>
      <p>This part of the page could not be loaded. What you typed is kept.</p>
      <div className="mt-3">
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          Load the page again
        </Button>
      </div>
    </Notice>
  );
}

/** Whether no page of this tab was loaded again for this a moment ago; from now on one was. */
function hasRested(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < REST_MS) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    // Without a memory it might go on for ever.
    return false;
  }
}

async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
