import { type Server as SocketServer } from "socket.io";

import { type OpenDatabase } from "#db/open-database.ts";
import { createDocuments, type Documents } from "#server/documents/index.ts";
import { createSessions, type Sessions } from "#server/domains/auth/index.ts";
import { createRelay, type Relay } from "#server/events/relay.ts";
import { createJobs, type Jobs } from "#server/integrations/queue/create-jobs.ts";
import { registerMail } from "#server/integrations/mail/register-mail.ts";
import { createProcessor } from "#server/integrations/stripe/create-processor.ts";
import { createFileStore } from "#server/integrations/storage/create-file-store.ts";
import { type Door } from "#server/http/open-port.ts";
import { createKeys } from "#server/platform/app-key.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type BusinessClock } from "#server/platform/clock.ts";
import { type Ctx, type FileStore } from "#server/platform/ctx.ts";
import { type Env, keepAppKey } from "#server/platform/env.ts";
import { type Log } from "#server/platform/logger.ts";
import { renderMail } from "#server/mail-templates/index.ts";
import { createPersistedClock } from "#server/platform/persisted-clock.ts";
import { type Processor } from "#server/platform/processor.ts";
import { type StripeSandbox } from "#server/stripe-sandbox/index.ts";

import { registerAutopay } from "./runtime/register-autopay.ts";
import { registerPlans } from "./runtime/register-plans.ts";
import { registerDuties } from "./runtime/register-duties.ts";
import { registerDisputes } from "./runtime/register-disputes.ts";
import { registerImports } from "./runtime/register-imports.ts";
import { registerPayLinks } from "./runtime/register-pay-links.ts";
import { registerPayments } from "./runtime/register-payments.ts";
import { connectRedis, startRealtime } from "./realtime/index.ts";
import { createSockets } from "./runtime/create-sockets.ts";
import { type Repeated } from "./runtime/repeat.ts";
import { startSandbox } from "./runtime/start-sandbox.ts";
import { stripeFacts, type StripeFacts } from "./runtime/stripe-facts.ts";
import { workOffInbox } from "./runtime/work-off-inbox.ts";

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
  readonly documents: Documents;
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
  const later: { tick?: Repeated } = {};
  const doDuties = async () => later.tick?.once();
  const workOff = () => workOffInbox({ db: database.db, relay, log, systemCtx });
  const standIn = env.stripe ? undefined : await startSandbox(options, { clock, doDuties, workOff });
  const stripe = stripeFacts(env, standIn);
  const processor = createProcessor(stripe);
  const keyFor = createKeys(keepAppKey(env));
  const makeCtx = (actor: Actor, requestId: string): Ctx => ({
    ...{ db: database.db, actor, now: clock.now(), requestId },
    ...{ processor, files, log, publicUrl, keyFor },
  });
  const systemCtx = (name: string) => makeCtx({ kind: "system", name }, name);
  const relay = createRelay({ db: database.db, log });
  const jobs = createJobs({ sql: database.sql, adminUrl: database.adminUrl, log, makeCtx: systemCtx });
  registerImports({ db: database.db, relay, jobs });
  const { smtpUrl, mailFrom } = env;
  const mail = registerMail({ db: database.db, relay, jobs, render: renderMail, smtpUrl, mailFrom });
  const sweep = registerPayments({ db: database.db, relay, jobs, log, systemCtx });
  registerDisputes({ relay, systemCtx });
  registerAutopay({ relay, systemCtx });
  registerPlans({ relay, systemCtx });
  registerPayLinks({ relay, systemCtx });
  const tick = (later.tick = registerDuties({ log, systemCtx }));
  for (const repeated of [sweep, tick]) clock.onAdvance(repeated.wake);
  const io = createSockets(door, env.publicUrl);
  const leaveRedis = env.redisUrl === undefined ? undefined : await connectRedis({ io, url: env.redisUrl, log });
  const sessions = createSessions({ db: database.db, secure: publicUrl.startsWith("https:") });
  startRealtime({ io, db: database.db, relay, sessions, log, makeCtx });
  return {
    ...{ env, log, database, clock, files, processor, stripe, relay, jobs, io, sessions, publicUrl, makeCtx },
    documents: createDocuments(),
    sandbox: standIn?.sandbox,
    async start() {
      await jobs.start();
      // Nobody waits for it: of a long outage's mails there may be very many.
      mail.resume().catch((error: unknown) => {
        log.error({ err: error }, "mails that waited could not be queued");
      });
      relay.start();
      sweep.start();
      tick.start();
    },
    async stop() {
      await io.close();
      await leaveRedis?.();
      await tick.stop();
      await sweep.stop();
      await relay.stop();
      await jobs.stop();
      await standIn?.stop();
      clock.stop();
    },
  };
}
