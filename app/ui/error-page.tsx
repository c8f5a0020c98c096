import { isRouteErrorResponse, useLocation, useRouteError, useRouteLoaderData } from "@remix-run/react";

import { ButtonLink } from "./button.tsx";
import { type Contact, ContactWays } from "./contact.tsx";

type Words = { title: string; text: string; way: { to: string | null; label: string } };

const HOME = { to: "/", label: "Go to the start page" };
/** The same address once more. */
const AGAIN = { to: null, label: "Try again" };

const BY_STATUS: Record<number, Words> = {
  400: {
    title: "That address or request is not a valid one",
    text: "Nothing was changed.",
    way: HOME,
  },
  401: {
    title: "Sign in to see this page",
    text: "You are signed out, perhaps because nothing happened for a while. Nothing of yours was lost.",
    way: { to: "/sign-in", label: "Sign in" },
  },
  403: {
    title: "You cannot open this page",
    text: "Your login does not have the right to see it. Whoever manages the account, or an administrator, can give it.",
    way: HOME,
  },
  404: {
    title: "There is nothing at this address",
    text: "The link may be old or mistyped, or it belongs to another login.",
    way: HOME,
  },
  413: {
    title: "That was too large",
    text: "What you sent is larger than we accept. Send less of it, or in parts.",
    way: AGAIN,
  },
  429: {
    title: "That was too often",
    text: "To keep everyone's account safe there is a limit on how often this can be tried. Wait a minute, then go on.",
    way: AGAIN,
  },
  503: {
    title: "We are busy for a moment",
    text: "Nothing is lost. Try again in a few seconds.",
    way: AGAIN,
  },
};

const OFFLINE: Words = {
  title: "You are offline",
  text: "This page needs a connection. What you typed is still in its form; go back to it when you are online again.",
  way: AGAIN,
};

/** It broke between here and the server, and whether what was sent arrived is known there alone. */
const LOST: Words = {
  title: "The connection was lost",
  text: "If you had just sent something, look again: what arrived stands there, and what did not can be sent once more. No payment is ever taken twice.",
  way: { to: null, label: "Look again" },
};

const FAULT: Words = {
  title: "Something went wrong on our side",
  text: "This page could not be shown. What you paid and sent before is kept, and no payment is ever taken twice: it is safe to try again.",
  way: AGAIN,
};

/**
 * What a page says when it cannot be shown: what happened, why if known, a way on, and whom to ask. Never the error's own
 * words. `inShell`: its shell stands around it, names the biller and gives it its place.
 */
export function ErrorPage({ inShell = false }: { inShell?: boolean }) {
  const words = wordsFor(useRouteError());
  const { pathname, search } = useLocation();
  const reference = useReference();
  const contact = useRouteLoaderData<{ contact: Contact | null }>("root")?.contact ?? null;
  const isOurs = words === FAULT || words === BY_STATUS[503];
  return (
    <div className={inShell ? PLACE : `mx-auto px-5 py-16 ${PLACE}`} role="alert">
      {inShell || contact === null ? null : <p className="mb-4 font-medium">{contact.name}</p>}
      <h1 className="text-24">{words.title}</h1>
      <p className="text-ink-2">{words.text}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <ButtonLink to={words.way.to ?? `${pathname}${search}`} variant="primary" reloadDocument>
          {words.way.label}
        </ButtonLink>
        {words.way.to === HOME.to ? null : (
          <ButtonLink to={HOME.to} variant="quiet" reloadDocument>
            {HOME.label}
          </ButtonLink>
        )}
      </div>
      {words === FAULT && reference ? (
        <p className="mt-4 text-14 text-ink-2">
          If it happens again, write or call us with this reference: <span className="font-medium">{reference}</span>
        </p>
      ) : null}
      {contact && (contact.phone ?? contact.email) !== null && (isOurs || !inShell) ? (
        <p className="mt-2 text-14 text-ink-2">
          <ContactWays contact={contact} />
        </p>
      ) : null}
    </div>
  );
}

const PLACE = "grid max-w-[34rem] justify-items-start gap-2";

/** The place that the server's page was made for, as the router will know it; on the server there is no other. */
const FIRST_KEY =
  typeof window === "undefined" ? null : ((window.history.state as { key?: string } | null)?.key ?? "default");

/** The beginning of what the log knows this page's request by, short enough to be told on the telephone. A later page of the same visit was asked for by another request. */
function useReference(): string | null {
  const { key } = useLocation();
  const isFirst = FIRST_KEY === null || key === FIRST_KEY;
  const asked = useRouteLoaderData<{ requestId: string | null }>("root");
  return isFirst ? (asked?.requestId?.slice(0, 8) ?? null) : null;
}

function wordsFor(error: unknown): Words {
  if (isRouteErrorResponse(error)) return BY_STATUS[error.status] ?? FAULT;
  const disconnected = typeof navigator !== "undefined" && navigator.onLine === false;
  if (disconnected) return OFFLINE;
  return error instanceof TypeError && LOST_LINE.test(error.message) ? LOST : FAULT;
}

/** What Chromium, Firefox and Safari call a request that got no answer, or half of one. */
const LOST_LINE = /^(?:Failed to fetch|NetworkError|Load failed|network error|Error in input stream)/i;
