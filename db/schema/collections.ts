import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, day, instant, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { invoices } from "./invoices.ts";

/** Reminders and late fees rest for an account, or for one bill of it: by whom, why, until when. */
export const collectionPauses = pgTable(
  "collection_pauses",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    /** Null: all of the account's bills. */
    invoiceId: uuid("invoice_id").references(() => invoices.id),
    /** The last day of it; null until somebody ends it. */
    untilOn: day("until_on"),
    reason: text("reason").notNull(),
    madeBy: uuid("made_by").references(() => logins.id),
    endedAt: instant("ended_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("collection_pauses_account")
      .on(t.accountId)
      .where(sql`ended_at is null`),
    check("collection_pauses_reason", sql`btrim(${t.reason}) <> ''`),
  ],
);

export type CollectionDuty = "late_fees" | "reminders";

/**
 * When each duty looks at an account next. Written with every look; triggers set it back to the beginning of time when
 * something about the account changes (its version, its details, a promise, a pause), whoever changes it.
 */
export const collectionLooks = pgTable(
  "collection_looks",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    duty: text("duty").$type<CollectionDuty>().notNull(),
    /** In the account's zone; null until something changes. */
    lookOn: day("look_on"),
    /** The policy's version it was looked at under; null where no policy changes anything: nothing is open. */
    policyVersion: integer("policy_version"),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.duty] }),
    index("collection_looks_due").on(t.duty, t.lookOn, t.accountId),
    index("collection_looks_policy")
      .on(t.duty, t.policyVersion)
      .where(sql`policy_version is not null`),
    check("collection_looks_duty", sql`${t.duty} in ('late_fees', 'reminders')`),
  ],
);
