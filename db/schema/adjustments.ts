import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgSequence, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { invoiceLines, invoices } from "./invoices.ts";
import { moneyActions } from "./ledger.ts";

export const creditNumbers = pgSequence("credit_numbers", { startWith: 1001 });

export const creditKind = pgEnum("credit_kind", ["credit_note", "goodwill", "waiver", "write_off", "provisional"]);
export const creditReason = pgEnum("credit_reason", [
  "billed_wrong",
  "duplicate_charge",
  "service_issue",
  "late_fee",
  "goodwill",
  "hardship",
  "dispute",
  "uncollectable",
  "imported",
]);
export type CreditReason = (typeof creditReason.enumValues)[number];

/** A credit note, goodwill credit, waiver, write-off or provisional credit. */
export const credits = pgTable(
  "credits",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    number: text("number").notNull(),
    invoiceId: uuid("invoice_id").references(() => invoices.id),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    kind: creditKind("kind").notNull(),
    reason: creditReason("reason").notNull(),
    memo: text("memo"),
    amountMinor: minor("amount_minor").notNull(),
    taxMinor: minor("tax_minor")
      .notNull()
      .default(sql`0`),
    /** What came down on the bill; the rest became open credit. */
    onInvoiceMinor: minor("on_invoice_minor")
      .notNull()
      .default(sql`0`),
    currency: currencyCode().notNull(),
    disputeId: uuid("dispute_id"),
    makerLoginId: uuid("maker_login_id").references(() => logins.id),
    occurredOn: day("occurred_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("credits_account_number").on(t.accountId, t.number),
    index("credits_account").on(t.accountId, t.id),
    index("credits_invoice").on(t.invoiceId),
    /** Daily limits count by it. */
    index("credits_maker_day")
      .on(t.makerLoginId, t.occurredOn)
      .where(sql`maker_login_id is not null`),
    check("credits_amount", sql`${t.amountMinor} > 0 and ${t.taxMinor} between 0 and ${t.amountMinor}`),
  ],
);

/** A credit note names its lines and never takes more of a line than is left of it. */
export const creditLines = pgTable(
  "credit_lines",
  {
    id: primaryId(),
    creditId: uuid("credit_id")
      .notNull()
      .references(() => credits.id),
    invoiceLineId: uuid("invoice_line_id")
      .notNull()
      .references(() => invoiceLines.id),
    amountMinor: minor("amount_minor").notNull(),
    taxMinor: minor("tax_minor")
      .notNull()
      .default(sql`0`),
  },
  (t) => [
    unique("credit_lines_once").on(t.creditId, t.invoiceLineId),
    check("credit_lines_amount", sql`${t.amountMinor} + ${t.taxMinor} > 0 and ${t.taxMinor} >= 0`),
  ],
);
