import { sql } from "drizzle-orm";
import {
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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";
import { deposits } from "./bank.ts";
import { invoices } from "./invoices.ts";
import { moneyActions } from "./ledger.ts";
import { payLinks } from "./pay-links.ts";

export const methodKind = pgEnum("method_kind", ["card", "bank_debit", "check", "cash", "transfer", "imported"]);
export type MethodKind = (typeof methodKind.enumValues)[number];

/** The customer object that the processor keeps for an account. */
export const processorCustomers = pgTable("processor_customers", {
  accountId: uuid("account_id")
    .primaryKey()
    .references(() => accounts.id),
  processorId: text("processor_id").notNull().unique(),
  createdAt: createdAt(),
});

/** A saved card or bank account: what a person needs to recognise it, never its number. */
export const paymentMethods = pgTable(
  "payment_methods",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    processorId: text("processor_id").notNull(),
    kind: methodKind("kind").notNull(),
    brand: text("brand"),
    last4: text("last4").notNull(),
    expMonth: integer("exp_month"),
    expYear: integer("exp_year"),
    bankName: text("bank_name"),
    mandateId: text("mandate_id"),
    isDefault: boolean("is_default").notNull().default(false),
    savedBy: uuid("saved_by").references(() => logins.id),
    removedAt: instant("removed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("payment_methods_live")
      .on(t.accountId, t.processorId)
      .where(sql`removed_at is null`),
    uniqueIndex("payment_methods_one_default")
      .on(t.accountId)
      .where(sql`is_default and removed_at is null`),
  ],
);

export const retryAdvice = pgEnum("retry_advice", ["try_again_later", "do_not_try_again", "confirm_card_data"]);
export const paymentState = pgEnum("payment_state", [
  "requested",
  "requires_action",
  "processing",
  "settled",
  "failed",
  "canceled",
]);
export type PaymentState = (typeof paymentState.enumValues)[number];

/** One attempt = one row = one intent. Refunded, returned and charged back are amounts, not states. */
export const payments = pgTable(
  "payments",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    state: paymentState("state").notNull(),
    kind: methodKind("kind").notNull(),
    currency: currencyCode().notNull(),
    amountMinor: minor("amount_minor").notNull(),
    /** Convenience fee, charged on top and outside every bill. */
    feeMinor: minor("fee_minor")
      .notNull()
      .default(sql`0`),
    capturedMinor: minor("captured_minor")
      .notNull()
      .default(sql`0`),
    refundedMinor: minor("refunded_minor")
      .notNull()
      .default(sql`0`),
    returnedMinor: minor("returned_minor")
      .notNull()
      .default(sql`0`),
    chargedBackMinor: minor("charged_back_minor")
      .notNull()
      .default(sql`0`),
    paymentMethodId: uuid("payment_method_id").references(() => paymentMethods.id),
    saveMethod: boolean("save_method").notNull().default(false),
    /** How the money was brought, as people recognise it: "Visa ··4242", "check 1042". */
    methodLabel: text("method_label"),
    confirmationToken: text("confirmation_token"),
    intentId: text("intent_id").unique(),
    chargeId: text("charge_id").unique(),
    failureCode: text("failure_code"),
    declineCode: text("decline_code"),
    /** What the card's network says about trying again; a draft keeps to it. */
    retryAdvice: retryAdvice("retry_advice"),
    /** Why less was paid than was asked for: a word of the catalogue, and the payer's own. */
    shortReason: text("short_reason"),
    shortNote: text("short_note"),
    madeBy: uuid("made_by").references(() => logins.id),
    /** The draft that takes it by itself, nobody standing at the form. Drafts stand above payments: no reference. */
    draftId: uuid("draft_id"),
    /** Made without an account, through this link. */
    payLinkId: uuid("pay_link_id").references(() => payLinks.id),
    conversationId: uuid("conversation_id"),
    expectedOn: day("expected_on"),
    requestedAt: instant("requested_at").notNull(),
    /** When the sweep last asked the processor about it. */
    askedAt: instant("asked_at"),
    settledAt: instant("settled_at"),
    settledOn: day("settled_on"),
    /** A check or cash that was brought to the bank. */
    depositId: uuid("deposit_id").references(() => deposits.id),
    /** A check that the bank sent back, by its money action. */
    bouncedOn: day("bounced_on"),
    bounceActionId: uuid("bounce_action_id").references(() => moneyActions.id),
    createdAt: createdAt(),
  },
  (t) => [
    index("payments_account").on(t.accountId, t.id),
    index("payments_draft")
      .on(t.draftId)
      .where(sql`draft_id is not null`),
    index("payments_in_flight")
      .on(t.state, t.requestedAt)
      .where(sql`state in ('requested', 'requires_action', 'processing')`),
    check("payments_amount", sql`${t.amountMinor} > 0 and ${t.feeMinor} >= 0`),
    // What we start is bounded where it grows (trigger payments_refund_bound); a return after it is a fact.
    check("payments_refund_floor", sql`${t.refundedMinor} between 0 and ${t.capturedMinor}`),
    index("payments_undeposited")
      .on(t.settledOn)
      .where(sql`state = 'settled' and kind in ('check', 'cash') and deposit_id is null and bounced_on is null`),
    check("payments_settled_has_day", sql`(${t.state} = 'settled') = (${t.settledAt} is not null)`),
  ],
);

