import { useEffect } from "react";

/**
 * The keys of a list: `j` and `k` go to the next and the previous row's link (Enter then opens it), `/` to the search.
 * While somebody types, or a dialog is open, letters are letters.
 */
export function useRowKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const step = STEPS[event.key];
      if (step !== undefined) move(step);
      else {
        const search = event.key === "/" ? document.querySelector<HTMLElement>('[aria-keyshortcuts="/"]') : null;
        if (search === null) return;
        search.focus();
      }
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

const STEPS: Record<string, 1 | -1> = { j: 1, k: -1 };

/** Brings the focus to the first row's link. */
export const focusFirstRow = (): void => rows()[0]?.focus();

function move(step: 1 | -1): void {
  const all = rows();
  const focused = all.findIndex((row) => row === document.activeElement);
  // From nowhere one goes on from the row that is open.
  const at = focused === -1 ? all.findIndex((row) => row.hasAttribute("aria-current")) : focused;
  const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1);
  all[next]?.focus();
}

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("main .ui-row-link")];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null);
