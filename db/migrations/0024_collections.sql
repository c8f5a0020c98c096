CREATE TABLE "collection_pauses" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"invoice_id" uuid,
	"until_on" date,
	"reason" text NOT NULL,
	"made_by" uuid,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "collection_pauses_reason" CHECK (btrim("collection_pauses"."reason") <> '')
);
--> statement-breakpoint
ALTER TABLE "collection_pauses" ADD CONSTRAINT "collection_pauses_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_pauses" ADD CONSTRAINT "collection_pauses_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_pauses" ADD CONSTRAINT "collection_pauses_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_pauses_account" ON "collection_pauses" USING btree ("account_id") WHERE ended_at is null;