CREATE TYPE "public"."account_right" AS ENUM('view', 'pay', 'manage');--> statement-breakpoint
CREATE TYPE "public"."account_status" AS ENUM('active', 'closed');--> statement-breakpoint
CREATE TYPE "public"."claim_request_state" AS ENUM('open', 'approved', 'refused');--> statement-breakpoint
CREATE TYPE "public"."delivery_kind" AS ENUM('electronic', 'paper');--> statement-breakpoint
CREATE TYPE "public"."credit_kind" AS ENUM('credit_note', 'goodwill', 'waiver', 'write_off', 'provisional');--> statement-breakpoint
CREATE TYPE "public"."credit_reason" AS ENUM('billed_wrong', 'duplicate_charge', 'service_issue', 'late_fee', 'goodwill', 'hardship', 'dispute', 'uncollectable', 'imported');--> statement-breakpoint
CREATE TYPE "public"."code_purpose" AS ENUM('sign_in', 'reset', 'claim', 'invite', 'change_email');--> statement-breakpoint
CREATE TYPE "public"."login_role" AS ENUM('customer', 'rep', 'supervisor', 'admin');--> statement-breakpoint
CREATE TYPE "public"."conversation_state" AS ENUM('waiting', 'assigned', 'snoozed', 'closed');--> statement-breakpoint
CREATE TYPE "public"."conversation_subject" AS ENUM('general', 'bill', 'payment', 'dispute');--> statement-breakpoint
CREATE TYPE "public"."message_kind" AS ENUM('text', 'note', 'card', 'event');--> statement-breakpoint
CREATE TYPE "public"."dispute_reason" AS ENUM('charged_twice', 'wrong_amount', 'not_received', 'not_mine', 'quality', 'already_paid', 'canceled', 'other', 'imported');--> statement-breakpoint
CREATE TYPE "public"."dispute_state" AS ENUM('open', 'acknowledged', 'investigating', 'waiting_on_customer', 'resolved_for_customer', 'resolved_partially', 'denied', 'appealed', 'withdrawn', 'closed', 'reopened');--> statement-breakpoint
CREATE TYPE "public"."import_state" AS ENUM('uploaded', 'checking', 'refused', 'posting', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."allocation_effect" AS ENUM('paid', 'credited', 'written_off');--> statement-breakpoint
CREATE TYPE "public"."claim_kind" AS ENUM('in_flight', 'chargeback', 'dispute', 'plan', 'scheduled');--> statement-breakpoint
CREATE TYPE "public"."invoice_kind" AS ENUM('bill', 'late_fee');--> statement-breakpoint
CREATE TYPE "public"."invoice_status" AS ENUM('issued', 'voided');--> statement-breakpoint
CREATE TYPE "public"."open_credit_kind" AS ENUM('payment', 'credit_note', 'goodwill');--> statement-breakpoint
CREATE TYPE "public"."action_kind" AS ENUM('issue_invoice', 'void_invoice', 'credit_note', 'goodwill_credit', 'waiver', 'late_fee', 'payment', 'recorded_payment', 'payment_request', 'refund', 'return', 'chargeback', 'apply_credit', 'unapply_credit', 'write_off', 'provisional_credit', 'resolve_dispute', 'processor_fee', 'payout', 'import');--> statement-breakpoint
CREATE TYPE "public"."action_state" AS ENUM('pending_approval', 'accepted', 'in_progress', 'done', 'refused', 'failed', 'reversed');--> statement-breakpoint
CREATE TYPE "public"."journal_kind" AS ENUM('invoice_issued', 'invoice_voided', 'credit_note', 'goodwill_credit', 'waiver', 'late_fee', 'payment_settled', 'recorded_payment', 'imported_payment', 'imported_credit_note_paid', 'processor_fee', 'credit_applied', 'credit_unapplied', 'payment_returned', 'chargeback_opened', 'chargeback_fee', 'chargeback_won', 'chargeback_fee_returned', 'chargeback_lost', 'write_off', 'write_off_recovered', 'provisional_credit', 'provisional_confirmed', 'provisional_reversed');--> statement-breakpoint
CREATE TYPE "public"."ledger_account_kind" AS ENUM('receivable', 'unapplied', 'clearing', 'payouts_in_transit', 'bank', 'undeposited', 'imported', 'revenue', 'tax_payable', 'late_fee_income', 'convenience_fee_income', 'allowance_goodwill', 'allowance_service_issue', 'allowance_billing_error', 'allowance_hardship', 'allowance_late_fee', 'allowance_provisional', 'bad_debt', 'processor_fees', 'chargeback_losses');--> statement-breakpoint
CREATE TYPE "public"."chargeback_kind" AS ENUM('chargeback', 'return');--> statement-breakpoint
CREATE TYPE "public"."chargeback_state" AS ENUM('inquiry', 'opened', 'evidence_due', 'submitted', 'won', 'lost', 'accepted');--> statement-breakpoint
CREATE TYPE "public"."method_kind" AS ENUM('card', 'bank_debit', 'check', 'cash', 'transfer', 'imported');--> statement-breakpoint
CREATE TYPE "public"."payment_state" AS ENUM('requested', 'requires_action', 'processing', 'settled', 'failed', 'canceled');--> statement-breakpoint
CREATE SEQUENCE "public"."conversation_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."dispute_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."invoice_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 10001 CACHE 1;--> statement-breakpoint
CREATE TABLE "account_claim_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"email" "citext" NOT NULL,
	"name" text NOT NULL,
	"state" "claim_request_state" DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_claim_requests_once" UNIQUE("account_id","email")
);
--> statement-breakpoint
CREATE TABLE "account_people" (
	"account_id" uuid NOT NULL,
	"login_id" uuid NOT NULL,
	"access_right" "account_right" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_people_account_id_login_id_pk" PRIMARY KEY("account_id","login_id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"email" "citext",
	"phone" text,
	"address" jsonb,
	"postal_code" text,
	"currency" char(3) NOT NULL,
	"zone" text NOT NULL,
	"status" "account_status" DEFAULT 'active' NOT NULL,
	"delivery" "delivery_kind" DEFAULT 'electronic' NOT NULL,
	"quarantined_at" timestamp with time zone,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_number_unique" UNIQUE("number"),
	CONSTRAINT "accounts_number_filled" CHECK (btrim("accounts"."number") <> '')
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" "citext",
	"phone" text,
	"note" text,
	"is_primary" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_lines" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"credit_id" uuid NOT NULL,
	"invoice_line_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "credit_lines_once" UNIQUE("credit_id","invoice_line_id"),
	CONSTRAINT "credit_lines_amount" CHECK ("credit_lines"."amount_minor" + "credit_lines"."tax_minor" > 0 and "credit_lines"."tax_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "credits" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"number" text NOT NULL,
	"invoice_id" uuid,
	"action_id" uuid NOT NULL,
	"kind" "credit_kind" NOT NULL,
	"reason" "credit_reason" NOT NULL,
	"memo" text,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"on_invoice_minor" bigint DEFAULT 0 NOT NULL,
	"currency" char(3) NOT NULL,
	"dispute_id" uuid,
	"maker_login_id" uuid,
	"occurred_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credits_number_unique" UNIQUE("number"),
	CONSTRAINT "credits_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "credits_amount" CHECK ("credits"."amount_minor" > 0 and "credits"."tax_minor" between 0 and "credits"."amount_minor")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_login_id" uuid,
	"actor_kind" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"account_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"conversation_id" uuid,
	"request_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"email" "citext" NOT NULL,
	"name" text NOT NULL,
	"role" "login_role" NOT NULL,
	"password_hash" text,
	"locale" text DEFAULT 'en-US' NOT NULL,
	"suspended_at" timestamp with time zone,
	"security_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_signed_in_at" timestamp with time zone,
	CONSTRAINT "logins_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "one_time_codes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"purpose" "code_purpose" NOT NULL,
	"email" "citext" NOT NULL,
	"login_id" uuid,
	"code_hash" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_time_codes_attempts" CHECK ("one_time_codes"."attempts" between 0 and 10)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"login_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"absolute_expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_agent" text,
	"ip" text
);
--> statement-breakpoint
CREATE TABLE "business" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"legal_name" text,
	"address" jsonb,
	"phone" text,
	"support_email" text,
	"zone" text NOT NULL,
	"currency" char(3) NOT NULL,
	"locale" text DEFAULT 'en-US' NOT NULL,
	"sender_name" text,
	"sender_email" text,
	"terms" text,
	"logo_file_id" uuid,
	"office_hours" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"payment_term_days" integer DEFAULT 30 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "business_single_row" CHECK ("business"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "business_clock" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"offset_ms" bigint DEFAULT 0 NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "business_clock_single_row" CHECK ("business_clock"."id" = 1),
	CONSTRAINT "business_clock_forward" CHECK ("business_clock"."offset_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"body" jsonb NOT NULL,
	"effective_on" date NOT NULL,
	"reason" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_versions_kind_version" UNIQUE("kind","version")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL,
	"account_id" uuid NOT NULL,
	"person_login_id" uuid,
	"subject" "conversation_subject" DEFAULT 'general' NOT NULL,
	"subject_id" uuid,
	"title" text NOT NULL,
	"state" "conversation_state" DEFAULT 'waiting' NOT NULL,
	"assignee_login_id" uuid,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"last_message_at" timestamp with time zone,
	"waiting_since" timestamp with time zone,
	"first_reply_at" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_number_unique" UNIQUE("number"),
	CONSTRAINT "conversations_assigned_has_rep" CHECK ("conversations"."state" <> 'assigned' or "conversations"."assignee_login_id" is not null),
	CONSTRAINT "conversations_subject_named" CHECK (("conversations"."subject" = 'general') = ("conversations"."subject_id" is null))
);
--> statement-breakpoint
CREATE TABLE "message_files" (
	"message_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "message_files_message_id_file_id_pk" PRIMARY KEY("message_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "message_reads" (
	"conversation_id" uuid NOT NULL,
	"login_id" uuid NOT NULL,
	"last_read_seq" integer DEFAULT 0 NOT NULL,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_reads_conversation_id_login_id_pk" PRIMARY KEY("conversation_id","login_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" "message_kind" NOT NULL,
	"sender_login_id" uuid,
	"sender_role" text NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"action_id" uuid,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_seq" UNIQUE("conversation_id","seq"),
	CONSTRAINT "messages_client_id" UNIQUE("conversation_id","client_id"),
	CONSTRAINT "messages_card_has_action" CHECK (("messages"."kind" = 'card') = ("messages"."action_id" is not null)),
	CONSTRAINT "messages_length" CHECK (length("messages"."body") <= 10000)
);
--> statement-breakpoint
CREATE TABLE "dispute_events" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"dispute_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_state" "dispute_state",
	"to_state" "dispute_state",
	"actor_login_id" uuid,
	"note" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"customer_sees" boolean DEFAULT true NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dispute_files" (
	"dispute_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "dispute_files_dispute_id_file_id_pk" PRIMARY KEY("dispute_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL,
	"account_id" uuid NOT NULL,
	"invoice_id" uuid,
	"invoice_line_id" uuid,
	"payment_id" uuid,
	"credit_id" uuid,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"reason" "dispute_reason" NOT NULL,
	"description" text NOT NULL,
	"state" "dispute_state" NOT NULL,
	"filed_by" uuid,
	"owner_login_id" uuid,
	"conversation_id" uuid,
	"policy_version_id" uuid,
	"acknowledge_by" date,
	"resolve_by" date,
	"opened_on" date NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"granted_minor" bigint,
	"decision_reason" text,
	"appeal_by" date,
	"appealed" boolean DEFAULT false NOT NULL,
	"closed_on" date,
	"imported" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "disputes_number_unique" UNIQUE("number"),
	CONSTRAINT "disputes_subject" CHECK (num_nonnulls("disputes"."invoice_id", "disputes"."payment_id", "disputes"."credit_id") = 1),
	CONSTRAINT "disputes_amount" CHECK ("disputes"."amount_minor" > 0),
	CONSTRAINT "disputes_granted" CHECK ("disputes"."granted_minor" is null or "disputes"."granted_minor" between 0 and "disputes"."amount_minor")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid,
	"uploaded_by" uuid,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"byte_size" integer NOT NULL,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "files_storage_key_unique" UNIQUE("storage_key")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"run_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"account_number" text NOT NULL,
	"invoice_number" text NOT NULL,
	"fields" jsonb NOT NULL,
	"problem" text,
	CONSTRAINT "import_rows_run_id_line_pk" PRIMARY KEY("run_id","line")
);
--> statement-breakpoint
CREATE TABLE "import_runs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"file_name" text NOT NULL,
	"storage_key" text,
	"map" jsonb NOT NULL,
	"as_of" date,
	"skip_bad" integer DEFAULT 0 NOT NULL,
	"state" "import_state" NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"posted" integer DEFAULT 0 NOT NULL,
	"result" jsonb,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "allocations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"effect" "allocation_effect" NOT NULL,
	"amount_minor" bigint NOT NULL,
	"payment_id" uuid,
	"credit_id" uuid,
	"open_credit_id" uuid,
	"journal_number" bigint NOT NULL,
	"occurred_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "allocations_not_zero" CHECK ("allocations"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "claim_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"claim_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"kind" "claim_kind" NOT NULL,
	"held_delta_minor" bigint NOT NULL,
	"occurred_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" "claim_kind" NOT NULL,
	"source_id" uuid NOT NULL,
	"wanted_minor" bigint NOT NULL,
	"held_minor" bigint NOT NULL,
	"released_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "claims_source" UNIQUE("invoice_id","kind","source_id"),
	CONSTRAINT "claims_held" CHECK ("claims"."held_minor" between 0 and "claims"."wanted_minor"),
	CONSTRAINT "claims_released_holds_nothing" CHECK ("claims"."released_at" is null or "claims"."held_minor" = 0)
);
--> statement-breakpoint
CREATE TABLE "invoice_events" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint,
	"reference" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"description" text NOT NULL,
	"explanation" text,
	"quantity" numeric DEFAULT '1' NOT NULL,
	"unit" text,
	"unit_price" numeric NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"credited_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "invoice_lines_position" UNIQUE("invoice_id","position"),
	CONSTRAINT "invoice_lines_credited" CHECK ("invoice_lines"."credited_minor" >= 0 and "invoice_lines"."credited_minor" <= greatest("invoice_lines"."amount_minor" + "invoice_lines"."tax_minor", 0))
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" "invoice_kind" DEFAULT 'bill' NOT NULL,
	"parent_id" uuid,
	"status" "invoice_status" DEFAULT 'issued' NOT NULL,
	"action_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	"currency" char(3) NOT NULL,
	"total_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"paid_minor" bigint DEFAULT 0 NOT NULL,
	"credited_minor" bigint DEFAULT 0 NOT NULL,
	"written_off_minor" bigint DEFAULT 0 NOT NULL,
	"open_minor" bigint GENERATED ALWAYS AS (total_minor - paid_minor - credited_minor - written_off_minor) STORED NOT NULL,
	"held_minor" bigint DEFAULT 0 NOT NULL,
	"memo" text,
	"imported" boolean DEFAULT false NOT NULL,
	"settled_on" date,
	"sent_at" timestamp with time zone,
	"viewed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoices_account_number" UNIQUE("account_id","number"),
	CONSTRAINT "invoices_total" CHECK ("invoices"."total_minor" >= 0 and "invoices"."tax_minor" between 0 and "invoices"."total_minor"),
	CONSTRAINT "invoices_parts" CHECK ("invoices"."paid_minor" >= 0 and "invoices"."credited_minor" >= 0 and "invoices"."written_off_minor" >= 0),
	CONSTRAINT "invoices_open_floor" CHECK ("invoices"."total_minor" - "invoices"."paid_minor" - "invoices"."credited_minor" - "invoices"."written_off_minor" >= 0),
	CONSTRAINT "invoices_held_within_open" CHECK ("invoices"."held_minor" between 0 and "invoices"."total_minor" - "invoices"."paid_minor" - "invoices"."credited_minor" - "invoices"."written_off_minor"),
	CONSTRAINT "invoices_number_filled" CHECK (btrim("invoices"."number") <> '')
);
--> statement-breakpoint
CREATE TABLE "open_credits" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" "open_credit_kind" NOT NULL,
	"source_id" uuid NOT NULL,
	"currency" char(3) NOT NULL,
	"amount_minor" bigint NOT NULL,
	"left_minor" bigint NOT NULL,
	"occurred_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "open_credits_source" UNIQUE("kind","source_id"),
	CONSTRAINT "open_credits_left_floor" CHECK ("open_credits"."left_minor" between 0 and "open_credits"."amount_minor")
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"due_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duties_kind_subject_due_on_pk" PRIMARY KEY("kind","subject","due_on")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"journal_number" bigint NOT NULL,
	"ledger_account_id" integer NOT NULL,
	"line" smallint NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "entries_journal_number_line_pk" PRIMARY KEY("journal_number","line"),
	CONSTRAINT "entries_not_zero" CHECK ("entries"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "journals" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "journals_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"kind" "journal_kind" NOT NULL,
	"occurred_on" date NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source" text,
	CONSTRAINT "journals_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" "ledger_account_kind" NOT NULL,
	"account_id" uuid,
	"currency" char(3) NOT NULL,
	"balance_minor" bigint,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_accounts_owner" UNIQUE NULLS NOT DISTINCT("account_id","kind","currency"),
	CONSTRAINT "ledger_accounts_sides" CHECK (("ledger_accounts"."account_id" is not null) = ("ledger_accounts"."kind" in ('receivable', 'unapplied'))),
	CONSTRAINT "ledger_accounts_balance_kept" CHECK (("ledger_accounts"."account_id" is not null) = ("ledger_accounts"."balance_minor" is not null)),
	CONSTRAINT "ledger_accounts_floor" CHECK ("ledger_accounts"."balance_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_rollups" (
	"ledger_account_id" integer PRIMARY KEY NOT NULL,
	"up_to_number" bigint NOT NULL,
	"sum_minor" bigint NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "money_actions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" "action_kind" NOT NULL,
	"state" "action_state" NOT NULL,
	"account_id" uuid,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"reason" text,
	"maker_login_id" uuid,
	"approver_login_id" uuid,
	"conversation_id" uuid,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"occurred_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "money_actions_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "money_actions_approver_is_not_maker" CHECK ("money_actions"."approver_login_id" is null or "money_actions"."approver_login_id" is distinct from "money_actions"."maker_login_id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"plain" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"account_id" uuid,
	"dedupe_key" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mails_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "chargebacks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"payment_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"processor_id" text NOT NULL,
	"kind" chargeback_kind NOT NULL,
	"state" chargeback_state NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"reason" text,
	"evidence_due_at" timestamp with time zone,
	"split" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chargebacks_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "chargebacks_processor_id_unique" UNIQUE("processor_id")
);
--> statement-breakpoint
CREATE TABLE "payment_bills" (
	"payment_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "payment_bills_payment_id_invoice_id_pk" PRIMARY KEY("payment_id","invoice_id"),
	CONSTRAINT "payment_bills_position" UNIQUE("payment_id","position"),
	CONSTRAINT "payment_bills_amount" CHECK ("payment_bills"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_methods" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"processor_id" text NOT NULL,
	"kind" "method_kind" NOT NULL,
	"brand" text,
	"last4" text NOT NULL,
	"exp_month" integer,
	"exp_year" integer,
	"bank_name" text,
	"mandate_id" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"saved_by" uuid,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"state" "payment_state" NOT NULL,
	"kind" "method_kind" NOT NULL,
	"currency" char(3) NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"returned_minor" bigint DEFAULT 0 NOT NULL,
	"charged_back_minor" bigint DEFAULT 0 NOT NULL,
	"payment_method_id" uuid,
	"save_method" boolean DEFAULT false NOT NULL,
	"method_label" text,
	"confirmation_token" text,
	"intent_id" text,
	"charge_id" text,
	"failure_code" text,
	"decline_code" text,
	"short_reason" text,
	"made_by" uuid,
	"conversation_id" uuid,
	"expected_on" date,
	"requested_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payments_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "payments_intent_id_unique" UNIQUE("intent_id"),
	CONSTRAINT "payments_charge_id_unique" UNIQUE("charge_id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_minor" > 0 and "payments"."fee_minor" >= 0),
	CONSTRAINT "payments_refund_bound" CHECK ("payments"."refunded_minor" >= 0 and "payments"."refunded_minor" <= greatest("payments"."captured_minor" - "payments"."returned_minor", 0) or "payments"."refunded_minor" = 0),
	CONSTRAINT "payments_settled_has_day" CHECK (("payments"."state" = 'settled') = ("payments"."settled_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "processor_customers" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"processor_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "processor_customers_processor_id_unique" UNIQUE("processor_id")
);
--> statement-breakpoint
CREATE TABLE "processor_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"object_id" text,
	"payload" jsonb NOT NULL,
	"event_created_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"parked_at" timestamp with time zone,
	"parked_reason" text
);
--> statement-breakpoint
ALTER TABLE "account_claim_requests" ADD CONSTRAINT "account_claim_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_claim_requests" ADD CONSTRAINT "account_claim_requests_decided_by_logins_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_people" ADD CONSTRAINT "account_people_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_people" ADD CONSTRAINT "account_people_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_lines" ADD CONSTRAINT "credit_lines_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_lines" ADD CONSTRAINT "credit_lines_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_maker_login_id_logins_id_fk" FOREIGN KEY ("maker_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_codes" ADD CONSTRAINT "one_time_codes_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_created_by_logins_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_person_login_id_logins_id_fk" FOREIGN KEY ("person_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_login_id_logins_id_fk" FOREIGN KEY ("assignee_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_files" ADD CONSTRAINT "message_files_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_files" ADD CONSTRAINT "message_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reads" ADD CONSTRAINT "message_reads_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reads" ADD CONSTRAINT "message_reads_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_login_id_logins_id_fk" FOREIGN KEY ("sender_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_events" ADD CONSTRAINT "dispute_events_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_events" ADD CONSTRAINT "dispute_events_actor_login_id_logins_id_fk" FOREIGN KEY ("actor_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_files" ADD CONSTRAINT "dispute_files_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_files" ADD CONSTRAINT "dispute_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_invoice_line_id_invoice_lines_id_fk" FOREIGN KEY ("invoice_line_id") REFERENCES "public"."invoice_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_credit_id_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_filed_by_logins_id_fk" FOREIGN KEY ("filed_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_owner_login_id_logins_id_fk" FOREIGN KEY ("owner_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_policy_version_id_policy_versions_id_fk" FOREIGN KEY ("policy_version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_decided_by_logins_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_uploaded_by_logins_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_run_id_import_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."import_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_runs" ADD CONSTRAINT "import_runs_started_by_logins_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_open_credit_id_open_credits_id_fk" FOREIGN KEY ("open_credit_id") REFERENCES "public"."open_credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_journal_number_journals_number_fk" FOREIGN KEY ("journal_number") REFERENCES "public"."journals"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_changes" ADD CONSTRAINT "claim_changes_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_events" ADD CONSTRAINT "invoice_events_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_credits" ADD CONSTRAINT "open_credits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_journal_number_journals_number_fk" FOREIGN KEY ("journal_number") REFERENCES "public"."journals"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_ledger_account_id_ledger_accounts_id_fk" FOREIGN KEY ("ledger_account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journals" ADD CONSTRAINT "journals_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_rollups" ADD CONSTRAINT "ledger_rollups_ledger_account_id_ledger_accounts_id_fk" FOREIGN KEY ("ledger_account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_actions" ADD CONSTRAINT "money_actions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_actions" ADD CONSTRAINT "money_actions_maker_login_id_logins_id_fk" FOREIGN KEY ("maker_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_actions" ADD CONSTRAINT "money_actions_approver_login_id_logins_id_fk" FOREIGN KEY ("approver_login_id") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chargebacks" ADD CONSTRAINT "chargebacks_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chargebacks" ADD CONSTRAINT "chargebacks_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_bills" ADD CONSTRAINT "payment_bills_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_bills" ADD CONSTRAINT "payment_bills_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_saved_by_logins_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_payment_method_id_payment_methods_id_fk" FOREIGN KEY ("payment_method_id") REFERENCES "public"."payment_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "processor_customers" ADD CONSTRAINT "processor_customers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_claim_requests_state" ON "account_claim_requests" USING btree ("state");--> statement-breakpoint
CREATE INDEX "account_people_login" ON "account_people" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "accounts_search" ON "accounts" USING gin (("number" || ' ' || "name" || ' ' || coalesce("email"::text, '')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "contacts_account" ON "contacts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "credits_account" ON "credits" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "credits_invoice" ON "credits" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "audit_entries_account" ON "audit_entries" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "one_time_codes_lookup" ON "one_time_codes" USING btree ("email","purpose","created_at");--> statement-breakpoint
CREATE INDEX "sessions_login" ON "sessions" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "conversations_account" ON "conversations" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "conversations_queue" ON "conversations" USING btree ("state","waiting_since");--> statement-breakpoint
CREATE INDEX "conversations_assignee" ON "conversations" USING btree ("assignee_login_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_one_per_dispute" ON "conversations" USING btree ("subject_id") WHERE subject = 'dispute';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_one_card_per_action" ON "messages" USING btree ("conversation_id","action_id") WHERE kind = 'card';--> statement-breakpoint
CREATE INDEX "dispute_events_dispute" ON "dispute_events" USING btree ("dispute_id","id");--> statement-breakpoint
CREATE INDEX "disputes_account" ON "disputes" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "disputes_invoice" ON "disputes" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "disputes_live" ON "disputes" USING btree ("state","resolve_by");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE relayed_at is null;--> statement-breakpoint
CREATE INDEX "files_account" ON "files" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "import_rows_invoice" ON "import_rows" USING btree ("run_id","account_number","invoice_number");--> statement-breakpoint
CREATE INDEX "allocations_invoice" ON "allocations" USING btree ("invoice_id","id");--> statement-breakpoint
CREATE INDEX "allocations_payment" ON "allocations" USING btree ("payment_id") WHERE payment_id is not null;--> statement-breakpoint
CREATE INDEX "allocations_open_credit" ON "allocations" USING btree ("open_credit_id") WHERE open_credit_id is not null;--> statement-breakpoint
CREATE INDEX "allocations_journal" ON "allocations" USING btree ("journal_number");--> statement-breakpoint
CREATE INDEX "claim_changes_invoice" ON "claim_changes" USING btree ("invoice_id","occurred_on");--> statement-breakpoint
CREATE INDEX "claims_live" ON "claims" USING btree ("invoice_id") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "claims_by_source" ON "claims" USING btree ("kind","source_id");--> statement-breakpoint
CREATE INDEX "invoice_events_invoice" ON "invoice_events" USING btree ("invoice_id","occurred_at");--> statement-breakpoint
CREATE INDEX "invoices_number" ON "invoices" USING btree ("number");--> statement-breakpoint
CREATE INDEX "invoices_account_issued" ON "invoices" USING btree ("account_id","issued_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "invoices_open" ON "invoices" USING btree ("account_id","due_on","id") WHERE open_minor > 0;--> statement-breakpoint
CREATE INDEX "invoices_due" ON "invoices" USING btree ("due_on") WHERE open_minor > 0;--> statement-breakpoint
CREATE INDEX "open_credits_left" ON "open_credits" USING btree ("account_id","occurred_on","id") WHERE left_minor > 0;--> statement-breakpoint
CREATE INDEX "entries_ledger_account" ON "entries" USING btree ("ledger_account_id","journal_number");--> statement-breakpoint
CREATE UNIQUE INDEX "journals_action_kind" ON "journals" USING btree ("action_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "journals_source_kind" ON "journals" USING btree ("source","kind") WHERE "journals"."source" is not null;--> statement-breakpoint
CREATE INDEX "money_actions_account" ON "money_actions" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "money_actions_maker_day" ON "money_actions" USING btree ("maker_login_id","occurred_on") WHERE "money_actions"."maker_login_id" is not null;--> statement-breakpoint
CREATE INDEX "mails_waiting" ON "mails" USING btree ("created_at") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "chargebacks_payment" ON "chargebacks" USING btree ("payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_methods_live" ON "payment_methods" USING btree ("account_id","processor_id") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_methods_one_default" ON "payment_methods" USING btree ("account_id") WHERE is_default and removed_at is null;--> statement-breakpoint
CREATE INDEX "payments_account" ON "payments" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "payments_in_flight" ON "payments" USING btree ("state","requested_at") WHERE state in ('requested', 'requires_action', 'processing');--> statement-breakpoint
CREATE INDEX "processor_events_waiting" ON "processor_events" USING btree ("received_at") WHERE processed_at is null and parked_at is null;--> statement-breakpoint
CREATE INDEX "processor_events_parked" ON "processor_events" USING btree ("parked_at") WHERE parked_at is not null;