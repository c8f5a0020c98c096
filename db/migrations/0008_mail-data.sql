ALTER TABLE "mails" ALTER COLUMN "subject" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "mails" ALTER COLUMN "html" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "mails" ALTER COLUMN "plain" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "data" jsonb DEFAULT '{}'::jsonb NOT NULL;