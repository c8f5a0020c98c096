import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, unique, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";

/** Whether an account wants a statement each month. */
export const statementWishes = pgTable("statement_wishes", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => accounts.id),
  monthly: boolean("monthly").notNull(),
  changedAt: instant("changed_at").notNull().defaultNow(),
});

/**
 * An issued statement, as it was: what its account's journals up to `lastJournal` did until `toOn`. What arrives later
 * with an earlier date stands on the next one, so each opens with what the one before closed with.
 */
export const statements = pgTable(
  "statements",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    fromOn: day("from_on").notNull(),
    toOn: day("to_on").notNull(),
    currency: currencyCode().notNull(),
    /** What the account owed less its credit, before and after; negative is credit. */
    openingMinor: minor("opening_minor").notNull(),
    closingMinor: minor("closing_minor").notNull(),
    lastJournal: bigint("last_journal", { mode: "bigint" }).notNull(),
    issuedOn: day("issued_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("statements_account_to").on(t.accountId, t.toOn),
    index("statements_account").on(t.accountId, t.toOn.desc()),
    check("statements_range", sql`${t.fromOn} <= ${t.toOn} and ${t.issuedOn} >= ${t.toOn}`),
  ],
);
