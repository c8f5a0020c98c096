import { createRequestHandler, type GetLoadContextFunction } from "@remix-run/express";
import { type ServerBuild } from "@remix-run/node";
import { type Request, type RequestHandler, type Response } from "express";
import { type ViteDevServer } from "vite";

import type { LoadContext } from "#app/http/load-context.ts";
import { type Asker, readActor } from "#server/domains/accounts/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import type { Runtime } from "#server/runtime.ts";

import { cutByAddress, firstWord } from "./address-parts.ts";

export type LoadBuild = () => Promise<ServerBuild>;

/** The built pages, or in development those that Vite holds in memory. */
export function buildLoader(vite: ViteDevServer | undefined): LoadBuild {
  if (vite) return () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
  let loaded: Promise<ServerBuild> | undefined;
  // Kept: asked for again, Node looks for the file again, and a build that goes on beside us would be an outage. Not a type
  // that can be looked up: the file is there only once it is built.
  return () => (loaded ??= import("../../build/server/index.js" as string) as Promise<ServerBuild>);
}

/** Renders pages. In development the build is asked for anew each time, because it changes. */
export function remixHandler(runtime: Runtime, build: LoadBuild, mode: "development" | "production"): RequestHandler {
  const getLoadContext: GetLoadContextFunction = (request, response) => ({
    ...loadContext(runtime, request, response),
  });
  const handlerOf = (of: ServerBuild | LoadBuild) => createRequestHandler({ build: of, getLoadContext, mode });
  if (mode === "development") return handlerOf(build);
  let ready: Promise<(path: string) => RequestHandler> | undefined;
  const prepare = async () => {
    const whole = await build();
    const parts = new Map(cutByAddress(whole).map((part) => [part.word, handlerOf(part.build)]));
    const rest = handlerOf(whole);
    return (path: string) => parts.get(firstWord(path)) ?? rest;
  };
  return (request, response, next) => {
    ready ??= prepare();
    ready.then((handlerFor) => handlerFor(request.path)(request, response, next)).catch(next);
  };
}

/** What every loader and action is handed: declared in app/http/load-context.ts. */
function loadContext(runtime: Runtime, request: Request, response: Response): LoadContext {
  const requestId = String(response.locals["requestId"]);
  const { publicUrl, stripe, io, log, sessions, documents } = runtime;
  let asker: Promise<Asker> | undefined;
  return {
    cspNonce: String(response.locals["cspNonce"]),
    publicUrl,
    stripe: { publishableKey: stripe.publishableKey, scriptUrl: stripe.scriptUrl },
    requestId,
    // The address of Remix's own requests for data, in every browser: no header tells it in all of them.
    byScript: request.path.endsWith(".data"),
    keepsMail: runtime.env.smtpUrl === undefined,
    ip: request.ip ?? "",
    io,
    log,
    sessions,
    documents,
    readAsker: () => (asker ??= askerOf(runtime, request, response)),
    makeCtx: (actor: Actor) => runtime.makeCtx(actor, requestId),
  };
}

/** Read once per request, however many loaders ask. */
async function askerOf(runtime: Runtime, request: Request, response: Response): Promise<Asker> {
  const { sessions, database } = runtime;
  const asker = await readActor({ db: database.db, sessions, cookieHeader: request.headers.cookie ?? null });
  if (asker.signedIn?.refreshedCookie) response.append("Set-Cookie", asker.signedIn.refreshedCookie);
  return asker;
}
