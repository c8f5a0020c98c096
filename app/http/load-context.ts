import { type Server as SocketServer } from "socket.io";

import { type Asker } from "#server/domains/accounts/index.ts";
import { type Sessions } from "#server/domains/auth/index.ts";
import type { Documents } from "#server/documents/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

/**
 * What the HTTP server hands to every loader and action. The server makes one per request; `cspNonce` is the nonce of
 * that response's Content-Security-Policy. Everything is optional to a reader that runs without our server (Vite alone).
 */
export type LoadContext = {
  cspNonce: string;
  publicUrl: string;
  stripe: { publishableKey: string; scriptUrl: string };
  requestId: string;
  /** A script of ours asks, for data, and shows it in the page; else a browser asks for a page. */
  byScript: boolean;
  /** No mail server: outgoing mail is kept and readable at /dev/mail. */
  keepsMail: boolean;
  /** The client's address, as far as it can be believed: for rate limits and the audit. */
  ip: string;
  log: Log;
  /** The one Socket.IO server of this process. */
  io: SocketServer;
  sessions: Sessions;
  /** Bills and receipts as PDF. */
  documents: Documents;
  /** Who is asking; read from the session once per request. */
  readAsker: () => Promise<Asker>;
  /** The context that commands and queries take, for whoever this request turns out to be from. */
  makeCtx: (actor: Actor) => Ctx;
};

declare module "@remix-run/server-runtime" {
  // eslint's empty-interface rule does not apply: the interface is filled here once for the whole program.
  interface AppLoadContext extends Partial<LoadContext> {
    [key: string]: unknown;
  }
}

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}
