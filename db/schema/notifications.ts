import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { createdAt, instant, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";

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
    /** Not sent: whoever it was for has switched its topic off. It still stands among the account's news. */
    skippedAt: instant("skipped_at"),
    createdAt: createdAt(),
    /** When it was told by the business clock: what its readers see. Whole milliseconds, as JavaScript knows them. */
    toldAt: timestamp("told_at", { withTimezone: true, mode: "date", precision: 3 })
      .notNull()
      .default(sql`business_now()`),
  },
  (t) => [
    index("mails_waiting")
      .on(t.createdAt)
      .where(sql`sent_at is null`),
    index("mails_news").on(t.accountId, t.id),
    index("mails_told").on(t.accountId, t.toldAt, t.id),
  ],
);

/** Topics that a person has switched off, by address: people without a login choose as well. No row: on. */
export const mailTopicsOff = pgTable(
  "mail_topics_off",
  {
    /** In lower case. */
    address: text("address").notNull(),
    topic: text("topic").notNull(),
    since: instant("since").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.address, t.topic] })],
);

/** Topics that do not ring for a person in the portal: their news are listed, and never counted as new. No row: they ring. */
export const newsTopicsOff = pgTable(
  "news_topics_off",
  {
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    topic: text("topic").notNull(),
    since: instant("since").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.loginId, t.topic] })],
);

/** How far each person has seen the news of an account: the newest mail's id. */
export const newsSeen = pgTable(
  "news_seen",
  {
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    upToId: uuid("up_to_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.loginId, t.accountId] })],
);
