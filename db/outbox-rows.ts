import { type DbOrTx, type Tx } from "./client.ts";
import { fixedStatement } from "./fixed-statement.ts";
import { arrayText } from "./insert-rows.ts";

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
  else if (rows.length > 0) await db.execute(insertion(rows));
}

/**
 * Hands what is held to the driver and does not wait for it: it travels with the COMMIT that follows it. Should it fail,
 * PostgreSQL makes a rollback of that COMMIT; whoever commits must await what is returned here afterwards.
 */
export function sendOutboxRows(tx: Tx): { arrived: Promise<unknown> } {
  const rows = held.get(tx) ?? [];
  const arrived = rows.length > 0 ? tx.execute(insertion(rows)).execute() : Promise.resolve();
  arrived.catch(() => undefined);
  return { arrived };
}

const insertOne = fixedStatement("insert into outbox (name, payload) values ($1, $2)");
const insertMany = fixedStatement("insert into outbox (name, payload) select * from unnest($1::text[], $2::jsonb[])");

/** One row, as most transactions have, is told without arrays: that is a tenth less for both sides. */
function insertion(rows: readonly OutboxRow[]) {
  const [one] = rows;
  if (one && rows.length === 1) return insertOne([one.name, JSON.stringify(one.payload)]);
  return insertMany([
    arrayText(rows.map(({ name }) => name)),
    arrayText(rows.map(({ payload }) => JSON.stringify(payload))),
  ]);
}
