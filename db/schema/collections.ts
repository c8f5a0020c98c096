import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";

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
