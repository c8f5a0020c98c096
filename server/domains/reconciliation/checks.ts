import { type SQL, sql } from "drizzle-orm";

/** One invariant of the books: a query that finds what breaks it. No rows: it holds. */
export type Check = { id: string; says: string; finds: SQL };

/** How long an event of the processor may wait before somebody must look (I6). */
const PATIENCE_MINUTES = 5;

const journals: Check[] = [
  {
    id: "I1",
    says: "each journal's entries sum to zero per currency, and there are at least two",
    finds: sql`
      select 'journal ' || e.journal_number as what, a.currency || ' ' || sum(e.amount_minor) as detail
      from entries e join ledger_accounts a on a.id = e.ledger_account_id
      group by e.journal_number, a.currency having sum(e.amount_minor) <> 0
      union all
      select 'journal ' || j.number, count(e.line) || ' entries'
      from journals j left join entries e on e.journal_number = j.number
      group by j.number having count(e.line) < 2`,
  },
  {
    id: "I2",
    says: "each stored balance and roll-up equals its entries",
    finds: sql`
      select a.kind || ' of account ' || coalesce(c.number, '?') as what,
        'kept ' || a.balance_minor || ', entries ' || coalesce(s.side, 0) as detail
      from ledger_accounts a left join accounts c on c.id = a.account_id
      left join (
        select e.ledger_account_id as id, sum(case l.kind when 'unapplied' then -e.amount_minor else e.amount_minor end) as side
        from entries e join ledger_accounts l on l.id = e.ledger_account_id
        where l.account_id is not null group by 1
      ) s on s.id = a.id
      where a.account_id is not null and a.balance_minor <> coalesce(s.side, 0)
      union all
      select 'roll-up of ' || a.kind, 'kept ' || r.sum_minor || ', entries ' || coalesce(s.total, 0)
      from ledger_rollups r join ledger_accounts a on a.id = r.ledger_account_id
      cross join lateral (
        select sum(e.amount_minor) as total from entries e
        where e.ledger_account_id = r.ledger_account_id and e.journal_number <= r.up_to_number
      ) s
      where r.sum_minor <> coalesce(s.total, 0)`,
  },
  {
    id: "I3",
    says: "no customer balance, bill or open credit is below its floor",
    finds: sql`
      select a.kind || ' of account ' || coalesce(c.number, '?') as what, a.balance_minor::text as detail
      from ledger_accounts a left join accounts c on c.id = a.account_id where a.balance_minor < 0
      union all
      select 'bill ' || number, 'open ' || open_minor || ', held ' || held_minor from invoices
      where open_minor < 0 or held_minor < 0
      union all
      select 'open credit ' || id, 'left ' || left_minor from open_credits where left_minor < 0`,
  },
  {
    id: "I4",
    says: "one journal per money action and kind, and per processor object and kind; one action per key",
    finds: sql`
      select 'money action ' || action_id as what, count(*) || ' journals of kind ' || kind as detail
      from journals group by action_id, kind having count(*) > 1
      union all
      select 'processor object ' || source, count(*) || ' journals of kind ' || kind
      from journals where source is not null group by source, kind having count(*) > 1
      union all
      select 'key ' || idempotency_key, count(*) || ' money actions'
      from money_actions group by idempotency_key having count(*) > 1`,
  },
];

/** What a return, a chargeback or a bounce took beyond what the payment still had: a loss, booked as one. */
const lossesOf = (payment: SQL) => sql`(
  select coalesce(sum(e.amount_minor), 0) from entries e
  join ledger_accounts l on l.id = e.ledger_account_id and l.kind = 'chargeback_losses'
  join journals j on j.number = e.journal_number
    and j.kind in ('payment_returned', 'payment_bounced', 'chargeback_opened', 'chargeback_won')
  where j.action_id in (
    select c.action_id from chargebacks c where c.payment_id = ${payment}.id
    union all select ${payment}.bounce_action_id))`;

