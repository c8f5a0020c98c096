-- The same posting with small statements whose plans are kept: for one journal, what costs is not the rows but planning
-- and starting statements over JSON sets. Locks, sums and results are as before: the customer side is locked in the
-- order of its ids, each balance moves once by its sum, platform accounts keep no balance.
create or replace function post_journals(drafts jsonb) returns table (posted_number bigint, posted_id uuid) language plpgsql as $$
declare
  draft jsonb;
  entry jsonb;
  owner_id uuid;
  entry_kind ledger_account_kind;
  found_id integer;
  ids integer[] := '{}';
  owned integer[] := '{}';
  minors bigint[] := '{}';
  signed bigint[] := '{}';
  numbers bigint[] := '{}';
  lines smallint[] := '{}';
  counts integer[] := '{}';
  count integer;
  at integer := 0;
begin
  for draft in select value from jsonb_array_elements(drafts) loop
    count := 0;
    for entry in select value from jsonb_array_elements(draft -> 'entries') loop
      owner_id := (entry ->> 'owner')::uuid;
      entry_kind := (entry ->> 'account')::ledger_account_kind;
      if owner_id is null then
        select a.id into found_id from ledger_accounts a
        where a.account_id is null and a.kind = entry_kind and a.currency = (draft ->> 'currency')::char(3);
      else
        select a.id into found_id from ledger_accounts a
        where a.account_id = owner_id and a.kind = entry_kind and a.currency = (draft ->> 'currency')::char(3);
      end if;
      if found_id is null then
        insert into ledger_accounts (kind, account_id, currency, balance_minor)
        values (entry_kind, owner_id, draft ->> 'currency', case when owner_id is not null then 0::bigint end)
        on conflict do nothing;
        select a.id into found_id from ledger_accounts a
        where a.account_id is not distinct from owner_id and a.kind = entry_kind
          and a.currency = (draft ->> 'currency')::char(3);
      end if;
      count := count + 1;
      ids := ids || found_id;
      lines := lines || count::smallint;
      minors := minors || (entry ->> 'minor')::bigint;
      if owner_id is not null then
        owned := owned || found_id;
        signed := signed
          || case entry_kind when 'receivable' then (entry ->> 'minor')::bigint else -(entry ->> 'minor')::bigint end;
      end if;
    end loop;
    counts := counts || count;
  end loop;

  perform 1 from ledger_accounts a where a.id = any (owned) order by a.id for no key update;

  for draft in select value from jsonb_array_elements(drafts) loop
    at := at + 1;
    posted_id := (draft ->> 'id')::uuid;
    insert into journals (id, action_id, kind, occurred_on, occurred_at, source)
    values (
      posted_id, (draft ->> 'action')::uuid, (draft ->> 'kind')::journal_kind, (draft ->> 'on')::date,
      (draft ->> 'at')::timestamptz, draft ->> 'source'
    )
    returning number into posted_number;
    numbers := numbers || array_fill(posted_number, array[counts[at]]);
    return next;
  end loop;

  insert into entries (journal_number, ledger_account_id, line, amount_minor)
  select * from unnest(numbers, ids, lines, minors);

  update ledger_accounts a set balance_minor = a.balance_minor + s.minor, version = a.version + 1
  from (select o.id, sum(o.minor)::bigint as minor from unnest(owned, signed) as o(id, minor) group by o.id) s
  where a.id = s.id;
end $$;
