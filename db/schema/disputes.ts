import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";

import { createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { credits } from "./adjustments.ts";
import { logins } from "./auth.ts";
import { policyVersions } from "./business.ts";
import { files } from "./files.ts";
import { invoiceLines, invoices } from "./invoices.ts";
import { payments } from "./payments.ts";

export const disputeNumbers = pgSequence("dispute_numbers", { startWith: 1001 });

export const disputeState = pgEnum("dispute_state", [
  "open",
  "acknowledged",
  "investigating",
  "waiting_on_customer",
  "resolved_for_customer",
  "resolved_partially",
  "denied",
  "appealed",
  "withdrawn",
  "closed",
  "reopened",
]);
export type DisputeState = (typeof disputeState.enumValues)[number];

export const disputeReason = pgEnum("dispute_reason", [
  "charged_twice",
  "wrong_amount",
  "not_received",
  "not_mine",
  "quality",
  "already_paid",
  "canceled",
  "other",
  "imported",
]);
export type DisputeReason = (typeof disputeReason.enumValues)[number];

/** A customer's case about an amount of a bill, or about a payment or a credit. Its claim keeps it out of what is asked for. */
export const disputes = pgTable(
  "disputes",
  {
    id: primaryId(),
    number: text("number").notNull().unique(),
    /** Given by the form: sending it twice files one dispute. */
    clientKey: text("client_key").notNull().unique(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    invoiceId: uuid("invoice_id").references(() => invoices.id),
    invoiceLineId: uuid("invoice_line_id").references(() => invoiceLines.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    creditId: uuid("credit_id").references(() => credits.id),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    reason: disputeReason("reason").notNull(),
    description: text("description").notNull(),
    state: disputeState("state").notNull(),
    filedBy: uuid("filed_by").references(() => logins.id),
    ownerLoginId: uuid("owner_login_id").references(() => logins.id),
    /** Its case: the conversation about this dispute. */
    conversationId: uuid("conversation_id"),
    policyVersionId: uuid("policy_version_id").references(() => policyVersions.id),
    /** Null for imported ones: they have no policy clock. */
    acknowledgeBy: day("acknowledge_by"),
    resolveBy: day("resolve_by"),
    openedOn: day("opened_on").notNull(),
    openedAt: instant("opened_at").notNull(),
    acknowledgedAt: instant("acknowledged_at"),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => logins.id),
    /** What the decision gave the customer. */
    grantedMinor: minor("granted_minor"),
    decisionReason: text("decision_reason"),
    appealBy: day("appeal_by"),
    appealed: boolean("appealed").notNull().default(false),
    closedOn: day("closed_on"),
    imported: boolean("imported").notNull().default(false),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index("disputes_account").on(t.accountId, t.id),
    index("disputes_invoice").on(t.invoiceId),
    index("disputes_live").on(t.state, t.resolveBy),
    check("disputes_subject", sql`num_nonnulls(${t.invoiceId}, ${t.paymentId}, ${t.creditId}) = 1`),
    check("disputes_amount", sql`${t.amountMinor} > 0`),
    check("disputes_granted", sql`${t.grantedMinor} is null or ${t.grantedMinor} between 0 and ${t.amountMinor}`),
  ],
);

/** Append-only: the timeline of a case. */
export const disputeEvents = pgTable(
  "dispute_events",
  {
    id: primaryId(),
    disputeId: uuid("dispute_id")
      .notNull()
      .references(() => disputes.id),
    kind: text("kind").notNull(),
    fromState: disputeState("from_state"),
    toState: disputeState("to_state"),
    actorLoginId: uuid("actor_login_id").references(() => logins.id),
    note: text("note"),
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
    customerSees: boolean("customer_sees").notNull().default(true),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("dispute_events_dispute").on(t.disputeId, t.id)],
);

export const disputeFiles = pgTable(
  "dispute_files",
  {
    disputeId: uuid("dispute_id")
      .notNull()
      .references(() => disputes.id),
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
  },
  (t) => [primaryKey({ columns: [t.disputeId, t.fileId] })],
);
