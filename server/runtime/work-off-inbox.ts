import { type Db } from "#db/client.ts";
import { listStaleEvents, processEvent } from "#server/domains/payments/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

type Options = { db: Db; relay: Relay; log: Log; systemCtx: (name: string) => Ctx };

/**
 * Works off what the processor has told until now, and what follows from it, before the moved clock goes on. An event that
 * fails is left to its job.
 */
export async function workOffInbox({ db, relay, log, systemCtx }: Options): Promise<void> {
  const left = new Set<string>();
  for (;;) {
    const eventIds = (await listStaleEvents(db, 0)).filter((eventId) => !left.has(eventId));
    if (eventIds.length === 0) break;
    for (const eventId of eventIds) {
      await processEvent(systemCtx("inbox"), eventId).catch((error: unknown) => {
        left.add(eventId);
        log.warn({ err: error, eventId }, "an event of the processor waits for its job");
      });
    }
  }
  await relay.drain();
}
