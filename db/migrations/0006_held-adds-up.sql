-- One function for both tables must not name a column that only one of them has: each branch is planned when it runs.
create or replace function check_held_is_sum_of_claims() returns trigger language plpgsql as $$
declare
  bill uuid;
begin
  if tg_table_name = 'claims' then
    bill := new.invoice_id;
  else
    bill := new.id;
  end if;
  if exists (
    select 1 from invoices i
    where i.id = bill and i.held_minor <> (select coalesce(sum(c.held_minor), 0) from claims c where c.invoice_id = i.id)
  ) then
    raise exception 'held claims of bill % do not add up', bill using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
