CREATE TABLE "collection_looks" (
	"account_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"look_on" date,
	"policy_version" integer,
	CONSTRAINT "collection_looks_account_id_duty_pk" PRIMARY KEY("account_id","duty"),
	CONSTRAINT "collection_looks_duty" CHECK ("collection_looks"."duty" in ('late_fees', 'reminders'))
);
--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "fee_on_minor" bigint;--> statement-breakpoint
ALTER TABLE "collection_looks" ADD CONSTRAINT "collection_looks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_looks_due" ON "collection_looks" USING btree ("duty","look_on","account_id");--> statement-breakpoint
CREATE INDEX "collection_looks_policy" ON "collection_looks" USING btree ("duty","policy_version") WHERE policy_version is not null;--> statement-breakpoint
INSERT INTO "collection_looks" ("account_id", "duty", "look_on")
SELECT id, duty, CASE WHEN quarantined_at IS NULL THEN date '-infinity' END
FROM accounts CROSS JOIN (VALUES ('late_fees'), ('reminders')) AS d(duty);
--> statement-breakpoint
-- Each account is looked at first when it is made; an imported one when it is released.
CREATE FUNCTION look_at_new_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO collection_looks (account_id, duty, look_on)
  SELECT id, duty, CASE WHEN quarantined_at IS NULL THEN date '-infinity' END
  FROM added CROSS JOIN (VALUES ('late_fees'), ('reminders')) AS d(duty);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_first_look AFTER INSERT ON accounts
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION look_at_new_accounts();
--> statement-breakpoint
-- Whatever may make a fee or a reminder due sooner than the next look, whoever changes it.
CREATE FUNCTION look_again() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  account uuid;
  again date := date '-infinity';
BEGIN
  IF tg_table_name = 'accounts' THEN
    account := new.id;
    IF new.quarantined_at IS NOT NULL THEN again := NULL; END IF;
  ELSE
    account := new.account_id;
  END IF;
  UPDATE collection_looks SET look_on = again WHERE account_id = account AND look_on IS DISTINCT FROM again;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_look_again
  AFTER UPDATE OF version, email, zone, status, quarantined_at ON accounts FOR EACH ROW
  WHEN ((old.version, old.email, old.zone, old.status, old.quarantined_at)
    IS DISTINCT FROM (new.version, new.email, new.zone, new.status, new.quarantined_at))
  EXECUTE FUNCTION look_again();
--> statement-breakpoint
CREATE TRIGGER promises_look_again AFTER UPDATE OF state ON promises
  FOR EACH ROW EXECUTE FUNCTION look_again();
--> statement-breakpoint
CREATE TRIGGER collection_pauses_look_again AFTER UPDATE OF ended_at, until_on ON collection_pauses
  FOR EACH ROW EXECUTE FUNCTION look_again();
