import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { bytea, createdAt, currencyCode, day, instant, minor, primaryId } from "../columns.ts";
import { accounts } from "./accounts.ts";
import { logins } from "./auth.ts";

export const actionKind = pgEnum("action_kind", [
  "issue_invoice",
  "void_invoice",
  "credit_note",
  "goodwill_credit",
  "waiver",
  "late_fee",
  "payment",
  "recorded_payment",
  "payment_request",
  "refund",
  "return",
  "chargeback",
  "apply_credit",
  "unapply_credit",
  "write_off",
  "provisional_credit",
  "resolve_dispute",
  "processor_fee",
  "payout",
  "import",
  "deposit",
  "scheduled_payment",
  "plan_offer",
  "plan",
  "promise",
]);
export type ActionKind = (typeof actionKind.enumValues)[number];

export const actionState = pgEnum("action_state", [
  "pending_approval",
  "accepted",
  "in_progress",
  "done",
  "refused",
  "failed",
  "reversed",
]);
export type ActionState = (typeof actionState.enumValues)[number];

/** Everything a person or a job does about money, before any journal. Its id is on cards and on journals. */
export const moneyActions = pgTable(
  "money_actions",
  {
    id: primaryId(),
    kind: actionKind("kind").notNull(),
    state: actionState("state").notNull(),
    accountId: uuid("account_id").references(() => accounts.id),
    amountMinor: minor("amount_minor").notNull(),
    currency: currencyCode().notNull(),
    reason: text("reason"),
    makerLoginId: uuid("maker_login_id").references(() => logins.id),
    approverLoginId: uuid("approver_login_id").references(() => logins.id),
    conversationId: uuid("conversation_id"),
    /** What a card shows without asking other domains: bill numbers, amounts before and after. No processor ids. */
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
    idempotencyKey: text("idempotency_key").notNull().unique(),
    /** SHA-256 of the canonical input: the same key with another input is refused. */
    inputHash: bytea("input_hash").notNull(),
    /** The business day and time of the decision: daily limits count by it. */
    occurredOn: day("occurred_on").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("money_actions_account").on(t.accountId, t.id),
    index("money_actions_maker_day")
      .on(t.makerLoginId, t.occurredOn)
      .where(sql`${t.makerLoginId} is not null`),
    check(
      "money_actions_approver_is_not_maker",
      sql`${t.approverLoginId} is null or ${t.approverLoginId} is distinct from ${t.makerLoginId}`,
    ),
  ],
);

export const ledgerAccountKind = pgEnum("ledger_account_kind", [
  "receivable",
  "unapplied",
  "clearing",
  "payouts_in_transit",
  "bank",
  "undeposited",
  "imported",
  "revenue",
  "tax_payable",
  "late_fee_income",
  "convenience_fee_income",
  "allowance_goodwill",
  "allowance_service_issue",
  "allowance_billing_error",
  "allowance_hardship",
  "allowance_late_fee",
  "allowance_provisional",
  "bad_debt",
  "processor_fees",
  "chargeback_losses",
]);
export type LedgerAccountKind = (typeof ledgerAccountKind.enumValues)[number];

/** Customer side: a running balance with floor 0, counted in the account's normal side. Platform side: none here. */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    kind: ledgerAccountKind("kind").notNull(),
    accountId: uuid("account_id").references(() => accounts.id),
    currency: currencyCode().notNull(),
    balanceMinor: minor("balance_minor"),
    version: bigint("version", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    unique("ledger_accounts_owner").on(t.accountId, t.kind, t.currency).nullsNotDistinct(),
    check("ledger_accounts_sides", sql`(${t.accountId} is not null) = (${t.kind} in ('receivable', 'unapplied'))`),
    check("ledger_accounts_balance_kept", sql`(${t.accountId} is not null) = (${t.balanceMinor} is not null)`),
    check("ledger_accounts_floor", sql`${t.balanceMinor} >= 0`),
  ],
);

export const journalKind = pgEnum("journal_kind", [
  "invoice_issued",
  "invoice_voided",
  "credit_note",
  "goodwill_credit",
  "waiver",
  "late_fee",
  "payment_settled",
  "recorded_payment",
  "imported_payment",
  "imported_credit_note_paid",
  "processor_fee",
  "credit_applied",
  "credit_unapplied",
  "payment_returned",
  "chargeback_opened",
  "chargeback_fee",
  "chargeback_won",
  "chargeback_fee_returned",
  "chargeback_lost",
  "write_off",
  "write_off_recovered",
  "provisional_credit",
  "provisional_confirmed",
  "provisional_reversed",
  "refund",
  "refund_reopened",
  "refund_failed",
  "payment_bounced",
  "deposit",
  "payout_created",
  "payout_arrived",
  "payout_failed",
  "payout_failed_after_arriving",
]);
export type JournalKind = (typeof journalKind.enumValues)[number];

/** Append-only. `number` orders the books of one account (given under its lock); `id` is what people see. */
export const journals = pgTable(
  "journals",
  {
    number: bigint("number", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    id: uuid("id").notNull().unique(),
    actionId: uuid("action_id")
      .notNull()
      .references(() => moneyActions.id),
    kind: journalKind("kind").notNull(),
    occurredOn: day("occurred_on").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
    /** The processor's object this journal tells of (ch_…, du_…, txn_…): one journal per object and kind. */
    source: text("source"),
  },
  (t) => [
    uniqueIndex("journals_action_kind").on(t.actionId, t.kind),
    uniqueIndex("journals_source_kind")
      .on(t.source, t.kind)
      .where(sql`${t.source} is not null`),
  ],
);

/** Append-only. Debit positive, credit negative; each journal sums to zero per currency. */
export const entries = pgTable(
  "entries",
  {
    journalNumber: bigint("journal_number", { mode: "bigint" })
      .notNull()
      .references(() => journals.number),
    ledgerAccountId: integer("ledger_account_id")
      .notNull()
      .references(() => ledgerAccounts.id),
    line: smallint("line").notNull(),
    amountMinor: minor("amount_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.journalNumber, t.line] }),
    index("entries_ledger_account").on(t.ledgerAccountId, t.journalNumber),
    check("entries_not_zero", sql`${t.amountMinor} <> 0`),
  ],
);

/** The sum of a platform account's entries up to a journal number that no open transaction can still undercut. */
export const ledgerRollups = pgTable("ledger_rollups", {
  ledgerAccountId: integer("ledger_account_id")
    .primaryKey()
    .references(() => ledgerAccounts.id),
  upToNumber: bigint("up_to_number", { mode: "bigint" }).notNull(),
  sumMinor: minor("sum_minor").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
