-- What must hold whoever writes: append-only tables, sum to zero, held within open.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
--> statement-breakpoint
create trigger journals_append_only before update or delete on journals for each row execute function refuse_change();
--> statement-breakpoint
create trigger entries_append_only before update or delete on entries for each row execute function refuse_change();
--> statement-breakpoint
create trigger allocations_append_only before update or delete on allocations for each row execute function refuse_change();
--> statement-breakpoint
create trigger claim_changes_append_only before update or delete on claim_changes for each row execute function refuse_change();
--> statement-breakpoint
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function refuse_change();
--> statement-breakpoint
create trigger messages_append_only before update or delete on messages for each row execute function refuse_change();
--> statement-breakpoint
create trigger dispute_events_append_only before update or delete on dispute_events for each row execute function refuse_change();
--> statement-breakpoint
create trigger invoice_events_append_only before update or delete on invoice_events for each row execute function refuse_change();
--> statement-breakpoint
create trigger policy_versions_append_only before update or delete on policy_versions for each row execute function refuse_change();
--> statement-breakpoint
-- A journal without entries, or with one, or with an unbalanced currency, does not commit.
create function check_journal_sums_to_zero() returns trigger language plpgsql as $$
declare
  entry_count integer;
  unbalanced boolean;
begin
  select coalesce(sum(n), 0), coalesce(bool_or(total <> 0), false) into entry_count, unbalanced
  from (
    select count(*) as n, sum(e.amount_minor) as total
    from entries e join ledger_accounts a on a.id = e.ledger_account_id
    where e.journal_number = new.number
    group by a.currency
  ) per_currency;
  if entry_count < 2 or unbalanced then
    raise exception 'journal % does not sum to zero', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger journals_sum_to_zero after insert on journals
  deferrable initially deferred for each row execute function check_journal_sums_to_zero();
--> statement-breakpoint
-- Entries join a journal only in the transaction that made it, so a journal once proven stays proven.
create function check_entries_are_of_new_journals() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from (select distinct journal_number from added) a join journals j on j.number = a.journal_number
    where j.created_at <> transaction_timestamp()
  ) then
    raise exception 'entries may not be added to an older journal' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger entries_of_new_journals after insert on entries
  referencing new table as added for each statement execute function check_entries_are_of_new_journals();
--> statement-breakpoint
-- The bill's held amount is the sum of its claims, whoever wrote them.
create function check_held_is_sum_of_claims() returns trigger language plpgsql as $$
declare
  bill uuid := case when tg_table_name = 'claims' then new.invoice_id else new.id end;
begin
  if exists (
    select 1 from invoices i
    where i.id = bill and i.held_minor <> (select coalesce(sum(c.held_minor), 0) from claims c where c.invoice_id = i.id)
  ) then
    raise exception 'held claims of bill % do not add up', bill using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger claims_add_up after insert or update of held_minor on claims
  deferrable initially deferred for each row execute function check_held_is_sum_of_claims();
--> statement-breakpoint
create constraint trigger invoices_held_adds_up after update of held_minor on invoices
  deferrable initially deferred for each row execute function check_held_is_sum_of_claims();
