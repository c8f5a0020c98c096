import { type Server as HttpServer } from "node:http";

import { type Router } from "express";
import { Server as SocketServer } from "socket.io";

import { type OpenDatabase } from "#db/open-database.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { createJobs, type Jobs } from "#server/integrations/queue/create-jobs.ts";
import { createFileStore } from "#server/integrations/storage/create-file-store.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type BusinessClock } from "#server/platform/clock.ts";
import { type Ctx, type FileStore } from "#server/platform/ctx.ts";
import { type Env } from "#server/platform/env.ts";
import { type Log } from "#server/platform/logger.ts";
import { createPersistedClock } from "#server/platform/persisted-clock.ts";
import { type Processor } from "#server/platform/processor.ts";

/** What the browser and `/healthz` need to know of the payment processor. */
export type StripeFacts = {
  mode: "sandbox" | "test" | "live";
  apiBase: string;
  publishableKey: string;
  scriptUrl: string;
};

export type Runtime = {
  readonly env: Env;
  readonly log: Log;
  readonly database: OpenDatabase;
  readonly clock: BusinessClock;
  readonly files: FileStore;
  readonly processor: Processor;
  readonly stripe: StripeFacts;
  /** What a browser needs of the stand-in, while that runs. */
  readonly sandboxRouter: Router | undefined;
  readonly relay: Relay;
  readonly jobs: Jobs;
  readonly io: SocketServer;
  readonly publicUrl: string;
  readonly makeCtx: (actor: Actor, requestId: string) => Ctx;
  /** Begins to work by itself: relay, jobs, clock. Before it, the runtime only answers. */
  start(): Promise<void>;
  /** Finishes what runs, in the reverse order of starting. The database is closed by whoever opened it. */
  stop(): Promise<void>;
};

export type RuntimeOptions = { env: Env; log: Log; database: OpenDatabase; http: HttpServer; publicUrl: string };

/** The only place where the pieces meet: one pool, one io, one clock, one of everything. */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { env, log, database, http, publicUrl } = options;
  const clock = createPersistedClock({ sql: database.sql, movable: env.stripe === undefined });
  await clock.start();
  const files = createFileStore(env.uploadDir);
  const stripe = stripeFacts(env);
  const processor = createProcessor(env);
  const makeCtx = (actor: Actor, requestId: string): Ctx => ({
    ...{ db: database.db, actor, now: clock.now(), requestId },
    ...{ processor, files, log, publicUrl },
  });
  const systemCtx = (name: string) => makeCtx({ kind: "system", name }, name);
  const relay = createRelay({ db: database.db, log });
  const jobs = createJobs({ sql: database.sql, adminUrl: database.adminUrl, log, makeCtx: systemCtx });
  const io = createSockets(http);
  return {
    ...{ env, log, database, clock, files, processor, stripe, relay, jobs, io, publicUrl, makeCtx },
    sandboxRouter: undefined,
    async start() {
      await jobs.start();
      relay.start();
    },
    async stop() {
      await io.close();
      await relay.stop();
      await jobs.stop();
      clock.stop();
    },
  };
}

function createSockets(http: HttpServer): SocketServer {
  return new SocketServer(http, {
    serveClient: false,
    // Vite's hot reload shares the port: leave its upgrades alone.
    destroyUpgrade: false,
    // Recovery skips the authentication middleware; readers catch up by sequence instead.
    maxHttpBufferSize: 100_000,
  });
}

function createProcessor(env: Env): Processor {
  return { mode: env.stripe ? "live" : "sandbox" };
}

function stripeFacts(env: Env): StripeFacts {
  if (!env.stripe)
    return { mode: "sandbox", apiBase: "", publishableKey: "pk_test_sandbox", scriptUrl: "/sandbox/stripe.js" };
  const { publishableKey, live } = env.stripe;
  return {
    mode: live ? "live" : "test",
    apiBase: "https://api.stripe.com",
    publishableKey,
    scriptUrl: "https://js.stripe.com/v3/",
  };
}
