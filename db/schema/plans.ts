import { sql } from "drizzle-orm";
import {
  boolean,
  type AnyPgColumn,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { drafts } from "./autopay.ts";
import { invoices } from "./invoices.ts";
import { moneyActions } from "./ledger.ts";
import { paymentMethods } from "./payments.ts";

export const planState = pgEnum("plan_state", [
  "proposed",
  "offered",
  "active",
  "completed",
  "broken",
  "cancelled",
  "declined",
  "expired",
]);
export type PlanState = (typeof planState.enumValues)[number];
export const planEvery = pgEnum("plan_every", ["week", "two_weeks", "month"]);
export type PlanEvery = (typeof planEvery.enumValues)[number];

/** What is owed on some bills, in parts. Terms never change: another wish is another plan that counters this one. */
export const plans = pgTable(
  "plans",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    actionId: uuid("action_id")
      .notNull()
      .references(() => moneyActions.id),
    conversationId: uuid("conversation_id"),
    countersId: uuid("counters_id").references((): AnyPgColumn => plans.id),
    state: planState("state").notNull(),
    currency: currencyCode().notNull(),
    totalMinor: minor("total_minor").notNull(),
    downMinor: minor("down_minor").notNull(),
    instalments: integer("instalments").notNull(),
    every: planEvery("every").notNull(),
    firstOn: day("first_on").notNull(),
    /** The rules it was made under: a later policy does not change them. */
    graceDays: integer("grace_days").notNull(),
    missedAllowed: integer("missed_allowed").notNull(),
    /** Whoever wrote the terms, and until when they stand. */
    madeBy: uuid("made_by").references(() => logins.id),
    expiresOn: day("expires_on").notNull(),
    paymentMethodId: uuid("payment_method_id").references(() => paymentMethods.id),
    /** The mandate as it was shown, when, by whom and from where it was accepted. */
    mandateText: text("mandate_text"),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by").references(() => logins.id),
    acceptedIp: text("accepted_ip"),
    decidedBy: uuid("decided_by").references(() => logins.id),
    startedOn: day("started_on"),
    endedOn: day("ended_on"),
    endReason: text("end_reason"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("plans_account").on(t.accountId, t.id),
    index("plans_live")
      .on(t.state, t.expiresOn)
      .where(sql`state in ('proposed', 'offered', 'active')`),
    uniqueIndex("plans_action").on(t.actionId),
    check("plans_amounts", sql`${t.totalMinor} > 0 and ${t.downMinor} >= 0 and ${t.downMinor} < ${t.totalMinor}`),
    check("plans_instalments", sql`${t.instalments} between 1 and 120`),
    check(
      "plans_active_has_mandate",
      sql`${t.state} not in ('active', 'completed', 'broken')
        or (${t.mandateText} is not null and ${t.acceptedAt} is not null and ${t.startedOn} is not null)`,
    ),
  ],
);

export const planBills = pgTable(
  "plan_bills",
  {
    planId: uuid("plan_id")
      .notNull()
      .references(() => plans.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    position: integer("position").notNull(),
    /** What the plan covers of the bill. */
    plannedMinor: minor("planned_minor").notNull(),
    /** What was paid of it before the plan began. */
    paidBeforeMinor: minor("paid_before_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.invoiceId] }),
    index("plan_bills_invoice").on(t.invoiceId),
    check("plan_bills_amount", sql`${t.plannedMinor} > 0`),
  ],
);

export const instalmentState = pgEnum("instalment_state", [
  "scheduled",
  "announced",
  "processing",
  "paid",
  "missed",
  "moved",
  "cancelled",
]);
export type InstalmentState = (typeof instalmentState.enumValues)[number];

/** Position 0 is the down payment. */
export const planInstalments = pgTable(
  "plan_instalments",
  {
    planId: uuid("plan_id")
      .notNull()
      .references(() => plans.id),
    position: integer("position").notNull(),
    dueOn: day("due_on").notNull(),
    /** What was agreed. */
    amountMinor: minor("amount_minor").notNull(),
    /** What is left of it to pay, after everything that happened. */
    dueMinor: minor("due_minor").notNull(),
    state: instalmentState("state").notNull(),
    missedOn: day("missed_on"),
    /** Missed and allowed: the last instalment takes it. */
    moved: boolean("moved").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.position] }),
    check("plan_instalments_amount", sql`${t.amountMinor} > 0 and ${t.dueMinor} >= 0`),
  ],
);

/** Which drafts were made for which instalment. */
export const planDrafts = pgTable(
  "plan_drafts",
  {
    draftId: uuid("draft_id")
      .primaryKey()
      .references(() => drafts.id),
    planId: uuid("plan_id")
      .notNull()
      .references(() => plans.id),
    position: integer("position").notNull(),
  },
  (t) => [index("plan_drafts_plan").on(t.planId)],
);

export const promiseState = pgEnum("promise_state", ["open", "kept", "broken", "replaced"]);
export type PromiseState = (typeof promiseState.enumValues)[number];

/** A date by which somebody said they will pay; reminders wait for it. */
export const promises = pgTable(
  "promises",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    actionId: uuid("action_id")
      .notNull()
      .references(() => moneyActions.id),
    state: promiseState("state").notNull(),
    promisedOn: day("promised_on").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    madeBy: uuid("made_by").references(() => logins.id),
    madeAt: instant("made_at").notNull(),
    note: text("note"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("promises_one_open")
      .on(t.accountId)
      .where(sql`state = 'open'`),
    index("promises_account").on(t.accountId, t.id),
    check("promises_amount", sql`${t.amountMinor} > 0`),
  ],
);
