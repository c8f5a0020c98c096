import { setTimeout as sleep } from "node:timers/promises";

import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";

import { type Db, type DbOrTx, type Tx } from "./client.ts";
import { holdOutboxRows, sendOutboxRows } from "./outbox-rows.ts";

const mostAttempts = 6;
const deadlock = "40P01";
const serializationFailure = "40001";

/**
 * Runs `work` in one transaction, or inside the one that is already open (then the outer one decides). What PostgreSQL
 * undid because of others (deadlock, serialization failure) is tried again from its start, at most five times, so `work`
 * must have no effect outside the database.
 */
export async function withTransaction<T>(db: DbOrTx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isTransaction(db)) return work(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(db, work);
    } catch (error) {
      const code = sqlState(error);
      if ((code !== deadlock && code !== serializationFailure) || attempt === mostAttempts) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/** The outbox rows of `work` go out in the same round trip as COMMIT. */
async function runOnce<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  let outboxRows: { arrived: Promise<unknown> } | undefined;
  const result = await db.transaction(async (tx) => {
    holdOutboxRows(tx);
    const worked = await work(tx);
    outboxRows = sendOutboxRows(tx);
    return worked;
  });
  await outboxRows?.arrived;
  return result;
}

function isTransaction(db: Db | Tx): db is Tx {
  return is(db, PgTransaction);
}

/** The SQLSTATE of a failure: a failing statement arrives wrapped by drizzle, a failing COMMIT does not. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return undefined;
}

/** The constraint that a failing statement broke, where PostgreSQL names one. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("constraint_name" in at && typeof at.constraint_name === "string") return at.constraint_name;
  }
  return undefined;
}
