import { sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";

export type BookCounts = {
  accounts: number;
  invoices: number;
  openInvoices: number;
  creditNotes: number;
  payments: number;
  journals: number;
  entries: number;
};

/** Decimal text in the currency's own decimals. The buckets add up to what is open; `disputed` stands inside them. */
export type CurrencyTotals = {
  receivable: string;
  unappliedCredit: string;
  clearing: string;
  aging: { current: string; d1_30: string; d31_60: string; d61_90: string; d90plus: string; disputed: string };
};

/** The day up to which journals count; null is everything there is. */
export type AsOf = LocalDate | null;

const upTo = (column: string, asOf: AsOf) => (asOf === null ? sql`true` : sql`${sql.raw(column)} <= ${asOf}::date`);

/** Every bill issued by the day, with what was open and in dispute of it then. */
const billsThen = (asOf: AsOf) => sql`
  select i.id, i.account_id, i.currency, i.due_on, i.status,
    i.total_minor - coalesce(m.moved, 0) as open, coalesce(d.held, 0) as disputed
  from invoices i
  left join (
    select invoice_id, sum(amount_minor) as moved from allocations where ${upTo("occurred_on", asOf)} group by 1
  ) m on m.invoice_id = i.id
  left join (
    select invoice_id, sum(held_delta_minor) as held from claim_changes
    where kind = 'dispute' and ${upTo("occurred_on", asOf)} group by 1
  ) d on d.invoice_id = i.id
  where ${upTo("i.issued_on", asOf)}`;

/** How many of each there are, as of a day. Voided bills are no bills, from the day they were voided on. */
export async function countBooks(tx: Tx, asOf: AsOf): Promise<BookCounts> {
  const [row] = await tx.execute<Record<keyof BookCounts, string>>(sql`
    select (select count(*) from accounts) as accounts,
      (select count(*) from (${billsThen(asOf)}) b where status = 'issued' or open > 0) as invoices,
      (select count(*) from (${billsThen(asOf)}) b where open > 0) as "openInvoices",
      (select count(*) from credits where kind = 'credit_note' and ${upTo("occurred_on", asOf)}) as "creditNotes",
      (select count(*) from payments where state = 'settled' and ${upTo("settled_on", asOf)}) as payments,
      (select count(*) from journals where ${upTo("occurred_on", asOf)}) as journals,
      (select count(*) from entries e join journals j on j.number = e.journal_number
        where ${upTo("j.occurred_on", asOf)}) as entries`);
  const of = (name: keyof BookCounts) => Number(row?.[name] ?? 0);
  return {
    ...{ accounts: of("accounts"), invoices: of("invoices"), openInvoices: of("openInvoices") },
    ...{ creditNotes: of("creditNotes"), payments: of("payments"), journals: of("journals"), entries: of("entries") },
  };
}

type AgingRow = { currency: Currency } & Record<
  "current" | "d1_30" | "d31_60" | "d61_90" | "d90plus" | "disputed",
  string
>;

/** What is open by how late it is: on the day given, else on each account's own today. */
async function ageBooks(tx: Tx, { asOf, now }: { asOf: AsOf; now: Date }): Promise<Map<Currency, AgingRow>> {
  const today = asOf === null ? sql`(${now.toISOString()}::timestamptz at time zone a.zone)::date` : sql`${asOf}::date`;
  const between = (from: number, to: number) =>
    sql`coalesce(sum(open) filter (where late between ${from} and ${to}), 0)::text`;
  const rows = await tx.execute<AgingRow>(sql`
    select currency, coalesce(sum(open) filter (where late <= 0), 0)::text as current, ${between(1, 30)} as d1_30,
      ${between(31, 60)} as d31_60, ${between(61, 90)} as d61_90,
      coalesce(sum(open) filter (where late > 90), 0)::text as d90plus, coalesce(sum(disputed), 0)::text as disputed
    from (
      select b.currency, b.open, b.disputed, ${today} - b.due_on as late
      from (${billsThen(asOf)}) b join accounts a on a.id = b.account_id where b.open <> 0
    ) x group by currency`);
  return new Map(rows.map((row) => [row.currency, row]));
}

/** Balances and aging per currency, as of a day. `always` is listed even with nothing in it. */
export async function totalBooks(
  tx: Tx,
  { asOf, now, always }: { asOf: AsOf; now: Date; always: Currency },
): Promise<Record<string, CurrencyTotals>> {
  const aging = await ageBooks(tx, { asOf, now });
  const balances = await tx.execute<{ currency: Currency; kind: string; total: string }>(sql`
    select a.currency, a.kind, sum(e.amount_minor)::text as total
    from entries e join ledger_accounts a on a.id = e.ledger_account_id join journals j on j.number = e.journal_number
    where a.kind in ('receivable', 'unapplied', 'clearing') and ${upTo("j.occurred_on", asOf)} group by 1, 2`);
  const codes = [...new Set([always, ...aging.keys(), ...balances.map((row) => row.currency)])].sort();
  return Object.fromEntries(
    codes.map((code) => {
      const text = (minor: string | undefined, sign = 1n) => toDecimal(money(sign * BigInt(minor ?? 0), code));
      const balance = (kind: string) => balances.find((row) => row.currency === code && row.kind === kind)?.total;
      const row = aging.get(code);
      return [
        code,
        {
          receivable: text(balance("receivable")),
          unappliedCredit: text(balance("unapplied"), -1n),
          clearing: text(balance("clearing")),
          aging: {
            ...{ current: text(row?.current), d1_30: text(row?.d1_30), d31_60: text(row?.d31_60) },
            ...{ d61_90: text(row?.d61_90), d90plus: text(row?.d90plus), disputed: text(row?.disputed) },
          },
        },
      ];
    }),
  );
}
