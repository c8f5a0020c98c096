import { z } from "zod";

import { type Db } from "#db/client.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import {
  listStaleEvents,
  processEvent,
  sweepPayments,
  sweepRefunds,
  sweepSetups,
} from "#server/domains/payments/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Jobs } from "#server/integrations/queue/create-jobs.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

import { repeat, type Repeated } from "./repeat.ts";

const task = "process-event";
const payloadSchema = z.object({ eventId: z.string() });
const SWEEP_EVERY_MS = 5_000;
/** A job that has not begun by now was lost with its process. */
const EVENT_PATIENCE_MS = 20_000;

type Options = { db: Db; relay: Relay; jobs: Jobs; log: Log; systemCtx: (name: string) => Ctx };

/**
 * Webhooks become jobs after they are answered; the sweeps find attempts and events that nobody works on any more. One
 * that fails is reported, and keeps no other waiting.
 */
export function registerPayments({ db, relay, jobs, log, systemCtx }: Options): Repeated {
  const queue = (eventId: string) => jobs.add(task, { eventId }, { key: `${task}:${eventId}`, maxAttempts: 20 });
  jobs.register(task, (ctx, payload) => processEvent(ctx, payloadSchema.parse(payload).eventId));
  relay.on("processor_event.received", ({ eventId }) => queue(eventId));
  const sweeps: readonly [name: string, sweep: (ctx: Ctx) => Promise<unknown>][] = [
    ["payment sweep", sweepPayments],
    ["refund sweep", sweepRefunds],
    ["method sweep", sweepSetups],
    ["event sweep", async () => eachAlone(await listStaleEvents(db, EVENT_PATIENCE_MS), queue)],
  ];
  return repeat({
    everyMs: SWEEP_EVERY_MS,
    async work() {
      for (const [name, sweep] of sweeps) {
        await sweep(systemCtx(name)).catch((error: unknown) => log.error({ err: error }, `the ${name} failed`));
      }
    },
    onError: (error) => log.error({ err: error }, "the sweeps failed"),
  });
}
