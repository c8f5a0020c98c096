CREATE TABLE "statement_wishes" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"monthly" boolean NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"currency" char(3) NOT NULL,
	"opening_minor" bigint NOT NULL,
	"closing_minor" bigint NOT NULL,
	"last_journal" bigint NOT NULL,
	"issued_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statements_account_to" UNIQUE("account_id","to_on"),
	CONSTRAINT "statements_range" CHECK ("statements"."from_on" <= "statements"."to_on" and "statements"."issued_on" >= "statements"."to_on")
);
--> statement-breakpoint
ALTER TABLE "statement_wishes" ADD CONSTRAINT "statement_wishes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statements_account" ON "statements" USING btree ("account_id","to_on" DESC NULLS LAST);