CREATE TABLE "mail_topics_off" (
	"address" text NOT NULL,
	"topic" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_topics_off_address_topic_pk" PRIMARY KEY("address","topic")
);
--> statement-breakpoint
CREATE TABLE "news_seen" (
	"login_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"up_to_id" uuid NOT NULL,
	CONSTRAINT "news_seen_login_id_account_id_pk" PRIMARY KEY("login_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "skipped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "news_seen" ADD CONSTRAINT "news_seen_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_seen" ADD CONSTRAINT "news_seen_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_news" ON "mails" USING btree ("account_id","id");