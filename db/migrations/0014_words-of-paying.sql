ALTER TYPE "public"."action_kind" ADD VALUE 'deposit';--> statement-breakpoint
ALTER TYPE "public"."action_kind" ADD VALUE 'scheduled_payment';--> statement-breakpoint
ALTER TYPE "public"."action_kind" ADD VALUE 'plan_offer';--> statement-breakpoint
ALTER TYPE "public"."action_kind" ADD VALUE 'plan';--> statement-breakpoint
ALTER TYPE "public"."action_kind" ADD VALUE 'promise';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'refund';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'refund_reopened';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'refund_failed';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'payment_bounced';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'deposit';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'payout_created';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'payout_arrived';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'payout_failed';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'payout_failed_after_arriving';