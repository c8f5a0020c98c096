import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { invoices } from "./invoices.ts";
import { moneyActions } from "./ledger.ts";
import { paymentMethods, payments } from "./payments.ts";

export const autopayAmount = pgEnum("autopay_amount", ["full_balance", "statement_balance", "fixed"]);
export type AutopayAmount = (typeof autopayAmount.enumValues)[number];

/** A customer's standing word that bills are drafted. Changing it is a new one: what was agreed to stays as it was. */
export const autopayEnrolments = pgTable(
  "autopay_enrolments",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    amountKind: autopayAmount("amount_kind").notNull(),
    /** The most one draft takes, for `fixed`. */
    fixedMinor: minor("fixed_minor"),
    /** 0 is the due date itself. */
    daysBeforeDue: integer("days_before_due").notNull(),
    paymentMethodId: uuid("payment_method_id")
      .notNull()
      .references(() => paymentMethods.id),
    /** The mandate as it was shown, when, by whom and from where it was accepted. */
    mandateText: text("mandate_text").notNull(),
    acceptedAt: instant("accepted_at").notNull(),
    acceptedBy: uuid("accepted_by").references(() => logins.id),
    acceptedIp: text("accepted_ip"),
    /** Nothing is announced while it is paused; what was agreed to stands. */
    pausedAt: instant("paused_at"),
    stoppedAt: instant("stopped_at"),
    stopReason: text("stop_reason"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("autopay_enrolments_one_live")
      .on(t.accountId)
      .where(sql`stopped_at is null`),
    index("autopay_enrolments_method").on(t.paymentMethodId),
    check("autopay_enrolments_fixed", sql`(${t.amountKind} = 'fixed') = (${t.fixedMinor} is not null)`),
    check("autopay_enrolments_fixed_positive", sql`${t.fixedMinor} is null or ${t.fixedMinor} > 0`),
    check("autopay_enrolments_days", sql`${t.daysBeforeDue} between 0 and 28`),
  ],
);

export const draftSource = pgEnum("draft_source", ["autopay", "plan", "scheduled"]);
export type DraftSource = (typeof draftSource.enumValues)[number];
export const draftState = pgEnum("draft_state", ["announced", "in_flight", "paid", "failed", "canceled"]);
export type DraftState = (typeof draftState.enumValues)[number];

/** Money that will be taken by itself on a day. It names its bills and never takes more than was announced. */
export const drafts = pgTable(
  "drafts",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    source: draftSource("source").notNull(),
    /** The enrolment, the plan, or for a chosen date the draft itself: also the source of the claim that is its own. */
    sourceId: uuid("source_id").notNull(),
    /** A date that the customer chose is a money action of theirs. */
    actionId: uuid("action_id").references(() => moneyActions.id),
    state: draftState("state").notNull(),
    draftOn: day("draft_on").notNull(),
    /** The day of the next attempt, while there will be one. */
    tryOn: day("try_on"),
    attempts: integer("attempts").notNull().default(0),
    currency: currencyCode().notNull(),
    announcedMinor: minor("announced_minor").notNull(),
    paymentMethodId: uuid("payment_method_id").references(() => paymentMethods.id),
    /** The latest attempt. */
    paymentId: uuid("payment_id").references(() => payments.id),
    failureCode: text("failure_code"),
    cancelReason: text("cancel_reason"),
    madeBy: uuid("made_by").references(() => logins.id),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    // Of a plan one instalment a day; autopay may announce again for the same day, about other bills.
    uniqueIndex("drafts_plan_day")
      .on(t.sourceId, t.draftOn)
      .where(sql`source = 'plan' and state <> 'canceled'`),
    index("drafts_account").on(t.accountId, t.draftOn),
    index("drafts_due")
      .on(t.tryOn)
      .where(sql`state = 'announced'`),
    index("drafts_in_flight")
      .on(t.paymentId)
      .where(sql`state = 'in_flight'`),
    index("drafts_method")
      .on(t.paymentMethodId)
      .where(sql`state = 'announced'`),
    check("drafts_amount", sql`${t.announcedMinor} > 0`),
    check("drafts_attempts", sql`${t.attempts} between 0 and 9`),
    check("drafts_try", sql`(${t.state} = 'announced') = (${t.tryOn} is not null)`),
    check("drafts_in_flight_has_payment", sql`${t.state} <> 'in_flight' or ${t.paymentId} is not null`),
  ],
);

/** What was announced of each bill. */
export const draftBills = pgTable(
  "draft_bills",
  {
    draftId: uuid("draft_id")
      .notNull()
      .references(() => drafts.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    position: integer("position").notNull(),
    announcedMinor: minor("announced_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.draftId, t.invoiceId] }),
    index("draft_bills_invoice").on(t.invoiceId),
    check("draft_bills_amount", sql`${t.announcedMinor} > 0`),
  ],
);
