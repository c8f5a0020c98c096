import { type RefObject, useCallback, useEffect, useState } from "react";

const MOST_KEPT = 100_000;

/**
 * The text being written, kept per login and conversation until it is sent: it survives a reload, going elsewhere and
 * the end of a session, and nobody else who signs in here sees it. What was typed before the script came stays too.
 */
export function useDraft(
  { loginId, conversationId }: { loginId: string; conversationId: string },
  { area, initial }: { area: RefObject<HTMLTextAreaElement>; initial: string },
): [text: string, setText: (text: string) => void] {
  const key = `draft ${loginId} ${conversationId}`;
  const [text, setState] = useState(initial);
  useEffect(() => {
    const typed = area.current?.value ?? "";
    const kept = typed === "" ? sessionStorage.getItem(key) : typed;
    if (kept) setState(kept);
  }, [key, area]);
  const setText = useCallback(
    (next: string) => {
      setState(next);
      if (next === "") sessionStorage.removeItem(key);
      else if (next.length <= MOST_KEPT) sessionStorage.setItem(key, next);
    },
    [key],
  );
  return [text, setText];
}
