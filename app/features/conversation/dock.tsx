import { useLocation } from "@remix-run/react";
import { type MouseEvent, startTransition, Suspense, useCallback, useEffect, useRef, useState } from "react";

import { useDocked } from "#app/realtime/index.ts";
import { afterPaint } from "#app/ui/after-paint.ts";
import { MessageCircle } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { laterPart, MissingPart, useFetchedAhead } from "#app/ui/load-part.tsx";
import { useRead } from "#app/ui/use-read.ts";

import { type ActiveThread } from "./dock-sheet.tsx";

/** Where the thread is read. A hidden link has the router look it up before anybody asks. */
const READ = "/messages/active";

const loadSheet = async () => ({ default: (await import("./dock-sheet.tsx")).DockSheet });

/** The sheet and its thread come after the page: none of the portal waits for their code, and a press on the button seldom. */
const sheet = laterPart(loadSheet, MissingSheet);

/**
 * The thread with the biller, at hand on every page of the portal. The thread is read when it is opened, not before.
 * Without script the button is a link to the messages page, which does the same.
 */
export function Dock({ unread, onClosed }: { unread: number; onClosed: () => void }) {
  const [open, setOpen] = useState(false);
  const closings = useClosings(open);
  const ready = useReady(closings);
  const { pathname } = useLocation();
  if (pathname.startsWith("/messages")) return null;
  const show = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    onClosed();
    requestAnimationFrame(() => document.getElementById("dock-button")?.focus());
  };
  return (
    <>
      {open ? null : <DockButton unread={unread} onPress={show} />}
      {open || ready ? <DockedThread {...{ open, closings }} about={aboutOf(pathname)} onClose={close} /> : null}
    </>
  );
}

/** How often a sheet was closed and then taken away: hidden first, which a slow phone does at once, whatever stands in it. */
function useClosings(open: boolean): number {
  const [closings, setClosings] = useState(0);
  const wasOpened = useRef(false);
  useEffect(() => {
    if (open) wasOpened.current = true;
    if (open || !wasOpened.current) return;
    return afterPaint(() => {
      startTransition(() => setClosings((before) => before + 1));
    });
  }, [open]);
  return closings;
}

/** Whether the sheet is drawn, hidden, while the page rests: a new one after each closing, which remembers nothing. */
function useReady(closings: number): boolean {
  const [atHand, setAtHand] = useState(false);
  const tell = useCallback(() => {
    startTransition(() => setAtHand(true));
  }, []);
  useFetchedAhead(sheet, tell);
  const [readyAfter, setReadyAfter] = useState(-1);
  useEffect(() => {
    if (!atHand || readyAfter === closings) return;
    return afterPaint(() => {
      startTransition(() => setReadyAfter(closings));
    });
  }, [atHand, readyAfter, closings]);
  return readyAfter === closings;
}

function DockButton({ unread, onPress }: { unread: number; onPress: (event: MouseEvent) => void }) {
  return (
    <>
      <Link to={READ} hidden />
      <Link id="dock-button" to="/messages" className="dock-button" onClick={onPress} preventScrollReset>
        <MessageCircle size={20} aria-hidden="true" />
        <span className="dock-word">Messages</span>
        {unread > 0 ? (
          <span className="ui-unread">
            {unread > 9 ? "9+" : unread}
            <span className="sr-only"> unread</span>
          </span>
        ) : null}
      </Link>
    </>
  );
}

type DockedThreadProps = { open: boolean; closings: number; about: string; onClose: () => void };

/**
 * Reads the thread beside the sheet's code, and again with the page. The one it has opened stays open, whichever would be
 * chosen by now; a closed dock reads nothing and remembers nothing.
 */
function DockedThread({ open, closings, about, onClose }: DockedThreadProps) {
  const { ask, data } = useRead<ActiveThread>(`dock ${String(closings)}`);
  const stays = data?.thread?.conversation.number ?? "";
  useDocked(data?.thread?.conversation.id);
  const read = useCallback(
    () => ask(`${READ}?${new URLSearchParams({ about, stays }).toString()}`),
    [ask, about, stays],
  );
  useEffect(() => (open ? afterPaint(read) : undefined), [open, read]);
  return (
    <Suspense fallback={<section className="dock" role="dialog" aria-label="Messages" aria-busy="true" />}>
      <sheet.Part open={open} active={data} onRead={read} onClose={onClose} />
    </Suspense>
  );
}

/** The messages page does the same, and needs none of the sheet's code. */
function MissingSheet() {
  return (
    <section className="dock" role="dialog" aria-label="Messages">
      <div className="grid gap-4 p-4">
        <MissingPart />
        <Link to="/messages" reloadDocument className="ui-link">
          Open the messages page
        </Link>
      </div>
    </section>
  );
}

/** What the page under the dock is about, as `?about=` says it: a bill or a payment. */
function aboutOf(pathname: string): string {
  const [, kind, id] = /^\/(bills|payments)\/([^/]+)$/.exec(pathname) ?? [];
  if (!kind || !id) return "";
  return `${kind === "bills" ? "bill" : "payment"}:${decodeURIComponent(id)}`;
}