/** Refunds: as many as their payment says, each with its bills, its money out of clearing or bank once. */
const refundsAddUp = sql`
  select 'payment ' || p.id as what, 'refunded ' || p.refunded_minor || ', refunds come to ' || coalesce(r.given, 0) as detail
  from payments p left join (
    select payment_id, sum(amount_minor + fee_minor) filter (where state <> 'failed') as given from refunds group by 1
  ) r on r.payment_id = p.id
  where p.refunded_minor <> coalesce(r.given, 0)
  union all
  select 'refund ' || r.id, r.state || ' of ' || r.amount_minor + r.fee_minor || ', posted ' || coalesce(s.out, 0)
  from refunds r left join (
    select j.action_id, -sum(e.amount_minor) as out from journals j
    join entries e on e.journal_number = j.number
    join ledger_accounts l on l.id = e.ledger_account_id and l.kind in ('clearing', 'bank')
    where j.kind in ('refund', 'refund_reopened', 'refund_failed') group by 1
  ) s on s.action_id = r.action_id
  where coalesce(s.out, 0) <> case r.state when 'failed' then 0 else r.amount_minor + r.fee_minor end
  union all
  select 'refund ' || r.id, 'of ' || r.amount_minor || ', its bills come to ' || coalesce(b.sum, 0)
  from refunds r left join (
    select refund_id, sum(amount_minor) as sum from refund_bills group by 1
  ) b on b.refund_id = r.id
  where coalesce(b.sum, 0) <> case r.cause when 'overpaid' then 0 else r.amount_minor end`;

/** A payout is in transit until it has arrived or failed; a slip is the sum of what is on it. */
const bankAddsUp = sql`
  select 'payout ' || p.processor_id as what, p.state || ' of ' || p.amount_minor || ', in transit ' || coalesce(s.kept, 0) as detail
  from payouts p left join (
    select j.action_id, sum(e.amount_minor) as kept from journals j
    join entries e on e.journal_number = j.number
    join ledger_accounts l on l.id = e.ledger_account_id and l.kind = 'payouts_in_transit' group by 1
  ) s on s.action_id = p.action_id
  where coalesce(s.kept, 0) <> case p.state when 'created' then p.amount_minor else 0 end
  union all
  select 'deposit ' || d.id, 'of ' || d.amount_minor || ', its payments come to ' || coalesce(s.brought, 0)
  from deposits d left join (
    select deposit_id, sum(captured_minor) as brought from payments where deposit_id is not null group by 1
  ) s on s.deposit_id = d.id
  where d.amount_minor <> coalesce(s.brought, 0)`;

const payments: Check[] = [
  {
    id: "I5",
    says: "refunds stay within what was captured and not returned, in the account's currency; what settled, went back, was paid out or deposited is posted once",
    finds: sql`
      select 'payment ' || p.id as what,
        'refunded ' || p.refunded_minor || ' of ' || p.captured_minor || ', returned ' || p.returned_minor as detail
      from payments p
      where p.refunded_minor > 0
        and p.refunded_minor + p.returned_minor + p.charged_back_minor > p.captured_minor + ${lossesOf(sql`p`)}
      union all ${refundsAddUp}
      union all ${bankAddsUp}
      union all
      select 'payment ' || p.id, 'in ' || p.currency || ', its account in ' || a.currency
      from payments p join accounts a on a.id = p.account_id where a.currency <> p.currency
      union all
      select 'payment ' || p.id, 'captured ' || p.captured_minor || ', posted ' || coalesce(s.posted, 0)
      from payments p left join (
        select j.action_id, sum(e.amount_minor) as posted
        from journals j join entries e on e.journal_number = j.number
        where j.kind in ('payment_settled', 'recorded_payment', 'imported_payment') and e.amount_minor > 0
        group by 1
      ) s on s.action_id = p.action_id
      where (p.state = 'settled' and p.captured_minor <> coalesce(s.posted, 0))
        or (p.state <> 'settled' and s.posted is not null)`,
  },
  {
    id: "I6",
    says: "no event of the processor waits longer than five minutes unless it is parked and listed",
    finds: sql`
      select 'event ' || id as what, type || ', received ' || received_at as detail from processor_events
      where processed_at is null and parked_at is null
        and received_at < now() - make_interval(mins => ${PATIENCE_MINUTES})`,
  },
];

