import { type KeyboardEvent, startTransition, useEffect, useRef, useState } from "react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { afterPaint } from "#app/ui/after-paint.ts";
import { Button } from "#app/ui/button.tsx";
import { X } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";
import { useAboveKeyboard } from "#app/ui/use-above-keyboard.ts";

import { DockStartForm } from "./start-form.tsx";
import { Thread } from "./thread.tsx";

export type ActiveThread = { thread: ThreadData | null; clientId: string; keptAs: string };

type Props = {
  /** Not yet: it stands ready, hidden, so that a press has nothing to do but show it. */
  open: boolean;
  /** What there is to show; undefined until it was read. */
  active: ActiveThread | undefined;
  onRead: () => void;
  onClose: () => void;
};

/** The docked thread while it is open: a sheet over the page on a phone, a panel in the corner elsewhere. */
export function DockSheet({ open, active, onRead, onClose }: Props) {
  const sheet = useRef<HTMLElement>(null);
  useAboveKeyboard(sheet);
  // The sheet first, so that a slow phone answers the press at once; a long thread is drawn after it.
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (!open) return;
    return afterPaint(() => {
      sheet.current?.focus({ preventScroll: true });
      startTransition(() => setIsShown(true));
    });
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Tab" && sheet.current && coversAll()) stayInside(sheet.current, event);
  };
  const thread = active?.thread;
  return (
    <section
      {...{ ref: sheet, hidden: !open, tabIndex: -1, onKeyDown }}
      className="dock"
      role="dialog"
      aria-label="Messages"
    >
      <div className="dock-head">
        <h2>{thread?.conversation.title ?? "Messages"}</h2>
        <span className="flex">
          <Link to="/messages" className="dock-all ui-link" onClick={onClose}>
            All messages
          </Link>
          <Button variant="quiet" icon aria-label="Close messages" onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </Button>
        </span>
      </div>
      <div className="dock-body">
        {active === undefined || !isShown ? (
          <Opening />
        ) : thread ? (
          <Thread key={thread.conversation.id} data={thread} path={`/messages/${thread.conversation.number}`} />
        ) : (
          <DockStartForm
            about=""
            clientId={active.clientId}
            keptAs={active.keptAs}
            label="How can we help?"
            onStarted={onRead}
          />
        )}
      </div>
    </section>
  );
}

/** On a phone the sheet lies over the whole page: what is under it takes no focus. */
const coversAll = (): boolean => window.matchMedia("(max-width: 39.99rem)").matches;

function stayInside(sheet: HTMLElement, event: KeyboardEvent): void {
  const stops = [...sheet.querySelectorAll<HTMLElement>("a[href], button, input, textarea, select, [tabindex='0']")];
  const [first, last] = [stops.at(0), stops.at(-1)];
  const leaving = event.shiftKey ? [first, sheet] : [last];
  if (!leaving.some((stop) => stop === document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

function Opening() {
  return (
    <div className="p-4">
      <SkeletonLines lines={4} />
    </div>
  );
}
