import { sql } from "drizzle-orm";
import { bigint, check, integer, jsonb, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, primaryId } from "../columns.ts";
import { logins } from "./auth.ts";

export type PostalAddress = {
  line1: string;
  line2?: string | undefined;
  city: string;
  region?: string | undefined;
  postalCode: string;
  country: string;
};

/** Minutes after midnight per weekday, 0 = Sunday; an absent day is closed. */
export type OfficeHours = Partial<Record<"0" | "1" | "2" | "3" | "4" | "5" | "6", { from: number; to: number }>>;

/** The biller: exactly one row. */
export const business = pgTable(
  "business",
  {
    id: smallint("id").primaryKey().default(1),
    name: text("name").notNull(),
    legalName: text("legal_name"),
    address: jsonb("address").$type<PostalAddress>(),
    phone: text("phone"),
    supportEmail: text("support_email"),
    zone: text("zone").notNull(),
    currency: currencyCode().notNull(),
    locale: text("locale").notNull().default("en-US"),
    senderName: text("sender_name"),
    senderEmail: text("sender_email"),
    terms: text("terms"),
    logoFileId: uuid("logo_file_id"),
    officeHours: jsonb("office_hours").$type<OfficeHours>().notNull().default({}),
    paymentTermDays: integer("payment_term_days").notNull().default(30),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [check("business_single_row", sql`${t.id} = 1`)],
);

/** Policies are versioned and never edited: a change is a new row, with who and why. */
export const policyVersions = pgTable(
  "policy_versions",
  {
    id: primaryId(),
    kind: text("kind").notNull(),
    version: integer("version").notNull(),
    body: jsonb("body").notNull(),
    effectiveOn: day("effective_on").notNull(),
    reason: text("reason").notNull(),
    createdBy: uuid("created_by").references(() => logins.id),
    createdAt: createdAt(),
  },
  (t) => [unique("policy_versions_kind_version").on(t.kind, t.version)],
);

/** How far business time runs ahead of real time. One row; moved only while the Stripe stand-in runs. */
export const businessClock = pgTable(
  "business_clock",
  {
    id: smallint("id").primaryKey().default(1),
    offsetMs: bigint("offset_ms", { mode: "number" }).notNull().default(0),
    movedAt: instant("moved_at").notNull().defaultNow(),
  },
  (t) => [
    check("business_clock_single_row", sql`${t.id} = 1`),
    check("business_clock_forward", sql`${t.offsetMs} >= 0`),
  ],
);
