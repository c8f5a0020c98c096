ALTER TABLE "credits" DROP CONSTRAINT "credits_number_unique";--> statement-breakpoint
ALTER TABLE "credits" ADD CONSTRAINT "credits_account_number" UNIQUE("account_id","number");