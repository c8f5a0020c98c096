import { useFetcher, useLocation } from "@remix-run/react";
import { type KeyboardEvent, lazy, type MouseEvent, Suspense, useEffect, useRef, useState } from "react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { Button } from "#app/ui/button.tsx";
import { MessageCircle, X } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";

/** The thread's code comes when it is opened: no page of the portal waits for it. */
const DockStartForm = lazy(async () => ({ default: (await import("./start-form.tsx")).DockStartForm }));
const Thread = lazy(async () => ({ default: (await import("./thread.tsx")).Thread }));

export type ActiveThread = { thread: ThreadData | null; clientId: string };

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
  if (open) return <DockSheet onClose={close} />;
  return (
    <aside aria-label="Messages">
      <Link id="dock-button" to="/messages" className="dock-button" onClick={show} preventScrollReset>
        <MessageCircle size={20} aria-hidden="true" />
        <span className="dock-word">Messages</span>
        {unread > 0 ? (
          <span className="ui-unread">
            {unread}
            <span className="sr-only"> unread</span>
          </span>
        ) : null}
      </Link>
    </aside>
  );
}

function DockSheet({ onClose }: { onClose: () => void }) {
  const fetcher = useFetcher<ActiveThread>({ key: "dock" });
  const sheet = useRef<HTMLElement>(null);
  const { load } = fetcher;
  useEffect(() => {
    load("/messages/active");
    sheet.current?.focus();
  }, [load]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
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
              label="How can we help?"
              onStarted={() => load("/messages/active")}
            />
          )}
        </Suspense>
      </div>
    </section>
  );
}

function Opening() {
  return (
    <div className="p-4">
      <SkeletonLines lines={4} />
    </div>
  );
}