const conversations: Check[] = [
  {
    id: "I8",
    says: "each conversation's sequence is dense from 1, and each message is stored once",
    finds: sql`
      select 'conversation ' || c.number as what,
        count(m.id) || ' messages, last ' || coalesce(max(m.seq), 0) || ', counted ' || c.last_seq as detail
      from conversations c left join messages m on m.conversation_id = c.id
      group by c.id
      having count(m.id) <> c.last_seq or coalesce(max(m.seq), 0) <> c.last_seq
        or count(distinct m.client_id) <> count(m.id) or coalesce(min(m.seq), 1) <> 1`,
  },
];

const bills: Check[] = [
  {
    id: "I11",
    says: "each bill is paid + credited + written off + open, claims stay within open, and the sub-ledger equals the ledger",
    finds: sql`
      select 'bill ' || i.number as what, 'paid ' || i.paid_minor || ', credited ' || i.credited_minor || ', written off '
        || i.written_off_minor || '; moved ' || coalesce(m.paid, 0) || ', ' || coalesce(m.credited, 0) || ', '
        || coalesce(m.written_off, 0) as detail
      from invoices i left join (
        select invoice_id, sum(amount_minor) filter (where effect = 'paid') as paid,
          sum(amount_minor) filter (where effect = 'credited') as credited,
          sum(amount_minor) filter (where effect = 'written_off') as written_off
        from allocations group by 1
      ) m on m.invoice_id = i.id
      where i.paid_minor <> coalesce(m.paid, 0) or i.credited_minor <> coalesce(m.credited, 0)
        or i.written_off_minor <> coalesce(m.written_off, 0)
      union all
      select 'bill ' || i.number, 'held ' || i.held_minor || ' of open ' || i.open_minor || '; claims hold ' || coalesce(c.held, 0)
      from invoices i left join (
        select invoice_id, sum(held_minor) as held from claims where released_at is null group by 1
      ) c on c.invoice_id = i.id
      where i.held_minor > i.open_minor or i.held_minor <> coalesce(c.held, 0)
      union all
      select 'claim ' || c.id, 'holds ' || c.held_minor || ', changes ' || coalesce(h.held, 0)
      from claims c left join (
        select claim_id, sum(held_delta_minor) as held from claim_changes group by 1
      ) h on h.claim_id = c.id
      where c.held_minor <> coalesce(h.held, 0)
      union all
      select 'account ' || a.number, 'bills open ' || coalesce(b.open, 0) || ', receivable ' || coalesce(r.kept, 0)
      from accounts a
      left join (select account_id, sum(open_minor) as open from invoices group by 1) b on b.account_id = a.id
      left join (select account_id, sum(balance_minor) as kept from ledger_accounts where kind = 'receivable' group by 1) r
        on r.account_id = a.id
      where coalesce(b.open, 0) <> coalesce(r.kept, 0)
      union all
      select 'account ' || a.number, 'open credits ' || coalesce(o.left_over, 0) || ', unapplied ' || coalesce(r.kept, 0)
      from accounts a
      left join (select account_id, sum(left_minor) as left_over from open_credits group by 1) o on o.account_id = a.id
      left join (select account_id, sum(balance_minor) as kept from ledger_accounts where kind = 'unapplied' group by 1) r
        on r.account_id = a.id
      where coalesce(o.left_over, 0) <> coalesce(r.kept, 0)`,
  },
];

/** The invariants of the books, each one query over all rows. */
export const CHECKS: readonly Check[] = [...journals, ...payments, ...conversations, ...bills];
