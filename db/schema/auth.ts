import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { citext, createdAt, instant, primaryId } from "../columns.ts";

export const loginRole = pgEnum("login_role", ["customer", "rep", "supervisor", "admin"]);
export type LoginRole = (typeof loginRole.enumValues)[number];

/** A person who can sign in. Which billing accounts they reach is in account_people. */
export const logins = pgTable("logins", {
  id: primaryId(),
  email: citext("email").notNull().unique(),
  name: text("name").notNull(),
  role: loginRole("role").notNull(),
  passwordHash: text("password_hash"),
  locale: text("locale").notNull().default("en-US"),
  suspendedAt: instant("suspended_at"),
  /** Raised by role, password and suspension changes: sessions and sockets of an older one end at once. */
  securityVersion: integer("security_version").notNull().default(1),
  createdAt: createdAt(),
  lastSignedInAt: instant("last_signed_in_at"),
});

/** `id` is the SHA-256 of what the cookie holds: a stolen table gives no session. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    absoluteExpiresAt: instant("absolute_expires_at").notNull(),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    userAgent: text("user_agent"),
    ip: text("ip"),
  },
  (t) => [index("sessions_login").on(t.userId)],
);

export const codePurpose = pgEnum("code_purpose", ["sign_in", "reset", "claim", "invite", "change_email"]);

/** One-time codes and links. Only a hash is kept; a code dies after a few wrong tries. */
export const oneTimeCodes = pgTable(
  "one_time_codes",
  {
    id: primaryId(),
    purpose: codePurpose("purpose").notNull(),
    email: citext("email").notNull(),
    loginId: uuid("login_id").references(() => logins.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    payload: jsonb("payload").$type<Record<string, string>>().notNull().default({}),
    attempts: integer("attempts").notNull().default(0),
    expiresAt: instant("expires_at").notNull(),
    consumedAt: instant("consumed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("one_time_codes_lookup").on(t.email, t.purpose, t.createdAt),
    check("one_time_codes_attempts", sql`${t.attempts} between 0 and 10`),
  ],
);
