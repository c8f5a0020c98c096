import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  numeric,
  pgEnum,
  pgSequence,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { journals, moneyActions } from "./ledger.ts";

export const invoiceNumbers = pgSequence("invoice_numbers", { startWith: 10001 });

export const invoiceKind = pgEnum("invoice_kind", ["bill", "late_fee"]);
export const invoiceStatus = pgEnum("invoice_status", ["issued", "voided"]);

/** A bill. open = total − paid − credited − written off, never below 0; held claims stand inside open. */
export const invoices = pgTable(
  "invoices",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    number: text("number").notNull(),
    kind: invoiceKind("kind").notNull().default("bill"),
    parentId: uuid("parent_id"),
    status: invoiceStatus("status").notNull().default("issued"),
    actionId: uuid("action_id")
      .notNull()
      .references(() => moneyActions.id),
    issuedOn: day("issued_on").notNull(),
    dueOn: day("due_on").notNull(),
    currency: currencyCode().notNull(),
    totalMinor: minor("total_minor").notNull(),
    taxMinor: minor("tax_minor")
      .notNull()
      .default(sql`0`),
    paidMinor: minor("paid_minor")
      .notNull()
      .default(sql`0`),
    creditedMinor: minor("credited_minor")
      .notNull()
      .default(sql`0`),
    writtenOffMinor: minor("written_off_minor")
      .notNull()
      .default(sql`0`),
    openMinor: minor("open_minor")
      .notNull()
      .generatedAlwaysAs(sql`total_minor - paid_minor - credited_minor - written_off_minor`),
    heldMinor: minor("held_minor")
      .notNull()
      .default(sql`0`),
    /** Of a late fee: how much of its parent it was charged on. Null for those of before this was kept. */
    feeOnMinor: minor("fee_on_minor"),
    memo: text("memo"),
    imported: boolean("imported").notNull().default(false),
    /** The day nothing was left open, cleared when it is owed again. */
    settledOn: day("settled_on"),
    sentAt: instant("sent_at"),
    viewedAt: instant("viewed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("invoices_account_number").on(t.accountId, t.number),
    index("invoices_number").on(t.number),
    index("invoices_account_issued").on(t.accountId, t.issuedOn.desc(), t.id.desc()),
    index("invoices_open")
      .on(t.accountId, t.dueOn, t.id)
      .where(sql`open_minor > 0`),
    index("invoices_due")
      .on(t.dueOn)
      .where(sql`open_minor > 0`),
    check("invoices_total", sql`${t.totalMinor} >= 0 and ${t.taxMinor} between 0 and ${t.totalMinor}`),
    check("invoices_parts", sql`${t.paidMinor} >= 0 and ${t.creditedMinor} >= 0 and ${t.writtenOffMinor} >= 0`),
    check(
      "invoices_open_floor",
      sql`${t.totalMinor} - ${t.paidMinor} - ${t.creditedMinor} - ${t.writtenOffMinor} >= 0`,
    ),
    check(
      "invoices_held_within_open",
      sql`${t.heldMinor} between 0 and ${t.totalMinor} - ${t.paidMinor} - ${t.creditedMinor} - ${t.writtenOffMinor}`,
    ),
    check("invoices_number_filled", sql`btrim(${t.number}) <> ''`),
  ],
);

/** A line is rounded once, half away from zero; tax is stored per line. credited never exceeds amount + tax. */
export const invoiceLines = pgTable(
  "invoice_lines",
  {
    id: primaryId(),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    position: integer("position").notNull(),
    description: text("description").notNull(),
    /** "Why this?" in plain words. */
    explanation: text("explanation"),
    quantity: numeric("quantity").notNull().default("1"),
    unit: text("unit"),
    unitPrice: numeric("unit_price").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    taxMinor: minor("tax_minor")
      .notNull()
      .default(sql`0`),
    /** Of amount and tax together, what credit notes already took back. */
    creditedMinor: minor("credited_minor")
      .notNull()
      .default(sql`0`),
  },
  (t) => [
    unique("invoice_lines_position").on(t.invoiceId, t.position),
    check(
      "invoice_lines_credited",
      sql`${t.creditedMinor} >= 0 and ${t.creditedMinor} <= greatest(${t.amountMinor} + ${t.taxMinor}, 0)`,
    ),
  ],
);

