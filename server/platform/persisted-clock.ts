import { type Sql } from "postgres";

import { type BusinessClock } from "./clock.ts";
import { Fault } from "./faults.ts";

export type PersistedClock = BusinessClock & { start(): Promise<void>; stop(): void };

/** How soon a process hears that another one moved the clock. */
const pollMs = 1_000;

/** Real time plus an offset kept in the database. Only where the stand-in runs can it be moved, and only forward. */
export function createPersistedClock({ sql, movable }: { sql: Sql; movable: boolean }): PersistedClock {
  const listeners: (() => void)[] = [];
  let offsetMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const learn = (row: { offset_ms: string } | undefined) => {
    const learned = Number(row?.offset_ms ?? 0);
    if (learned === offsetMs) return;
    offsetMs = learned;
    for (const listener of listeners) listener();
  };
  const read = async () => {
    const [row] = await sql<{ offset_ms: string }[]>`select offset_ms from business_clock where id = 1`;
    learn(row);
  };

  return {
    now: () => new Date(Date.now() + offsetMs),
    async advance(ms) {
      if (!movable) throw new Fault("forbidden", "the business clock moves only while the stand-in for Stripe runs");
      const [row] = await sql<{ offset_ms: string }[]>`
        insert into business_clock (id, offset_ms) values (1, ${ms})
        on conflict (id) do update set offset_ms = business_clock.offset_ms + excluded.offset_ms, moved_at = now()
        returning offset_ms`;
      learn(row);
    },
    onAdvance(listener) {
      listeners.push(listener);
    },
    async start() {
      if (!movable) return;
      await read();
      // A database that is away for a while is reported by everything else; the clock just asks again.
      timer = setInterval(() => void read().catch(() => undefined), pollMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
