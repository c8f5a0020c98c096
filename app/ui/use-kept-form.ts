import { useLocation } from "@remix-run/react";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";

import { type BY_LINK } from "./link.tsx";

const MOST_KEPT = 100_000;

/**
 * What is typed into a form, kept in this tab until it has arrived: it survives a reload and the end of a session.
 * `name` says whose it is and what about, so that nobody else who signs in here is shown it. `kept` is null until the
 * page lives and where nothing was kept; give what shows it a `key` that follows. `linkWins`: where a link asks for
 * something, that is shown and what was left before is forgotten; the way back, a reload and a session's end keep it.
 */
export function useKeptForm(
  name: string,
  { linkWins = false }: { linkWins?: boolean } = {},
): {
  kept: Record<string, string> | null;
  onInput: (event: FormEvent<HTMLFormElement>) => void;
} {
  const [kept, setKept] = useState<Record<string, string> | null>(null);
  const here = useHere();
  useEffect(() => {
    const fields = read(keyOf(name));
    const { entry, isByLink } = here.current;
    const isLeft = linkWins && isByLink && fields?.[ENTRY] !== entry;
    if (isLeft) sessionStorage.removeItem(keyOf(name));
    setKept(isLeft ? null : fields);
  }, [name, linkWins, here]);
  const onInput = useCallback(
    (event: FormEvent<HTMLFormElement>) => {
      const typed = [...new FormData(event.currentTarget)].filter(
        (field): field is [string, string] => typeof field[1] === "string" && !OWN.has(field[0]),
      );
      // Boxes ticked under one name are one text, as the server reads them.
      const fields: Record<string, string> = { [ENTRY]: here.current.entry };
      for (const [name, value] of typed) fields[name] = name in fields ? `${fields[name] ?? ""} ${value}` : value;
      const text = JSON.stringify(fields);
      if (text.length <= MOST_KEPT) sessionStorage.setItem(keyOf(name), text);
    },
    [name, here],
  );
  return { kept, onInput };
}

/** The present entry of the history, for what is done later than it is drawn. */
function useHere() {
  const { key: entry, state } = useLocation();
  const isByLink = (state as Partial<typeof BY_LINK> | null)?.byLink === true;
  const here = useRef({ entry, isByLink });
  useEffect(() => {
    here.current = { entry, isByLink };
  }, [entry, isByLink]);
  return here;
}

/** What was typed has arrived: the page that shows it forgets the draft, and those whose names begin with it and a space. */
export function useArrived(name: string | null): void {
  useEffect(() => {
    if (name !== null) forget(name);
  }, [name]);
}

function forget(name: string): void {
  const key = keyOf(name);
  for (const known of Object.keys(sessionStorage))
    if (known === key || known.startsWith(`${key} `)) sessionStorage.removeItem(known);
}

/** Fields that the page itself fills in anew each time. */
const OWN = new Set(["clientKey", "clientId", "kept"]);
/** Under this name stands where it was typed: no field of a form is called so. */
const ENTRY = "@entry";
const keyOf = (name: string): string => `form ${name}`;

function read(key: string): Record<string, string> | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Record<string, string>);
}
