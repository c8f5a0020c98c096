import { asc, inArray, isNull } from "drizzle-orm";

import { type Db } from "#db/client.ts";
import { outbox } from "#db/schema/index.ts";
import { type Log } from "#server/platform/ctx.ts";

import { type DomainEvent, type DomainEvents, type EventName } from "./catalogue.ts";

/** Runs after commit, at least once per event: must be idempotent, and quick (long work belongs in a job). */
export type Subscriber<N extends EventName> = (payload: DomainEvents[N]) => Promise<void> | void;

export type Relay = {
  on<N extends EventName>(name: N, subscriber: Subscriber<N>): void;
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

/** Moves outbox rows on to their subscribers in order, in batches. Several processes share the rows (skip locked). */
export function createRelay({ db, log }: { db: Db; log: Log }): Relay {
  const subscribers = new Map<EventName, Subscriber<EventName>[]>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  async function tell(event: DomainEvent): Promise<void> {
    for (const subscriber of subscribers.get(event.name) ?? []) {
      // One that fails keeps nothing from the others.
      try {
        await subscriber(event.payload);
      } catch (error) {
        log.error({ err: error, event: event.name }, "a subscriber failed");
      }
    }
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
      .catch((error: unknown) => log.error({ err: error }, "the outbox relay failed a round"))
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

async function moveBatch(db: Db, tell: (event: DomainEvent) => Promise<void>): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: outbox.id, name: outbox.name, payload: outbox.payload })
      .from(outbox)
      .where(isNull(outbox.relayedAt))
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const row of rows) await tell(asEvent(row.name, row.payload));
    if (rows.length > 0) {
      const ids = rows.map((row) => row.id);
      await tx.update(outbox).set({ relayedAt: new Date() }).where(inArray(outbox.id, ids));
    }
    return rows.length;
  });
}

/** The outbox is written only by appendEvent, whose types tie each name to its payload. */
function asEvent(name: string, payload: unknown): DomainEvent {
  return { name, payload } as DomainEvent;
}
