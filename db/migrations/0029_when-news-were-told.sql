-- Now by the business clock: real time plus the offset that the stand-in's clock was moved by.
CREATE FUNCTION "business_now"() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT now() + coalesce((SELECT offset_ms FROM business_clock WHERE id = 1), 0) * interval '1 millisecond'
$$;
--> statement-breakpoint
CREATE TABLE "news_topics_off" (
	"login_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "news_topics_off_login_id_topic_pk" PRIMARY KEY("login_id","topic")
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "told_at" timestamp (3) with time zone DEFAULT business_now() NOT NULL;--> statement-breakpoint
-- What was told before is as old as its row.
UPDATE "mails" SET "told_at" = "created_at";--> statement-breakpoint
ALTER TABLE "news_topics_off" ADD CONSTRAINT "news_topics_off_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_told" ON "mails" USING btree ("account_id","told_at","id");