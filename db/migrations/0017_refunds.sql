CREATE TYPE "public"."payout_state" AS ENUM('created', 'arrived', 'failed');--> statement-breakpoint
CREATE TYPE "public"."refund_cause" AS ENUM('overpaid', 'billed_wrong', 'goodwill', 'reopen');--> statement-breakpoint
CREATE TYPE "public"."refund_state" AS ENUM('requested', 'pending', 'succeeded', 'failed');--> statement-breakpoint
CREATE TABLE "deposits" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"deposited_on" date NOT NULL,
	"reference" text,
	"made_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deposits_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "deposits_amount" CHECK ("deposits"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action_id" uuid NOT NULL,
	"processor_id" text NOT NULL,
	"state" "payout_state" NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"created_on" date NOT NULL,
	"arrives_on" date NOT NULL,
	"failed_on" date,
	"failure_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payouts_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "payouts_processor_id_unique" UNIQUE("processor_id"),
	CONSTRAINT "payouts_amount" CHECK ("payouts"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "refund_bills" (
	"refund_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "refund_bills_refund_id_invoice_id_pk" PRIMARY KEY("refund_id","invoice_id"),
	CONSTRAINT "refund_bills_amount" CHECK ("refund_bills"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"payment_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"cause" "refund_cause" NOT NULL,
	"state" "refund_state" NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"currency" char(3) NOT NULL,
	"note" text,
	"processor_id" text,
	"failure_code" text,
	"made_by" uuid,
	"occurred_on" date NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone,
	"failed_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_action_id_unique" UNIQUE("action_id"),
	CONSTRAINT "refunds_processor_id_unique" UNIQUE("processor_id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_minor" > 0 and "refunds"."fee_minor" >= 0)
);
--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "payments_refund_bound";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "deposit_id" uuid;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "bounced_on" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "bounce_action_id" uuid;--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_bills" ADD CONSTRAINT "refund_bills_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_bills" ADD CONSTRAINT "refund_bills_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_action_id_money_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_made_by_logins_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."logins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refund_bills_invoice" ON "refund_bills" USING btree ("invoice_id");--> statement-breakpoint
CREATE INDEX "refunds_payment" ON "refunds" USING btree ("payment_id","id");--> statement-breakpoint
CREATE INDEX "refunds_account" ON "refunds" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "refunds_undecided" ON "refunds" USING btree ("requested_at") WHERE state in ('requested', 'pending');--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_deposit_id_deposits_id_fk" FOREIGN KEY ("deposit_id") REFERENCES "public"."deposits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_bounce_action_id_money_actions_id_fk" FOREIGN KEY ("bounce_action_id") REFERENCES "public"."money_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payments_undeposited" ON "payments" USING btree ("settled_on") WHERE state = 'settled' and kind in ('check', 'cash') and deposit_id is null and bounced_on is null;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_refund_floor" CHECK ("payments"."refunded_minor" between 0 and "payments"."captured_minor");--> statement-breakpoint
-- What we start is bounded: refunds, pending ones too, stay within what was captured and has not come back since.
-- A return or a chargeback after a refund is the processor's fact and is never refused, so only growth is looked at.
create function check_refund_bound() returns trigger language plpgsql as $$
begin
  if new.refunded_minor > old.refunded_minor
    and new.refunded_minor > new.captured_minor - new.returned_minor - new.charged_back_minor then
    raise exception 'payment % would be refunded beyond what is left of it', new.id
      using errcode = 'check_violation', constraint = 'payments_refund_bound';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger payments_refund_bound before update of refunded_minor on payments
  for each row execute function check_refund_bound();
--> statement-breakpoint
-- A payment's refunded amount is the sum of its refunds that did not fail, and a refund's bills sum exactly to it.
create function check_refunds_add_up() returns trigger language plpgsql as $$
declare
  refund refunds%rowtype;
  on_bills bigint;
begin
  if tg_table_name = 'refund_bills' then
    select * into refund from refunds where id = new.refund_id;
  else
    refund := new;
  end if;
  if exists (
    select 1 from payments p
    where p.id = refund.payment_id and p.refunded_minor <> (
      select coalesce(sum(r.amount_minor + r.fee_minor), 0) from refunds r where r.payment_id = p.id and r.state <> 'failed')
  ) then
    raise exception 'refunds of payment % do not add up', refund.payment_id using errcode = 'integrity_constraint_violation';
  end if;
  on_bills := (select coalesce(sum(b.amount_minor), 0) from refund_bills b where b.refund_id = refund.id);
  if refund.cause = 'overpaid' and on_bills <> 0 or refund.cause <> 'overpaid' and on_bills <> refund.amount_minor then
    raise exception 'the bills of refund % do not add up', refund.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger refunds_add_up after insert or update of state, amount_minor, fee_minor on refunds
  deferrable initially deferred for each row execute function check_refunds_add_up();
--> statement-breakpoint
create constraint trigger refund_bills_add_up after insert on refund_bills
  deferrable initially deferred for each row execute function check_refunds_add_up();
