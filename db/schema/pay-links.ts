import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { createdAt, day, instant, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { invoices } from "./invoices.ts";

export const payLinkEnd = pgEnum("pay_link_end", ["revoked", "replaced"]);

/**
 * A link that opens and pays one bill without an account. Its address is signed from the id with our key, so that these
 * rows alone open nothing. A bill has at most one that has not ended.
 */
export const payLinks = pgTable(
  "pay_links",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    /** The last day it works, in the account's zone. */
    expiresOn: day("expires_on").notNull(),
    endedAt: instant("ended_at"),
    endKind: payLinkEnd("end_kind"),
    endedBy: uuid("ended_by").references(() => logins.id),
    /** Null: made by itself, for a mail or a document. */
    madeBy: uuid("made_by").references(() => logins.id),
    useCount: integer("use_count").notNull().default(0),
    lastUsedAt: instant("last_used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("pay_links_one_living")
      .on(t.invoiceId)
      .where(sql`ended_at is null`),
    index("pay_links_account").on(t.accountId),
    check("pay_links_ended", sql`(${t.endedAt} is null) = (${t.endKind} is null)`),
  ],
);
