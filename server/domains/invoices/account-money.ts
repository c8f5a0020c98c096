import { sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint, type Money, money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { notFound } from "#server/platform/faults.ts";

export type OpenCredit = {
  id: string;
  kind: "payment" | "credit_note" | "goodwill";
  sourceId: string;
  leftMinor: bigint;
  occurredOn: LocalDate;
};

/** The words of MONEY.md for one account, each a Money of its currency. Claims stand inside `open`. */
export type AccountMoney = {
  accountId: string;
  currency: Currency;
  /** The account's version: a form carries it. */
  version: number;
  /** total − paid − credited − written off, over all bills. */
  open: Money;
  /** open − held claims: what may be asked for. */
  payable: Money;
  /** payable + scheduled with a due date before today. */
  pastDue: Money;
  inDispute: Money;
  processing: Money;
  scheduled: Money;
  planned: Money;
  underReview: Money;
  /** The sum of the open credits. */
  unapplied: Money;
  openCredits: OpenCredit[];
  /** payable − unapplied, never below 0. */
  toPayNow: Money;
  /** What of it is past due: payable with a due date before today, less the credit, which goes there first. */
  lateToPayNow: Money;
  /** The next due date, today or later, of a bill with something payable. */
  nextDueOn: LocalDate | null;
  openBills: number;
};

type Row = {
  currency: Currency;
  version: string;
  open: string;
  open_bills: number;
  held: string;
  past_due: string;
  late: string;
  in_flight: string;
  chargeback: string;
  dispute: string;
  plan: string;
  scheduled: string;
  next_due_on: LocalDate | null;
  credits: { id: string; kind: OpenCredit["kind"]; source_id: string; left: string; occurred_on: LocalDate }[] | null;
};

/** What an account owes and has, as of now; `today` (in the account's zone) decides what is past due. One round trip. */
export async function getAccountMoney(db: DbOrTx, accountId: string, today: LocalDate): Promise<AccountMoney> {
  const [row] = await db.execute<Row>(sql`
    with bill as (
      select i.id, i.due_on, i.open_minor, i.held_minor,
        coalesce(sum(c.held_minor) filter (where c.kind = 'in_flight'), 0) as in_flight,
        coalesce(sum(c.held_minor) filter (where c.kind = 'chargeback'), 0) as chargeback,
        coalesce(sum(c.held_minor) filter (where c.kind = 'dispute'), 0) as dispute,
        coalesce(sum(c.held_minor) filter (where c.kind = 'plan'), 0) as plan,
        coalesce(sum(c.held_minor) filter (where c.kind = 'scheduled'), 0) as scheduled
      from invoices i left join claims c on c.invoice_id = i.id and c.released_at is null
      where i.account_id = ${accountId} and i.open_minor > 0
      group by i.id
    )
    select a.currency, a.version::text,
      coalesce(sum(b.open_minor), 0)::text as open, count(b.id)::int as open_bills,
      coalesce(sum(b.held_minor), 0)::text as held,
      coalesce(sum(b.open_minor - b.held_minor + b.scheduled) filter (where b.due_on < ${today}::date), 0)::text as past_due,
      coalesce(sum(b.open_minor - b.held_minor) filter (where b.due_on < ${today}::date), 0)::text as late,
      coalesce(sum(b.in_flight), 0)::text as in_flight, coalesce(sum(b.chargeback), 0)::text as chargeback,
      coalesce(sum(b.dispute), 0)::text as dispute, coalesce(sum(b.plan), 0)::text as plan,
      coalesce(sum(b.scheduled), 0)::text as scheduled,
      (min(b.due_on) filter (where b.due_on >= ${today}::date and b.open_minor > b.held_minor))::text as next_due_on,
      (select jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'source_id', o.source_id,
          'left', o.left_minor::text, 'occurred_on', o.occurred_on) order by o.occurred_on, o.id)
        from open_credits o where o.account_id = a.id and o.left_minor > 0) as credits
    from accounts a left join bill b on true
    where a.id = ${accountId}
    group by a.id`);
  if (!row) throw notFound("account");
  return toAccountMoney(accountId, row);
}

function toAccountMoney(accountId: string, row: Row): AccountMoney {
  const { currency } = row;
  const of = (text: string | bigint): Money => money(BigInt(text), currency);
  const openCredits = (row.credits ?? []).map((credit) => ({
    id: credit.id,
    kind: credit.kind,
    sourceId: credit.source_id,
    leftMinor: BigInt(credit.left),
    occurredOn: credit.occurred_on,
  }));
  const payable = BigInt(row.open) - BigInt(row.held);
  const unapplied = openCredits.reduce((sum, credit) => sum + credit.leftMinor, 0n);
  return {
    accountId,
    currency,
    version: Number(row.version),
    open: of(row.open),
    payable: of(payable),
    pastDue: of(row.past_due),
    inDispute: of(row.dispute),
    processing: of(row.in_flight),
    scheduled: of(row.scheduled),
    planned: of(row.plan),
    underReview: of(row.chargeback),
    unapplied: of(unapplied),
    openCredits,
    toPayNow: of(maxBigint(payable - unapplied, 0n)),
    lateToPayNow: of(maxBigint(BigInt(row.late) - unapplied, 0n)),
    nextDueOn: row.next_due_on,
    openBills: row.open_bills,
  };
}
