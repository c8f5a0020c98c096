import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, instant, primaryId } from "../columns.ts";

/** Every outgoing mail, kept before it is sent. `dedupeKey` makes a repeated event one mail. */
export const mails = pgTable(
  "mails",
  {
    id: primaryId(),
    kind: text("kind").notNull(),
    toAddress: text("to_address").notNull(),
    /** The facts the mail tells. The worker renders them; until then subject and bodies are empty. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    subject: text("subject").notNull().default(""),
    html: text("html").notNull().default(""),
    plain: text("plain").notNull().default(""),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    accountId: uuid("account_id"),
    dedupeKey: text("dedupe_key").notNull().unique(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("mails_waiting")
      .on(t.createdAt)
      .where(sql`sent_at is null`),
  ],
);
