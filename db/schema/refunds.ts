import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { invoices } from "./invoices.ts";
import { moneyActions } from "./ledger.ts";
import { payments } from "./payments.ts";

/** Why money goes back. It decides what the bills say afterwards: the rows of MONEY.md. */
export const refundCause = pgEnum("refund_cause", ["overpaid", "billed_wrong", "goodwill", "reopen"]);
export type RefundCause = (typeof refundCause.enumValues)[number];

export const refundState = pgEnum("refund_state", ["requested", "pending", "succeeded", "failed"]);
export type RefundState = (typeof refundState.enumValues)[number];

/** One refund of one payment. Its journals stand with its request, before the processor is called. */
export const refunds = pgTable(
  "refunds",
  {
    id: primaryId(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    cause: refundCause("cause").notNull(),
    state: refundState("state").notNull(),
    /** Without the convenience fee. */
    amountMinor: minor("amount_minor").notNull(),
    /** Of the convenience fee, what goes back with it. */
    feeMinor: minor("fee_minor")
      .notNull()
      .default(sql`0`),
    currency: currencyCode().notNull(),
    /** What the customer is told. */
    note: text("note"),
    processorId: text("processor_id").unique(),
    failureCode: text("failure_code"),
    madeBy: uuid("made_by").references(() => logins.id),
    occurredOn: day("occurred_on").notNull(),
    requestedAt: instant("requested_at").notNull(),
    /** When the sweep last asked the processor about it. */
    askedAt: instant("asked_at"),
    failedOn: day("failed_on"),
    createdAt: createdAt(),
  },
  (t) => [
    index("refunds_payment").on(t.paymentId, t.id),
    index("refunds_account").on(t.accountId, t.id),
    index("refunds_undecided")
      .on(t.requestedAt)
      .where(sql`state in ('requested', 'pending')`),
    check("refunds_amount", sql`${t.amountMinor} > 0 and ${t.feeMinor} >= 0`),
  ],
);

/** What of a refund is of which bill: sums exactly to its amount, and is nothing where no bill is touched (overpaid). */
export const refundBills = pgTable(
  "refund_bills",
  {
    refundId: uuid("refund_id")
      .notNull()
      .references(() => refunds.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    amountMinor: minor("amount_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.refundId, t.invoiceId] }),
    index("refund_bills_invoice").on(t.invoiceId),
    check("refund_bills_amount", sql`${t.amountMinor} > 0`),
  ],
);
