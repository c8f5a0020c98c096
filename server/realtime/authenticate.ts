import { type IncomingMessage } from "node:http";

import { readActor } from "#server/domains/accounts/index.ts";
import { isSameOrigin } from "#server/http/origin-check.ts";
import { type Actor } from "#server/platform/actor.ts";

import { type Peer, type RealtimeParts } from "./sockets.ts";

type Person = Extract<Actor, { kind: "customer" | "staff" }>;

/**
 * Whether a handshake comes from a page of ours. A browser's polling GET carries no Origin; then Sec-Fetch-Site must
 * say so, or, on plain http beyond this machine, where browsers leave that out too, the page it was asked from. A
 * WebSocket always carries an Origin.
 */
export function isOurPage(request: IncomingMessage, publicUrl: string | undefined): boolean {
  const { headers } = request;
  if (headers.origin === undefined && request.method === "GET" && headers.upgrade === undefined) {
    const site = headers["sec-fetch-site"];
    if (site !== undefined) return site === "same-origin";
    return URL.canParse(headers.referer ?? "") && isSameOrigin(askedFrom(headers), publicUrl);
  }
  return isSameOrigin(headers, publicUrl);
}

const askedFrom = (headers: IncomingMessage["headers"]) => ({
  ...headers,
  origin: new URL(headers.referer ?? "").origin,
});

/** Who stands behind a socket at this moment, by the reader that pages use; null when signed out. */
export async function readPerson(
  peer: Pick<Peer, "handshake">,
  { db, sessions }: Pick<RealtimeParts, "db" | "sessions">,
): Promise<{ person: Person; sessionId: string } | null> {
  const { actor, signedIn } = await readActor({ db, sessions, cookieHeader: peer.handshake.headers.cookie ?? null });
  if (signedIn === null || (actor.kind !== "customer" && actor.kind !== "staff")) return null;
  return { person: actor, sessionId: signedIn.sessionId };
}
