CREATE TYPE "public"."retry_advice" AS ENUM('try_again_later', 'do_not_try_again', 'confirm_card_data');--> statement-breakpoint
ALTER TABLE "autopay_enrolments" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "retry_advice" "retry_advice";