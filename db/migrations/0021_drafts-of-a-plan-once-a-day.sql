ALTER TABLE "drafts" DROP CONSTRAINT "drafts_source_day";--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_plan_day" ON "drafts" USING btree ("source_id","draft_on") WHERE source = 'plan';