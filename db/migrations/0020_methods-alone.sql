CREATE TYPE "public"."setup_state" AS ENUM('requested', 'requires_action', 'done', 'failed', 'canceled');--> statement-breakpoint
CREATE TABLE "method_setups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"state" "setup_state" NOT NULL,
	"confirmation_token" text NOT NULL,
	"intent_id" text,
	"kind" "method_kind",
	"failure_code" text,
	"make_default" boolean DEFAULT false NOT NULL,
	"method_id" uuid,
	"made_by" uuid,
	"idempotency_key" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "method_setups_intent_id_unique" UNIQUE("intent_id"),
	CONSTRAINT "method_setups_idempotency_key_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "short_note" text;--> statement-breakpoint
ALTER TABLE "method_setups" ADD CONSTRAINT "method_setups_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_setups" ADD CONSTRAINT "method_setups_method_id_payment_methods_id_fk" FOREIGN KEY ("method_id") REFERENCES "public"."payment_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_setups" ADD CONSTRAINT "method_setups_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "method_setups_account" ON "method_setups" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "method_setups_open" ON "method_setups" USING btree ("state","requested_at") WHERE state in ('requested', 'requires_action');