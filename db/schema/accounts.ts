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
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import { citext, createdAt, currencyCode, day, instant, primaryId } from "../columns.ts";
import { logins } from "./auth.ts";
import { type PostalAddress } from "./business.ts";

export const accountStatus = pgEnum("account_status", ["active", "closed"]);
export const deliveryKind = pgEnum("delivery_kind", ["electronic", "paper"]);
export const accountRight = pgEnum("account_right", ["view", "pay", "manage"]);
export type AccountRight = (typeof accountRight.enumValues)[number];

/** A billing account: who owes. Its version is raised by every change to open, claims, unapplied or drafts. */
export const accounts = pgTable(
  "accounts",
  {
    id: primaryId(),
    number: text("number").notNull().unique(),
    name: text("name").notNull(),
    email: citext("email"),
    phone: text("phone"),
    address: jsonb("address").$type<PostalAddress>(),
    postalCode: text("postal_code"),
    currency: currencyCode().notNull(),
    zone: text("zone").notNull(),
    status: accountStatus("status").notNull().default("active"),
    delivery: deliveryKind("delivery").notNull().default("electronic"),
    /** The language and spelling of numbers and dates in what is sent to it. */
    locale: text("locale").notNull().default("en-US"),
    /** Imported and not yet released by staff: no reminders, fees or drafts. */
    quarantinedAt: instant("quarantined_at"),
    /** The day on which staff released it, in its zone: what was overdue then is asked for from that day on. */
    releasedOn: day("released_on"),
    version: bigint("version", { mode: "number" }).notNull().default(1),
    /** Raised by every edit of its details, contacts and people; money leaves it alone. */
    detailsVersion: integer("details_version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("accounts_search").using(
      "gin",
      sql`(${t.number} || ' ' || ${t.name} || ' ' || coalesce(${t.email}::text, '')) gin_trgm_ops`,
    ),
    index("accounts_name").on(t.name, t.id),
    check("accounts_number_filled", sql`btrim(${t.number}) <> ''`),
  ],
);

/** Which login reaches which billing account, and what it may do there. */
export const accountPeople = pgTable(
  "account_people",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    loginId: uuid("login_id")
      .notNull()
      .references(() => logins.id, { onDelete: "cascade" }),
    right: accountRight("access_right").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.loginId] }), index("account_people_login").on(t.loginId)],
);

/** Further people to reach about an account; a row here gives no access. */
export const contacts = pgTable(
  "contacts",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    name: text("name").notNull(),
    email: citext("email"),
    phone: text("phone"),
    note: text("note"),
    isPrimary: boolean("is_primary").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [index("contacts_account").on(t.accountId)],
);

export const claimRequestState = pgEnum("claim_request_state", ["open", "approved", "refused"]);

/** Somebody asks for an account that has no e-mail on file: a rep checks who they are. */
export const accountClaimRequests = pgTable(
  "account_claim_requests",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    email: citext("email").notNull(),
    name: text("name").notNull(),
    state: claimRequestState("state").notNull().default("open"),
    decidedBy: uuid("decided_by").references(() => logins.id),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("account_claim_requests_once").on(t.accountId, t.email),
    index("account_claim_requests_state").on(t.state),
  ],
);
