import { type DbOrTx, type Tx } from "./client.ts";
import { insertion, insertRows } from "./insert-rows.ts";
import { outbox } from "./schema/index.ts";

export type OutboxRow = { name: string; payload: unknown };

const held = new WeakMap<DbOrTx, OutboxRow[]>();

/** From here on the rows of this transaction wait for its COMMIT; nobody inside reads them. */
export function holdOutboxRows(tx: Tx): void {
  held.set(tx, []);
}

/** Writes outbox rows: with the COMMIT of a transaction that holds them, at once elsewhere. */
export async function writeOutboxRows(db: DbOrTx, rows: readonly OutboxRow[]): Promise<void> {
  const waiting = held.get(db);
  if (waiting) waiting.push(...rows);
  else await insertRows(db, outbox, rows);
}

/**
 * Hands what is held to the driver and does not wait for it: it travels with the COMMIT that follows it. Should it fail,
 * PostgreSQL makes a rollback of that COMMIT; whoever commits must await what is returned here afterwards.
 */
export function sendOutboxRows(tx: Tx): { arrived: Promise<unknown> } {
  const rows = held.get(tx) ?? [];
  const arrived = rows.length > 0 ? tx.execute(insertion(outbox, rows)).execute() : Promise.resolve();
  arrived.catch(() => undefined);
  return { arrived };
}
