import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";

import { keepPlans } from "./keep-plans.ts";
import * as schema from "./schema/index.ts";

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What a query takes: the pool, or the transaction that is already open. */
export type DbOrTx = Db | Tx;

export type Connection = { db: Db; sql: Sql; close: () => Promise<void> };

export type ConnectionOptions = {
  /** The most connections this pool opens. */
  max?: number;
  applicationName?: string;
  /** False: a commit is answered before it is on disk, for data that a crash may take back as a whole. */
  durable?: boolean;
};

/** Opens a pool. Raw int8 and sum() arrive as strings; columns declared in the schema arrive as they say. */
export function connect(url: string, options: ConnectionOptions = {}): Connection {
  if (!(Symbol.for("remit.driver.mended") in globalThis))
    throw new Error("The driver is not mended: start Node with --import ./db/preload.js (db/driver-hook.js says why).");
  const sql = postgres(url, {
    max: options.max ?? 20,
    connect_timeout: 10,
    idle_timeout: 60,
    // A database that comes back is found again within two seconds; the driver's own patience grows to twenty.
    backoff: (attempt) => Math.min(2, 3 ** attempt / 100),
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? "remit",
      ...(options.durable === false ? { synchronous_commit: "off" } : {}),
    },
  });
  return { db: drizzle(keepPlans(sql), { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