export const openCreditKind = pgEnum("open_credit_kind", ["payment", "credit_note", "goodwill"]);

/** What is left of a payment, a credit note or a goodwill credit on no bill. Used oldest first, its source named. */
export const openCredits = pgTable(
  "open_credits",
  {
    id: primaryId(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    kind: openCreditKind("kind").notNull(),
    /** The payment or the credit it came from. */
    sourceId: uuid("source_id").notNull(),
    currency: currencyCode().notNull(),
    /** All that ever came in from that source; grows when a bill it paid is credited. */
    amountMinor: minor("amount_minor").notNull(),
    leftMinor: minor("left_minor").notNull(),
    occurredOn: day("occurred_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("open_credits_source").on(t.kind, t.sourceId),
    index("open_credits_left")
      .on(t.accountId, t.occurredOn, t.id)
      .where(sql`left_minor > 0`),
    check("open_credits_left_floor", sql`${t.leftMinor} between 0 and ${t.amountMinor}`),
  ],
);

export const allocationEffect = pgEnum("allocation_effect", ["paid", "credited", "written_off"]);

/** Append-only: every movement on a bill, negative when it is taken off again, with the journal that moved it. */
export const allocations = pgTable(
  "allocations",
  {
    id: primaryId(),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    accountId: uuid("account_id").notNull(),
    effect: allocationEffect("effect").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    paymentId: uuid("payment_id"),
    creditId: uuid("credit_id"),
    openCreditId: uuid("open_credit_id").references(() => openCredits.id),
    journalNumber: bigint("journal_number", { mode: "bigint" })
      .notNull()
      .references(() => journals.number),
    occurredOn: day("occurred_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("allocations_invoice").on(t.invoiceId, t.id),
    index("allocations_payment")
      .on(t.paymentId)
      .where(sql`payment_id is not null`),
    index("allocations_open_credit")
      .on(t.openCreditId)
      .where(sql`open_credit_id is not null`),
    index("allocations_journal").on(t.journalNumber),
    check("allocations_not_zero", sql`${t.amountMinor} <> 0`),
  ],
);

export const claimKind = pgEnum("claim_kind", ["in_flight", "chargeback", "dispute", "plan", "scheduled"]);
export type ClaimKind = (typeof claimKind.enumValues)[number];

/** An amount of a bill that something else has spoken for. `held` is recomputed with every change to open or claims. */
export const claims = pgTable(
  "claims",
  {
    id: primaryId(),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    accountId: uuid("account_id").notNull(),
    kind: claimKind("kind").notNull(),
    /** The payment, dispute, chargeback, plan or date that claims it. */
    sourceId: uuid("source_id").notNull(),
    wantedMinor: minor("wanted_minor").notNull(),
    heldMinor: minor("held_minor").notNull(),
    releasedAt: instant("released_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("claims_source").on(t.invoiceId, t.kind, t.sourceId),
    index("claims_live")
      .on(t.invoiceId)
      .where(sql`released_at is null`),
    index("claims_by_source").on(t.kind, t.sourceId),
    check("claims_held", sql`${t.heldMinor} between 0 and ${t.wantedMinor}`),
    check("claims_released_holds_nothing", sql`${t.releasedAt} is null or ${t.heldMinor} = 0`),
  ],
);

/** Append-only: how `held` moved and on which day, so that aging can be told as of any day. */
export const claimChanges = pgTable(
  "claim_changes",
  {
    id: primaryId(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claims.id),
    invoiceId: uuid("invoice_id").notNull(),
    kind: claimKind("kind").notNull(),
    heldDeltaMinor: minor("held_delta_minor").notNull(),
    occurredOn: day("occurred_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("claim_changes_invoice").on(t.invoiceId, t.occurredOn)],
);

/** Append-only: what a bill went through, as people read it. */
export const invoiceEvents = pgTable(
  "invoice_events",
  {
    id: primaryId(),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    kind: text("kind")
      .$type<
        | "issued"
        | "sent"
        | "viewed"
        | "paid"
        | "credited"
        | "uncredited"
        | "unpaid"
        | "written_off"
        | "disputed"
        | "dispute_settled"
        | "payment_started"
        | "payment_failed"
        | "voided"
        | "refunded"
      >()
      .notNull(),
    amountMinor: minor("amount_minor"),
    reference: text("reference"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("invoice_events_invoice").on(t.invoiceId, t.occurredAt)],
);
