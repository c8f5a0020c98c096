CREATE TYPE "public"."autopay_amount" AS ENUM('full_balance', 'statement_balance', 'fixed');--> statement-breakpoint
CREATE TYPE "public"."draft_source" AS ENUM('autopay', 'plan', 'scheduled');--> statement-breakpoint
CREATE TYPE "public"."draft_state" AS ENUM('announced', 'in_flight', 'paid', 'failed', 'canceled');--> statement-breakpoint
CREATE TABLE "autopay_enrolments" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"amount_kind" "autopay_amount" NOT NULL,
	"fixed_minor" bigint,
	"days_before_due" integer NOT NULL,
	"payment_method_id" uuid NOT NULL,
	"mandate_text" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"accepted_by" uuid,
	"accepted_ip" text,
	"stopped_at" timestamp with time zone,
	"stop_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "autopay_enrolments_fixed" CHECK (("autopay_enrolments"."amount_kind" = 'fixed') = ("autopay_enrolments"."fixed_minor" is not null)),
	CONSTRAINT "autopay_enrolments_fixed_positive" CHECK ("autopay_enrolments"."fixed_minor" is null or "autopay_enrolments"."fixed_minor" > 0),
	CONSTRAINT "autopay_enrolments_days" CHECK ("autopay_enrolments"."days_before_due" between 0 and 28)
);
--> statement-breakpoint
CREATE TABLE "draft_bills" (
	"draft_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"announced_minor" bigint NOT NULL,
	CONSTRAINT "draft_bills_draft_id_invoice_id_pk" PRIMARY KEY("draft_id","invoice_id"),
	CONSTRAINT "draft_bills_amount" CHECK ("draft_bills"."announced_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"source" "draft_source" NOT NULL,
	"source_id" uuid NOT NULL,
	"action_id" uuid,
	"state" "draft_state" NOT NULL,
	"draft_on" date NOT NULL,
	"try_on" date,
	"attempts" integer DEFAULT 0 NOT NULL,
	"currency" char(3) NOT NULL,
	"announced_minor" bigint NOT NULL,
	"payment_method_id" uuid,
	"payment_id" uuid,
	"failure_code" text,
	"cancel_reason" text,
	"made_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_source_day" UNIQUE("source","source_id","draft_on"),
	CONSTRAINT "drafts_amount" CHECK ("drafts"."announced_minor" > 0),
	CONSTRAINT "drafts_attempts" CHECK ("drafts"."attempts" between 0 and 9),
	CONSTRAINT "drafts_try" CHECK (("drafts"."state" = 'announced') = ("drafts"."try_on" is not null)),
	CONSTRAINT "drafts_in_flight_has_payment" CHECK ("drafts"."state" <> 'in_flight' or "drafts"."payment_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "draft_id" uuid;--> statement-breakpoint
ALTER TABLE "autopay_enrolments" ADD CONSTRAINT "autopay_enrolments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autopay_enrolments" ADD CONSTRAINT "autopay_enrolments_payment_method_id_payment_methods_id_fk" FOREIGN KEY ("payment_method_id") REFERENCES "public"."payment_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autopay_enrolments" ADD CONSTRAINT "autopay_enrolments_accepted_by_logins_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_bills" ADD CONSTRAINT "draft_bills_draft_id_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_bills" ADD CONSTRAINT "draft_bills_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_payment_method_id_payment_methods_id_fk" FOREIGN KEY ("payment_method_id") REFERENCES "public"."payment_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "autopay_enrolments_one_live" ON "autopay_enrolments" USING btree ("account_id") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "autopay_enrolments_method" ON "autopay_enrolments" USING btree ("payment_method_id");--> statement-breakpoint
CREATE INDEX "draft_bills_invoice" ON "draft_bills" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "drafts_account" ON "drafts" USING btree ("account_id","draft_on");--> statement-breakpoint
CREATE INDEX "drafts_due" ON "drafts" USING btree ("try_on") WHERE state = 'announced';--> statement-breakpoint
CREATE INDEX "drafts_in_flight" ON "drafts" USING btree ("payment_id") WHERE state = 'in_flight';--> statement-breakpoint
CREATE INDEX "drafts_method" ON "drafts" USING btree ("payment_method_id") WHERE state = 'announced';--> statement-breakpoint
CREATE INDEX "payments_draft" ON "payments" USING btree ("draft_id") WHERE draft_id is not null;