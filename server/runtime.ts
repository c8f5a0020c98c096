import { createHmac } from "node:crypto";

import postgres from "postgres";
import { Server as SocketServer } from "socket.io";

import { type OpenDatabase } from "#db/open-database.ts";
import { createSessions, type Sessions } from "#server/domains/auth/index.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { createJobs, type Jobs } from "#server/integrations/queue/create-jobs.ts";
import { createFileStore } from "#server/integrations/storage/create-file-store.ts";
import { type Door } from "#server/http/open-port.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type BusinessClock } from "#server/platform/clock.ts";
import { type Ctx, type FileStore } from "#server/platform/ctx.ts";
import { type Env } from "#server/platform/env.ts";
import { type Log } from "#server/platform/logger.ts";
import { createPersistedClock } from "#server/platform/persisted-clock.ts";
import { type Processor } from "#server/platform/processor.ts";
import { createStripeSandbox, type StripeSandbox } from "#server/stripe-sandbox/index.ts";

/** What the SDK, the browser and `/healthz` need to know of the payment processor. */
export type StripeFacts = {
  mode: "sandbox" | "test" | "live";
  /** Where the server SDK sends its calls. */
  apiBase: string;
  secretKey: string;
  webhookSecret: string;
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
  /** The stand-in for Stripe, where there are no keys. */
  readonly sandbox: StripeSandbox | undefined;
  readonly relay: Relay;
  readonly jobs: Jobs;
  readonly io: SocketServer;
  readonly sessions: Sessions;
  readonly publicUrl: string;
  readonly makeCtx: (actor: Actor, requestId: string) => Ctx;
  /** Begins to work by itself: relay, jobs, clock. Before it, the runtime only answers. */
  start(): Promise<void>;
  /** Finishes what runs, in the reverse order of starting. The database is closed by whoever opened it. */
  stop(): Promise<void>;
};

export type RuntimeOptions = { env: Env; log: Log; database: OpenDatabase; door: Door; publicUrl: string };

/** The only place where the pieces meet: one pool, one io, one clock, one of everything. */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { env, log, database, door, publicUrl } = options;
  const clock = createPersistedClock({ sql: database.sql, movable: env.stripe === undefined });
  await clock.start();
  const files = createFileStore(env.uploadDir);
  const standIn = env.stripe ? undefined : await startSandbox(options, clock);
  const stripe = stripeFacts(env, standIn);
  const processor = createProcessor(env);
  const makeCtx = (actor: Actor, requestId: string): Ctx => ({
    ...{ db: database.db, actor, now: clock.now(), requestId },
    ...{ processor, files, log, publicUrl },
  });
  const systemCtx = (name: string) => makeCtx({ kind: "system", name }, name);
  const relay = createRelay({ db: database.db, log });
  const jobs = createJobs({ sql: database.sql, adminUrl: database.adminUrl, log, makeCtx: systemCtx });
  const io = createSockets(door);
  const sessions = createSessions({ db: database.db, secure: publicUrl.startsWith("https:") });
  return {
    ...{ env, log, database, clock, files, processor, stripe, relay, jobs, io, sessions, publicUrl, makeCtx },
    sandbox: standIn?.sandbox,
    async start() {
      await jobs.start();
      relay.start();
    },
    async stop() {
      await io.close();
      await relay.stop();
      await jobs.stop();
      await standIn?.stop();
      clock.stop();
    },
  };
}

function createSockets({ http }: Door): SocketServer {
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

type StandIn = { sandbox: StripeSandbox; webhookSecret: string; stop: () => Promise<void> };

/** It keeps its objects in a schema of its own, which only the owner may make, and calls our webhook on loopback. */
async function startSandbox(
  { env, log, database, door, publicUrl }: RuntimeOptions,
  clock: BusinessClock,
): Promise<StandIn> {
  const sql = postgres(database.adminUrl, { max: 5, onnotice: () => undefined });
  const webhookSecret = `whsec_${createHmac("sha256", env.appKey ?? "")
    .update("stand-in webhooks")
    .digest("hex")}`;
  const webhook = { url: `http://127.0.0.1:${String(door.port)}/hooks/stripe`, secret: webhookSecret };
  const sandbox = createStripeSandbox({ sql, clock, log, webhook, publicPath: "/sandbox", publicUrl });
  await sandbox.start();
  const stop = async () => {
    await sandbox.stop();
    await sql.end({ timeout: 5 });
  };
  return { sandbox, webhookSecret, stop };
}

function stripeFacts(env: Env, standIn: StandIn | undefined): StripeFacts {
  if (standIn) {
    const { host, port, protocol } = standIn.sandbox.apiBase;
    return {
      mode: "sandbox",
      apiBase: `${protocol}://${host}:${String(port)}`,
      secretKey: "sk_test_sandbox",
      webhookSecret: standIn.webhookSecret,
      publishableKey: "pk_test_sandbox",
      scriptUrl: "/sandbox/stripe.js",
    };
  }
  if (!env.stripe) throw new Error("neither keys of Stripe nor its stand-in");
  const { live, ...keys } = env.stripe;
  return {
    mode: live ? "live" : "test",
    apiBase: "https://api.stripe.com",
    ...keys,
    scriptUrl: "https://js.stripe.com/v3/",
  };
}
