import { integer, pgTable, text } from "drizzle-orm/pg-core";

import { instant } from "../columns.ts";

/** Attempts per key in the window that runs; kept in the database so that every process counts the same. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  count: integer("count").notNull(),
  resetsAt: instant("resets_at").notNull(),
});
