ALTER TABLE "disputes" ADD COLUMN "client_key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_client_key_unique" UNIQUE("client_key");