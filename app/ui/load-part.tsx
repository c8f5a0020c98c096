import { type ComponentType, type ReactNode } from "react";

import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

type Part<P> = { default: ComponentType<P> };

const REST_MS = 60_000;
const KEY = "remit.reloaded-for-a-part";

/**
 * What `lazy` loads, where the code may be gone: a new release has other files than the page that is open. Then the page is
 * loaded again by itself (what was typed is kept), once a minute at most and only while the server answers; else `Missing`
 * stands in the part's place and offers it.
 */
export async function loadPart<P>(
  load: () => Promise<Part<P>>,
  Missing: () => ReactNode = MissingPart,
): Promise<Part<P>> {
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
