import { resolve } from "node:path";

import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import { type ViteDevServer } from "vite";

import type { Relay } from "#server/events/relay.ts";
import type { Runtime } from "#server/runtime.ts";

import { limitBody } from "./body-limit.ts";
import { trustProxy } from "./client-address.ts";
import { cspReports } from "./csp-report.ts";
import { handleErrors } from "./error-handler.ts";
import { healthRoutes } from "./health.ts";
import { originCheck } from "./origin-check.ts";
import { keepPrivate } from "./keep-private.ts";
import { limitRequests } from "./rate-limit.ts";
import { buildLoader, type LoadBuild, remixHandler } from "./remix.ts";
import { nameRequest } from "./request-id.ts";
import { securityHeaders } from "./security-headers.ts";
import { stripeWebhook } from "./stripe-webhook.ts";
import { staticFiles } from "./static-files.ts";
import { guardTokenPages } from "./token-pages.ts";

export type AppOptions = {
  runtime: Runtime;
  vite: ViteDevServer | undefined;
  version: string;
  isReady: () => boolean;
  loadBuild?: LoadBuild;
};

/** The order matters. There is no body reader here: Remix and the webhook need the raw stream. */
export function createApp({ runtime, vite, version, isReady, loadBuild = buildLoader(vite) }: AppOptions): Express {
  const { env, log, stripe, database, relay } = runtime;
  const app = express();
  app.disable("x-powered-by");
  trustProxy(app, env.publicUrl);
  // Card numbers are typed into the stand-in's own pages: it comes before anything of ours that reads or logs.
  if (runtime.sandbox) app.use("/sandbox", runtime.sandbox.browserRouter);
  app.use(nameRequest);
  app.use(
    ...securityHeaders({ publicUrl: env.publicUrl, stripe: env.stripe ? "real" : "sandbox", dev: vite !== undefined }),
  );
  app.use(
    healthRoutes({
      version,
      stripe: { mode: stripe.mode, apiBase: stripe.apiBase },
      askDatabase: () => database.sql`select 1`,
      isReady,
    }),
  );
  app.use(guardTokenPages);
  app.use(compression());
  app.use(vite ? vite.middlewares : staticFiles(resolve("build/client")));
  app.use(keepPrivate);
  app.use(limitRequests(env.requestsPerMinute));
  app.use(originCheck(env.publicUrl));
  app.use(limitBody);
  app.use(cspReports(log));
  app.use(wakeRelay(relay));
  app.use(stripeWebhook((requestId) => runtime.makeCtx({ kind: "processor" }, requestId)));
  app.use(remixHandler(runtime, loadBuild, vite ? "development" : "production"));
  app.use(handleErrors(log));
  return app;
}

/** What a request committed is told as soon as it is answered, and not at the relay's next look. */
function wakeRelay(relay: Relay): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") response.once("finish", relay.wake);
    next();
  };
}
