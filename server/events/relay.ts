import { and, asc, inArray, isNull, lte, or, sql } from "drizzle-orm";

import { type Db } from "#db/client.ts";
import { outbox } from "#db/schema/index.ts";
import { type Log } from "#server/platform/ctx.ts";

import { type DomainEvent, type DomainEvents, type EventName } from "./catalogue.ts";
import { watchOutage } from "./outage.ts";

/**
 * Runs after commit, at least once per event, and again (with the others of the event) when one of them has failed:
 * must be idempotent, and quick (long work belongs in a job).
 */
export type Subscriber<N extends EventName> = (payload: DomainEvents[N]) => Promise<void> | void;

export type Relay = {
  on<N extends EventName>(name: N, subscriber: Subscriber<N>): void;
  /** The database answers again after it was away: whoever gave out work in that moment gives it out once more. */
  onBack(listener: () => Promise<void>): void;
  /** Asks for a round soon; called after every commit of this process. */
  wake(): void;
  /** Resolves when nothing is waiting: for tests and for a graceful stop. */
  drain(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

const BATCH = 200;
/** Finds what another process committed: nothing in a money transaction may call pg_notify. */
const POLL_MS = 250;
const LONGEST_PAUSE_SECONDS = 300;

/** Moves outbox rows on to their subscribers in order, in batches. Several processes share the rows (skip locked). */
export function createRelay({ db, log }: { db: Db; log: Log }): Relay {
  const subscribers = new Map<EventName, Subscriber<EventName>[]>();
  const outage = watchOutage(log);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  /** Whether everybody has heard it. */
  async function tell(event: DomainEvent): Promise<boolean> {
    let heard = true;
    for (const subscriber of subscribers.get(event.name) ?? []) {
      // One that fails keeps nothing from the others.
      try {
        await subscriber(event.payload);
      } catch (error) {
        log.error({ err: error, event: event.name }, "a subscriber failed, and is told again");
        heard = false;
      }
    }
    return heard;
  }

  async function rounds(): Promise<void> {
    do {
      again = false;
      while ((await moveBatch(db, tell)) === BATCH);
    } while (again);
  }

  function run(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = rounds()
      .then(outage.worked)
      .catch(outage.failed)
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    on(name, subscriber) {
      const list = subscribers.get(name) ?? [];
      list.push(subscriber as Subscriber<EventName>);
      subscribers.set(name, list);
    },
    onBack: outage.onBack,
    wake() {
      if (!stopped) void run();
    },
    async drain() {
      await running;
      await run();
    },
    start() {
      stopped = false;
      timer = setInterval(() => void run(), POLL_MS);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function moveBatch(db: Db, tell: (event: DomainEvent) => Promise<boolean>): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: outbox.id, name: outbox.name, payload: outbox.payload })
      .from(outbox)
      .where(and(isNull(outbox.relayedAt), or(isNull(outbox.retryAt), lte(outbox.retryAt, sql`now()`))))
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    const [heard, unheard]: [bigint[], bigint[]] = [[], []];
    for (const row of rows) ((await tell(asEvent(row.name, row.payload))) ? heard : unheard).push(row.id);
    if (heard.length > 0) await tx.update(outbox).set({ relayedAt: new Date() }).where(inArray(outbox.id, heard));
    if (unheard.length > 0) await tx.update(outbox).set(laterAgain).where(inArray(outbox.id, unheard));
    return rows.length;
  });
}

/** After 1, 2, 4 … seconds, and at last every five minutes until it is heard. */
const laterAgain = {
  failures: sql`least(${outbox.failures} + 1, 30)`,
  retryAt: sql`now() + make_interval(secs => least(power(2, ${outbox.failures}), ${LONGEST_PAUSE_SECONDS}))`,
};

/** The outbox is written only by appendEvent, whose types tie each name to its payload. */
function asEvent(name: string, payload: unknown): DomainEvent {
  return { name, payload } as DomainEvent;
}
