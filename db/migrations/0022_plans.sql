CREATE TYPE "public"."instalment_state" AS ENUM('scheduled', 'announced', 'processing', 'paid', 'missed', 'moved', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."plan_every" AS ENUM('week', 'two_weeks', 'month');--> statement-breakpoint
CREATE TYPE "public"."plan_state" AS ENUM('proposed', 'offered', 'active', 'completed', 'broken', 'cancelled', 'declined', 'expired');--> statement-breakpoint
CREATE TYPE "public"."promise_state" AS ENUM('open', 'kept', 'broken', 'replaced');--> statement-breakpoint
CREATE TABLE "plan_bills" (
	"plan_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"planned_minor" bigint NOT NULL,
	"paid_before_minor" bigint NOT NULL,
	CONSTRAINT "plan_bills_plan_id_invoice_id_pk" PRIMARY KEY("plan_id","invoice_id"),
	CONSTRAINT "plan_bills_amount" CHECK ("plan_bills"."planned_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "plan_drafts" (
	"draft_id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_instalments" (
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"due_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"due_minor" bigint NOT NULL,
	"state" "instalment_state" NOT NULL,
	"missed_on" date,
	"moved" boolean DEFAULT false NOT NULL,
	CONSTRAINT "plan_instalments_plan_id_position_pk" PRIMARY KEY("plan_id","position"),
	CONSTRAINT "plan_instalments_amount" CHECK ("plan_instalments"."amount_minor" > 0 and "plan_instalments"."due_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"conversation_id" uuid,
	"counters_id" uuid,
	"state" "plan_state" NOT NULL,
	"currency" char(3) NOT NULL,
	"total_minor" bigint NOT NULL,
	"down_minor" bigint NOT NULL,
	"instalments" integer NOT NULL,
	"every" "plan_every" NOT NULL,
	"first_on" date NOT NULL,
	"grace_days" integer NOT NULL,
	"missed_allowed" integer NOT NULL,
	"made_by" uuid,
	"expires_on" date NOT NULL,
	"payment_method_id" uuid,
	"mandate_text" text,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"accepted_ip" text,
	"decided_by" uuid,
	"started_on" date,
	"ended_on" date,
	"end_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plans_amounts" CHECK ("plans"."total_minor" > 0 and "plans"."down_minor" >= 0 and "plans"."down_minor" < "plans"."total_minor"),
	CONSTRAINT "plans_instalments" CHECK ("plans"."instalments" between 1 and 120),
	CONSTRAINT "plans_active_has_mandate" CHECK ("plans"."state" not in ('active', 'completed', 'broken')
        or ("plans"."mandate_text" is not null and "plans"."accepted_at" is not null and "plans"."started_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "promises" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"state" "promise_state" NOT NULL,
	"promised_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promises_amount" CHECK ("promises"."amount_minor" > 0)
);
--> statement-breakpoint
DROP INDEX "drafts_plan_day";--> statement-breakpoint
ALTER TABLE "plan_bills" ADD CONSTRAINT "plan_bills_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_bills" ADD CONSTRAINT "plan_bills_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_drafts" ADD CONSTRAINT "plan_drafts_draft_id_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_drafts" ADD CONSTRAINT "plan_drafts_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_instalments" ADD CONSTRAINT "plan_instalments_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_counters_id_plans_id_fk" FOREIGN KEY ("counters_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_payment_method_id_payment_methods_id_fk" FOREIGN KEY ("payment_method_id") REFERENCES "public"."payment_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_accepted_by_logins_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_decided_by_logins_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_bills_invoice" ON "plan_bills" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "plan_drafts_plan" ON "plan_drafts" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "plans_account" ON "plans" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "plans_live" ON "plans" USING btree ("state","expires_on") WHERE state in ('proposed', 'offered', 'active');--> statement-breakpoint
CREATE UNIQUE INDEX "plans_action" ON "plans" USING btree ("action_id");--> statement-breakpoint
CREATE UNIQUE INDEX "promises_one_open" ON "promises" USING btree ("account_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "promises_account" ON "promises" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_plan_day" ON "drafts" USING btree ("source_id","draft_on") WHERE source = 'plan' and state <> 'canceled';