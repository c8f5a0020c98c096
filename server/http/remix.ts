import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { createRequestHandler, type GetLoadContextFunction } from "@remix-run/express";
import { type ServerBuild } from "@remix-run/node";
import { type Request, type RequestHandler, type Response } from "express";
import { type ViteDevServer } from "vite";

import type { LoadContext } from "#app/http/load-context.ts";
import { type Actor } from "#server/platform/actor.ts";
import type { Runtime } from "#server/runtime.ts";

/** Renders pages: the built ones, or in development those that Vite holds in memory. */
export function remixHandler(runtime: Runtime, vite: ViteDevServer | undefined): RequestHandler {
  const build = vite
    ? () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>
    : () => import(pathToFileURL(resolve("build/server/index.js")).href) as Promise<ServerBuild>;
  const getLoadContext: GetLoadContextFunction = (request, response) => ({
    ...loadContext(runtime, request, response),
  });
  return createRequestHandler({ build, getLoadContext, mode: vite ? "development" : "production" });
}

function loadContext(runtime: Runtime, request: Request, response: Response): LoadContext {
  const requestId = String(response.locals["requestId"]);
  const { publicUrl, stripe, io } = runtime;
  return {
    cspNonce: String(response.locals["cspNonce"]),
    publicUrl,
    stripe: { publishableKey: stripe.publishableKey, scriptUrl: stripe.scriptUrl },
    requestId,
    ip: request.ip ?? "",
    io,
    makeCtx: (actor: Actor) => runtime.makeCtx(actor, requestId),
  };
}
