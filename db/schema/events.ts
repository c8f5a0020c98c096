import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "../columns.ts";

/** Written in the transaction it tells of; the relay moves rows on after commit. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    name: text("name").notNull(),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
    relayedAt: instant("relayed_at"),
    /** How often a subscriber failed on it, and when it is told again. */
    failures: smallint("failures").notNull().default(0),
    retryAt: instant("retry_at"),
  },
  (t) => [
    index("outbox_waiting")
      .on(t.id)
      .where(sql`relayed_at is null`),
  ],
);
