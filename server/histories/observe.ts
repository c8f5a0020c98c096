import { type TestDatabase } from "#db/testing/index.ts";

/** A thing that stands in the database: in which household, which row in which state, and how a table says it. */
type Fact = { home: string; key: string; text: string; own_day: string | null };

/**
 * Everything that happened so far, one row each: mails, drafts, attempts, journals, duties, bills, plans, promises,
 * statements. A state that is left again within a step is not seen; what is done twice is two rows.
 */
const everything = ({ sql }: TestDatabase): Promise<Fact[]> => sql<Fact[]>`
  with accounts_of as (select id, number from accounts),
  subjects as (
    select id::text, account_id, case kind when 'bill' then number else 'its late fee' end as name from invoices
    union all select id::text, account_id, 'its card' from payment_methods
    union all select id::text, account_id, 'its plan' from plans
  ),
  facts as (
    select account_id, 'mail ' || id as key, 'mail: ' || kind || coalesce(case kind
        when 'bill_issued' then ' ' || regexp_replace(data->>'number', '^INV-.*', 'its late fee')
        when 'plan_moved' then ', the last of ' || (data->'left'->-1->'amount'->>'amountMinor')
          || ' on ' || (data->'left'->-1->>'on')
        when 'draft_notice' then ' of ' || (data->'amount'->>'amountMinor') || ' on ' || (data->>'draftOn')
        when 'draft_failed' then ', again ' || coalesce(data->>'retryOn', 'never')
        when 'card_expiring' then ' ' || (data->>'expiresOn')
        when 'reminder' then ' of ' || (data->'total'->>'amountMinor')
        when 'plan_missed' then ', pay by ' || (data->>'payBy')
        when 'plan_ended' then ' ' || (data->>'how')
        when 'statement_ready' then ' ' || (data->>'fromOn') || ' to ' || (data->>'toOn')
        when 'receipt' then ' ' || (data->'amount'->>'amountMinor')
      end, '') as text, null::date as own_day from mails
    union all select account_id, concat('draft ', id, state, try_on), concat('draft: ', state, ' ', announced_minor,
      case when state = 'announced' then concat(' for ', try_on)
        when state = 'canceled' then concat(' ', cancel_reason) end), null from drafts
    union all select account_id, concat('payment ', id, state), concat('attempt: ', state, ' ', amount_minor), null
      from payments
    union all select account_id, concat('return ', id), concat('attempt: returned ', returned_minor), null
      from payments where returned_minor > 0
    union all select a.account_id, concat('journal ', j.id), concat('journal: ', j.kind), j.occurred_on
      from journals j join money_actions a on a.id = j.action_id
    union all select s.account_id, concat('duty ', d.kind, d.subject, d.due_on), concat('duty: ', d.kind, ' of ', s.name),
      d.due_on from duties d left join subjects s on s.id = d.subject where d.kind not in ('plans.look', 'autopay.card_asked')
    union all select account_id, concat('bill ', id), concat('bill: ', kind, ' ',
      case kind when 'bill' then number end, ' ', total_minor, ' due ', due_on),
      issued_on from invoices
    union all select account_id, concat('plan ', id, state), concat('plan: ', state), coalesce(ended_on, started_on)
      from plans
    union all select account_id, concat('promise ', id, state), concat('promise: ', state), null from promises
    union all select account_id, concat('statement ', id), concat('statement: ', from_on, ' to ', to_on, ', ',
      opening_minor, ' to ', closing_minor), issued_on from statements
  )
  select coalesce(a.number, '?') as home, key, text, own_day::text from facts f
  left join accounts_of a on a.id = f.account_id`;

export type Diary = Map<string, string[]>;

/** Writes down what is new since the last look, with the moment at which it was seen, in the account's own time. */
export function makeObserver(t: TestDatabase, zoneOf: (home: string) => string) {
  const seen = new Set<string>();
  const diary: Diary = new Map();

  const write = (home: string, { now, text, ownDay }: { now: Date; text: string; ownDay: string | null }) => {
    const { day, time } = localTime(now, zoneOf(home));
    const dated = ownDay === null || ownDay === day ? "" : ` (dated ${ownDay})`;
    const lines = diary.get(home) ?? [];
    diary.set(home, [...lines, `${day} ${time} ${text}${dated}`]);
  };

  async function look(now: Date): Promise<void> {
    for (const { home, key, text, own_day: ownDay } of await everything(t)) {
      if (seen.has(key)) continue;
      seen.add(key);
      write(home, { now, text, ownDay });
    }
  }

  return { diary, look, write };
}

function localTime(now: Date, timeZone: string): { day: string; time: string } {
  const text = now.toLocaleString("sv-SE", { timeZone });
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}
