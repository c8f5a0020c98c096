import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import { bytea, citext, createdAt, instant, primaryId } from "../columns.ts";

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

/**
 * How far a sign-in has come: `factor` has proved the first factor and owes the second, `enrol` has to set one up before
 * anything else, `open` is signed in. Only `open` is anybody.
 */
export const sessionStage = pgEnum("session_stage", ["factor", "enrol", "open"]);
export type SessionStage = (typeof sessionStage.enumValues)[number];

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
    stage: sessionStage("stage").notNull().default("open"),
    /** When whoever holds it last proved who they are: changes that matter ask for it again after some minutes. */
    provedAt: instant("proved_at").notNull().defaultNow(),
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

/** The secret of somebody's authenticator app, sealed with APP_KEY; `pending_sealed` waits for its first code. */
export const totpSecrets = pgTable(
  "totp_secrets",
  {
    loginId: uuid("login_id")
      .primaryKey()
      .references(() => logins.id, { onDelete: "cascade" }),
    sealed: text("sealed"),
    pendingSealed: text("pending_sealed"),
    /** The time step of the last code taken: it and everything before it are used up. */
    lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
    confirmedAt: instant("confirmed_at"),
    createdAt: createdAt(),
  },
  (t) => [check("totp_secrets_confirmed", sql`(${t.sealed} is null) = (${t.confirmedAt} is null)`)],
);

/** Codes on paper for whoever has lost the phone: keyed hashes, each used once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: primaryId(),
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: instant("used_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("recovery_codes_once").on(t.loginId, t.codeHash)],
);

/** Passkeys (WebAuthn credentials), by the id their device gave them. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: text("id").primaryKey(),
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    publicKey: bytea("public_key").notNull(),
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: jsonb("transports").$type<string[]>().notNull().default([]),
    name: text("name").notNull(),
    backedUp: boolean("backed_up").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [index("passkeys_login").on(t.loginId)],
);

/** What a passkey is asked to sign: ours, for one purpose, once, for some minutes. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    challenge: text("challenge").primaryKey(),
    purpose: text("purpose").$type<"sign_in" | "add" | "confirm">().notNull(),
    loginId: uuid("login_id").references(() => logins.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("passkey_challenges_expiry").on(t.expiresAt)],
);
