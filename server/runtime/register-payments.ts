import { z } from "zod";

import { type Db } from "#db/client.ts";
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

/** Webhooks become jobs after they are answered; the sweep finds attempts and events that nobody works on any more. */
export function registerPayments({ db, relay, jobs, log, systemCtx }: Options): Repeated {
  const queue = (eventId: string) => jobs.add(task, { eventId }, { key: `${task}:${eventId}`, maxAttempts: 20 });
  jobs.register(task, (ctx, payload) => processEvent(ctx, payloadSchema.parse(payload).eventId));
  relay.on("processor_event.received", ({ eventId }) => queue(eventId));
  return repeat({
    everyMs: SWEEP_EVERY_MS,
    async work() {
      await sweepPayments(systemCtx("payment sweep"));
      await sweepRefunds(systemCtx("refund sweep"));
      await sweepSetups(systemCtx("payment sweep"));
      for (const eventId of await listStaleEvents(db, EVENT_PATIENCE_MS)) await queue(eventId);
    },
    onError: (error) => log.error({ err: error }, "the payment sweep failed"),
  });
}
