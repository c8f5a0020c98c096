import { useFetcher, useLocation } from "@remix-run/react";
import { type KeyboardEvent, lazy, type MouseEvent, Suspense, useCallback, useEffect, useRef, useState } from "react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { Button } from "#app/ui/button.tsx";
import { MessageCircle, X } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";
import { useAboveKeyboard } from "#app/ui/use-above-keyboard.ts";

/** The thread's code comes when it is opened: no page of the portal waits for it. */
const DockStartForm = lazy(async () => ({ default: (await import("./start-form.tsx")).DockStartForm }));
const Thread = lazy(async () => ({ default: (await import("./thread.tsx")).Thread }));

export type ActiveThread = { thread: ThreadData | null; clientId: string; keptAs: string };

/**
 * The thread with the biller, at hand on every page of the portal. The thread is read when it is opened, not before.
 * Without script the button is a link to the messages page, which does the same.
 */
export function Dock({ unread }: { unread: number }) {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  if (pathname.startsWith("/messages")) return null;
  const show = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => document.getElementById("dock-button")?.focus());
  };
  if (open) return <DockSheet onClose={close} about={aboutOf(pathname)} />;
  return (
    <Link id="dock-button" to="/messages" className="dock-button" onClick={show} preventScrollReset>
      <MessageCircle size={20} aria-hidden="true" />
      <span className="dock-word">Messages</span>
      {unread > 0 ? (
        <span className="ui-unread">
          {unread > 9 ? "9+" : unread}
          <span className="sr-only"> unread</span>
        </span>
      ) : null}
    </Link>
  );
}

/** What the page under the dock is about, as `?about=` says it: a bill or a payment. */
function aboutOf(pathname: string): string {
  const [, kind, id] = /^\/(bills|payments)\/([^/]+)$/.exec(pathname) ?? [];
  if (!kind || !id) return "";
  return `${kind === "bills" ? "bill" : "payment"}:${decodeURIComponent(id)}`;
}

function DockSheet({ onClose, about }: { onClose: () => void; about: string }) {
  const fetcher = useFetcher<ActiveThread>({ key: "dock" });
  const sheet = useRef<HTMLElement>(null);
  const { load } = fetcher;
  const read = useCallback(() => load(`/messages/active?${new URLSearchParams({ about }).toString()}`), [load, about]);
  useAboveKeyboard(sheet);
  useEffect(() => {
    read();
    sheet.current?.focus();
  }, [read]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Tab" && sheet.current && coversAll()) stayInside(sheet.current, event);
  };
  const thread = fetcher.data?.thread;
  return (
    <section ref={sheet} className="dock" role="dialog" aria-label="Messages" tabIndex={-1} onKeyDown={onKeyDown}>
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
        <Suspense fallback={<Opening />}>
          {fetcher.data === undefined ? (
            <Opening />
          ) : thread ? (
            <Thread key={thread.conversation.id} data={thread} path={`/messages/${thread.conversation.number}`} />
          ) : (
            <DockStartForm
              about=""
              clientId={fetcher.data.clientId}
              keptAs={fetcher.data.keptAs}
              label="How can we help?"
              onStarted={read}
            />
          )}
        </Suspense>
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
