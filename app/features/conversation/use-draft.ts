import { type RefObject, useEffect, useRef } from "react";

const MOST_KEPT = 100_000;

/** What is being written. It stands in the field itself, so that a letter draws nothing anew. */
export type Draft = { read: () => string; keep: () => void; clear: () => void };

/**
 * The text being written, kept per login and conversation until it is sent: it survives a reload, going elsewhere and
 * the end of a session, and nobody else who signs in here sees it. What was typed before the script came stays too.
 * `onFound` is told of a text that stands there to begin with.
 */
export function useDraft(
  { loginId, conversationId }: { loginId: string; conversationId: string },
  { area, onFound }: { area: RefObject<HTMLTextAreaElement>; onFound: (text: string) => void },
): Draft {
  const key = `draft ${loginId} ${conversationId}`;
  const found = useRef(onFound);
  useEffect(() => {
    found.current = onFound;
  });
  useEffect(() => {
    const field = area.current;
    if (!field) return;
    if (field.value === "") field.value = sessionStorage.getItem(key) ?? "";
    if (field.value !== "") found.current(field.value);
  }, [key, area]);
  const read = () => area.current?.value ?? "";
  const keep = () => {
    const text = read();
    if (text === "") sessionStorage.removeItem(key);
    else if (text.length <= MOST_KEPT) sessionStorage.setItem(key, text);
  };
  const clear = () => {
    if (area.current) area.current.value = "";
    keep();
  };
  return { read, keep, clear };
}
