-- Posts a batch of journals in one round trip: locks the customer-side accounts in sorted order, writes journals and
-- entries, moves the running balances (their floor is a check constraint). Platform accounts keep no balance row, so
-- no payment ever waits for another on them. Accounts of both sides are made when first used.
-- drafts: [{ id, action, kind, on, at, currency, source, entries: [{ account, owner, minor }] }], debit positive.
create function post_journals(drafts jsonb) returns table (posted_number bigint, posted_id uuid) language plpgsql as $$
begin
  insert into ledger_accounts (kind, account_id, currency, balance_minor)
  select distinct e.account, e.owner, d.currency, case when e.owner is not null then 0::bigint end
  from jsonb_to_recordset(drafts) as d(currency char(3), entries jsonb),
       jsonb_to_recordset(d.entries) as e(account ledger_account_kind, owner uuid)
  where case when e.owner is null
    then not exists (select 1 from ledger_accounts a
                     where a.account_id is null and a.kind = e.account and a.currency = d.currency)
    else not exists (select 1 from ledger_accounts a
                     where a.account_id = e.owner and a.kind = e.account and a.currency = d.currency)
  end
  on conflict do nothing;

  perform 1 from ledger_accounts a
  where a.id in (
    select c.id
    from jsonb_to_recordset(drafts) as d(currency char(3), entries jsonb),
         jsonb_to_recordset(d.entries) as e(account ledger_account_kind, owner uuid)
         join ledger_accounts c on c.account_id = e.owner and c.kind = e.account
    where c.currency = d.currency
  )
  order by a.id
  for no key update;

  return query
  with draft as (
    select d.*, row_number() over () as position
    from jsonb_to_recordset(drafts) as d(
      id uuid, action uuid, kind journal_kind, "on" date, at timestamptz, currency char(3), source text, entries jsonb)
  ), posted as (
    insert into journals (id, action_id, kind, occurred_on, occurred_at, source)
    select d.id, d.action, d.kind, d."on", d.at, d.source from draft d order by d.position
    returning number, id
  ), line as (
    select p.number, e.minor, e.owner, row_number() over (partition by p.number) as line,
      case when e.owner is null
        then (select a.id from ledger_accounts a
              where a.account_id is null and a.kind = e.account and a.currency = d.currency)
        else (select a.id from ledger_accounts a
              where a.account_id = e.owner and a.kind = e.account and a.currency = d.currency)
      end as ledger_account_id
    from draft d join posted p on p.id = d.id,
         jsonb_to_recordset(d.entries) as e(account ledger_account_kind, owner uuid, minor bigint)
  ), written as (
    insert into entries (journal_number, ledger_account_id, line, amount_minor)
    select l.number, l.ledger_account_id, l.line, l.minor from line l
  ), moved as (
    update ledger_accounts a
    set balance_minor = a.balance_minor + case a.kind when 'receivable' then s.minor else -s.minor end,
        version = a.version + 1
    from (select l.ledger_account_id, sum(l.minor) as minor from line l where l.owner is not null group by 1) s
    where a.id = s.ledger_account_id
  )
  select p.number, p.id from posted p order by p.number;
end $$;
