import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";

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
  },
  (t) => [
    index("outbox_waiting")
      .on(t.id)
      .where(sql`relayed_at is null`),
  ],
);