export const setupState = pgEnum("setup_state", ["requested", "requires_action", "done", "failed", "canceled"]);
export type SetupState = (typeof setupState.enumValues)[number];

/** A card or bank account being saved without a payment: one row = one setup intent at the processor. */
export const methodSetups = pgTable(
  "method_setups",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    state: setupState("state").notNull(),
    confirmationToken: text("confirmation_token").notNull(),
    intentId: text("intent_id").unique(),
    kind: methodKind("kind"),
    failureCode: text("failure_code"),
    makeDefault: boolean("make_default").notNull().default(false),
    methodId: uuid("method_id").references(() => paymentMethods.id),
    madeBy: uuid("made_by").references(() => logins.id),
    idempotencyKey: text("idempotency_key").notNull().unique(),
    requestedAt: instant("requested_at").notNull(),
    askedAt: instant("asked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("method_setups_account").on(t.accountId, t.id),
    index("method_setups_open")
      .on(t.state, t.requestedAt)
      .where(sql`state in ('requested', 'requires_action')`),
  ],
);

/** What the payer chose: bills in order, with amounts; the rest of the payment becomes open credit. */
export const paymentBills = pgTable(
  "payment_bills",
  {
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    position: integer("position").notNull(),
    amountMinor: minor("amount_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paymentId, t.invoiceId] }),
    unique("payment_bills_position").on(t.paymentId, t.position),
    check("payment_bills_amount", sql`${t.amountMinor} > 0`),
  ],
);

export const chargebackKind = pgEnum("chargeback_kind", ["chargeback", "return"]);
export const chargebackState = pgEnum("chargeback_state", [
  "inquiry",
  "opened",
  "evidence_due",
  "submitted",
  "won",
  "lost",
  "accepted",
]);

/** The network's dispute, or a bank debit that came back after settling. What the processor tells is a fact. */
export const chargebacks = pgTable(
  "chargebacks",
  {
    id: primaryId(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    accountId: uuid("account_id").notNull(),
    actionId: uuid("action_id")
      .notNull()
      .unique()
      .references(() => moneyActions.id),
    processorId: text("processor_id").notNull().unique(),
    kind: chargebackKind("kind").notNull(),
    state: chargebackState("state").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    reason: text("reason"),
    evidenceDueAt: instant("evidence_due_at"),
    /** How opening it was split, so that winning can mirror it line by line. */
    split: jsonb("split").$type<Record<string, unknown>>().notNull().default({}),
    openedOn: day("opened_on").notNull(),
    closedOn: day("closed_on"),
    createdAt: createdAt(),
  },
  (t) => [index("chargebacks_payment").on(t.paymentId)],
);

/** The webhook inbox: stored before it is answered, handled by a job, parked and listed when unknown. */
export const processorEvents = pgTable(
  "processor_events",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    objectId: text("object_id"),
    payload: jsonb("payload").notNull(),
    eventCreatedAt: instant("event_created_at").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    processedAt: instant("processed_at"),
    attempts: integer("attempts").notNull().default(0),
    parkedAt: instant("parked_at"),
    parkedReason: text("parked_reason"),
  },
  (t) => [
    index("processor_events_waiting")
      .on(t.receivedAt)
      .where(sql`processed_at is null and parked_at is null`),
    index("processor_events_parked")
      .on(t.parkedAt)
      .where(sql`parked_at is not null`),
  ],
);
