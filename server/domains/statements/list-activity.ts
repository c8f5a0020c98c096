import { sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { type CreditReason, type DisputeState, type PaymentState } from "#db/schema/index.ts";
import { decodeDayCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

type Event = {
  id: string;
  /** The business day in the account's zone. */
  occurredOn: LocalDate;
  /** Always positive; the kind says what it did. Minor units of the account's currency. */
  amountMinor: bigint;
  currency: Currency;
};

/** One line of an account's history: a thing that exists, with where it stands now. */
export type Activity =
  | (Event & { kind: "bill"; number: string; lateFee: boolean; voided: boolean })
  | (Event & {
      kind: "payment";
      state: PaymentState;
      methodLabel: string | null;
      /** Why a failed one failed, in the customer's words; null otherwise. */
      shortReason: string | null;
      /** Returned by the bank or charged back, of what was captured. */
      takenBackMinor: bigint;
      /** What of it we sent back. */
      refundedMinor: bigint;
    })
  | (Event & {
      kind: "credit";
      number: string;
      creditKind: "credit_note" | "goodwill" | "waiver" | "write_off" | "provisional";
      reason: CreditReason;
      /** The bill it came down on. */
      billNumber: string | null;
    })
  | (Event & { kind: "dispute"; number: string; state: DisputeState; billNumber: string | null });

type Row = {
  kind: Activity["kind"];
  id: string;
  day: LocalDate;
  amount: string;
  currency: Currency;
  label: string | null;
  state: string;
  detail: string | null;
  bill_number: string | null;
  taken_back: string;
  refunded: string;
};

export type ListActivity = { accountId: string; cursor?: string | null | undefined; limit?: number | undefined };

/**
 * Everything that happened about an account's money, newest first, a keyset page at a time: bills, payments, credits and
 * disputes. A payment stands on the day it settled, before that on the day it was made. A cursor that is not ours
 * starts at the top.
 */
export async function listActivity(db: DbOrTx, query: ListActivity): Promise<Page<Activity>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeDayCursor(query.cursor);
  const before = after ? sql`where (day, id) < (${after.day}::date, ${after.id}::uuid)` : sql``;
  const newest = sql`${before} order by day desc, id desc limit ${limit + 1}`;
  const rows = await db.execute<Row>(sql`
    with chosen as (select id, zone from accounts where id = ${query.accountId}),
    bill as (
      select 'bill' as kind, i.id, i.issued_on as day, i.total_minor as amount, i.currency, i.number as label,
        i.status::text as state, i.kind::text as detail, null as bill_number, 0::bigint as taken_back, 0::bigint as refunded
      from invoices i join chosen on i.account_id = chosen.id
    ),
    payment as (
      select 'payment' as kind, p.id, coalesce(p.settled_on, (p.requested_at at time zone chosen.zone)::date) as day,
        p.amount_minor + p.fee_minor as amount, p.currency, p.method_label as label, p.state::text as state,
        p.short_reason as detail, null as bill_number,
        p.returned_minor + p.charged_back_minor as taken_back, p.refunded_minor as refunded
      from payments p join chosen on p.account_id = chosen.id
    ),
    credit as (
      select 'credit' as kind, c.id, c.occurred_on as day, c.amount_minor as amount, c.currency, c.number as label,
        c.kind::text as state, c.reason::text as detail, i.number as bill_number, 0::bigint as taken_back, 0::bigint as refunded
      from credits c join chosen on c.account_id = chosen.id left join invoices i on i.id = c.invoice_id
    ),
    dispute as (
      select 'dispute' as kind, d.id, d.opened_on as day, d.amount_minor as amount, d.currency, d.number as label,
        d.state::text as state, null as detail, i.number as bill_number, 0::bigint as taken_back, 0::bigint as refunded
      from disputes d join chosen on d.account_id = chosen.id left join invoices i on i.id = d.invoice_id
    ),
    listed as (
      (select * from bill ${newest}) union all (select * from payment ${newest})
      union all (select * from credit ${newest}) union all (select * from dispute ${newest})
    )
    select kind, id, day::text as day, amount::text as amount, currency, label, state, detail, bill_number,
      taken_back::text as taken_back, refunded::text as refunded
    from listed order by listed.day desc, listed.id desc limit ${limit + 1}`);
  return toPage(rows.map(toActivity), limit, (item) => [item.occurredOn, item.id]);
}

function toActivity(row: Row): Activity {
  const { id, day: occurredOn, currency, state, detail, bill_number: billNumber } = row;
  const event = { id, occurredOn, currency, amountMinor: BigInt(row.amount) };
  const number = row.label ?? "";
  // The enums of the database's columns vouch for the words.
  switch (row.kind) {
    case "bill":
      return { ...event, kind: "bill", number, lateFee: detail === "late_fee", voided: state === "voided" };
    case "payment":
      return {
        ...event,
        kind: "payment",
        state: state as PaymentState,
        methodLabel: row.label,
        shortReason: detail,
        takenBackMinor: BigInt(row.taken_back),
        refundedMinor: BigInt(row.refunded),
      };
    case "credit": {
      const creditKind = state as Extract<Activity, { kind: "credit" }>["creditKind"];
      return { ...event, kind: "credit", number, creditKind, reason: detail as CreditReason, billNumber };
    }
    case "dispute":
      return { ...event, kind: "dispute", number, state: state as DisputeState, billNumber };
  }
}
