-- Plans are kept per connection, and the first ones are made while these tables are empty. Without sequential scans they
-- are the ones that stay right when the tables have grown. A journal of two currencies is refused as well.
create or replace function check_journal_sums_to_zero() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  entry_count integer;
  total numeric;
  least_currency char(3);
  greatest_currency char(3);
begin
  select count(*), sum(e.amount_minor), min(e.currency), max(e.currency)
  into entry_count, total, least_currency, greatest_currency
  from (
    select amount_minor, (select a.currency from ledger_accounts a where a.id = ledger_account_id) as currency
    from entries where journal_number = new.number
  ) e;
  if entry_count < 2 or total <> 0 or least_currency <> greatest_currency then
    raise exception 'journal % does not sum to zero', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function check_entries_are_of_new_journals() returns trigger language plpgsql
set enable_seqscan = off as $$
begin
  if exists (
    select 1 from added a join journals j on j.number = a.journal_number where j.created_at <> transaction_timestamp()
  ) then
    raise exception 'entries may not be added to an older journal' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
alter function post_journals(jsonb) set enable_seqscan = off;
