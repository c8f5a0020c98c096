import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";

import { Dialog } from "#app/ui/dialog.tsx";
import { Search } from "#app/ui/icons.ts";
import { Kbd } from "#app/ui/kbd.tsx";
import { useNavigate } from "#app/ui/link.tsx";
import { SearchInput } from "#app/ui/search-input.tsx";
import { useRead } from "#app/ui/use-read.ts";

import { type Goal, goalsFor, type Place } from "./goals.ts";

const PAUSE_MS = 120;

/** What the accounts page answers, as far as it is needed here. */
type Found = { accounts: readonly { number: string; name: string }[] };

/** Goes anywhere by a few letters: places, accounts, conversations and cases by number. ⌘K, or / where no list is. */
export function Jump({ places }: { places: readonly Place[] }) {
  const [open, setOpen] = useState(false);
  useJumpKeys(useCallback(() => setOpen(true), []));
  return (
    <>
      <button type="button" className="console-link jump-button" onClick={() => setOpen(true)}>
        <Search size={16} aria-hidden="true" />
        Go to
        <Kbd>Ctrl K</Kbd>
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Go to">
        <JumpList places={places} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function useJumpKeys(onOpen: () => void): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const isJump = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
      // Where a list has a search of its own, the slash is that one's.
      const isSlash =
        event.key === "/" &&
        !event.defaultPrevented &&
        !isTyping(event.target) &&
        document.querySelector('[aria-keyshortcuts="/"]') === null;
      if (!isJump && !isSlash) return;
      event.preventDefault();
      onOpen();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [onOpen]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]") !== null;

function JumpList({ places, onDone }: { places: readonly Place[]; onDone: () => void }) {
  const navigate = useNavigate();
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useAccounts(query);
  const goals = goalsFor({ query, places, accounts: found });
  const chosen = Math.min(at, goals.length - 1);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: "nearest" }), [chosen]);
  const go = (goal: Goal | undefined) => {
    if (!goal) return;
    onDone();
    navigate(goal.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((chosen + step + goals.length) % Math.max(goals.length, 1));
    else if (event.key === "Enter") go(goals[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="grid gap-2">
      <SearchInput
        label="A name, a number or a page"
        placeholder="Name, account, C-…, DSP-…, page"
        autoFocus
        value={query}
        onChange={(event) => (setQuery(event.currentTarget.value), setAt(0))}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={goals[chosen] ? `${id}-${String(chosen)}` : undefined}
      />
      <ul ref={list} id={id} role="listbox" aria-label="Where to" className="jump-list">
        {goals.map((goal, index) => (
          // The keyboard goes by the field above, which names the option it is at.
          <li
            key={goal.to}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            className="jump-option"
            onClick={() => go(goal)}
          >
            <span className="truncate">{goal.label}</span>
            <span className="jump-note">{goal.note}</span>
          </li>
        ))}
      </ul>
      <p className="text-ink-2" role="status">
        {goals.length === 0 ? "Nothing goes by that name." : ""}
      </p>
    </div>
  );
}

/** Accounts by what was typed, a moment after the last letter; asked of the accounts page. */
function useAccounts(query: string): Found["accounts"] {
  const { ask, data } = useRead<Found>("jump");
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const asked = query.trim();
  useEffect(() => {
    if (asked.length < 2) return;
    timer.current = setTimeout(() => ask(`/console/accounts?q=${encodeURIComponent(asked)}`), PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [asked, ask]);
  return asked.length < 2 ? [] : (data?.accounts ?? []);
}
