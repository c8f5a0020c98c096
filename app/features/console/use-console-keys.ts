import { useEffect } from "react";

export type ConsoleKeys = {
  onCredit: () => void;
  onHelp: () => void;
  onEscape: () => void;
};

/**
 * The keys of an open conversation, beside those of the queue (`useRowKeys`): r reply, n note, c credit, d decision, a claim or (twice) take over, h
 * snooze, e close, ? help, Escape back. While somebody types, letters are letters; Escape leaves the field.
 */
export function useConsoleKeys({ onCredit, onHelp, onEscape }: ConsoleKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key === "Escape") {
        if (isTyping(event.target) && event.target instanceof HTMLElement) event.target.blur();
        else onEscape();
        return;
      }
      if (isTyping(event.target)) return;
      const act = { ...STEPS, c: onCredit, "?": onHelp }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [onCredit, onHelp, onEscape]);
}

const focusComposer = () => document.querySelector<HTMLElement>(".composer textarea")?.focus();
/** Presses the first button of these steps that is shown. */
const move = (...steps: string[]) =>
  steps
    .flatMap((step) => [...document.querySelectorAll<HTMLElement>(`[data-move="${step}"]`)])
    .find((button) => button.checkVisibility())
    ?.click();

const STEPS: Partial<Record<string, () => void>> = {
  r: focusComposer,
  n: () => {
    document.querySelector<HTMLInputElement>(".composer input[name=asNote]")?.click();
    focusComposer();
  },
  d: () => document.querySelector<HTMLElement>(".talk-side input[name=outcome]:checked")?.focus(),
  a: () => move("take_over", "claim"),
  h: () => move("snooze"),
  e: () => move("close"),
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest("input, textarea, select, [role=dialog]") !== null);
