import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  chargebacks,
  type MethodKind,
  openCredits,
  payments,
  type PaymentState,
  processorEvents,
} from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";
import { decodeInstantCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { listRefunds, type Refund } from "./refund-queries.ts";

/** A payment as lists show it. */
export type Payment = {
  id: string;
  accountId: string;
  actionId: string;
  state: PaymentState;
  kind: MethodKind;
  /** "Visa ··4242", "Check 1042"; null while nobody knows yet. */
  methodLabel: string | null;
  /** All that was charged, the convenience fee included. */
  amount: Money;
  /** The convenience fee in it, outside every bill. */
  fee: Money;
  /** Why a bill was paid in part: a word of the catalogue, and the payer's own. */
  shortReason: string | null;
  shortNote: string | null;
  /** When the bank is expected to confirm it. */
  expectedOn: LocalDate | null;
  /** What came back of it: returned by the bank, or charged back. */
  takenBack: Money;
  /** The part of it that the bank returned. */
  returned: Money;
  /** What we gave back of it, refunds on their way included. */
  refunded: Money;
  /** Of a check or cash: brought to the bank. Of a check or transfer: sent back by it. */
  deposited: boolean;
  bouncedOn: LocalDate | null;
  failureCode: string | null;
  /** The processor's own word, for staff. */
  declineCode: string | null;
  requestedAt: Date;
  settledOn: LocalDate | null;
  madeBy: string | null;
  /** The pay link it was made through, without an account. */
  payLinkId: string | null;
};

type Row = typeof payments.$inferSelect;

const toPayment = (row: Row): Payment => ({
  ...{ id: row.id, accountId: row.accountId, actionId: row.actionId, state: row.state, kind: row.kind },
  ...{ methodLabel: row.methodLabel, failureCode: row.failureCode, declineCode: row.declineCode, madeBy: row.madeBy },
  payLinkId: row.payLinkId,
  ...{ shortReason: row.shortReason, shortNote: row.shortNote, expectedOn: row.expectedOn },
  amount: money(row.amountMinor + row.feeMinor, row.currency),
  fee: money(row.feeMinor, row.currency),
  takenBack: money(row.returnedMinor + row.chargedBackMinor, row.currency),
  returned: money(row.returnedMinor, row.currency),
  refunded: money(row.refundedMinor, row.currency),
  ...{ deposited: row.depositId !== null, bouncedOn: row.bouncedOn },
  ...{ requestedAt: row.requestedAt, settledOn: row.settledOn },
});

/** Payments of an account, newest first, a keyset page at a time. Attempts that failed are there too. */
export async function listPayments(
  db: DbOrTx,
  query: {
    accountId: string;
    states?: readonly PaymentState[] | undefined;
    /** Those made through this pay link. */
    payLinkId?: string | undefined;
    cursor?: string | null | undefined;
    limit?: number;
  },
): Promise<Page<Payment>> {
  const limit = Math.min(query.limit ?? PAGE_LIMIT, 200);
  const after = decodeInstantCursor(query.cursor);
  const rows = await db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.accountId, query.accountId),
        query.payLinkId ? eq(payments.payLinkId, query.payLinkId) : undefined,
        query.states ? inArray(payments.state, [...query.states]) : undefined,
        after
          ? sql`(${payments.requestedAt}, ${payments.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(payments.requestedAt), desc(payments.id))
    .limit(limit + 1);
  return toPage(rows.map(toPayment), limit, (payment) => [payment.requestedAt.toISOString(), payment.id]);
}

/** One bill of a payment: what was chosen, and what it took. */
export type PaymentPart = { invoiceId: string; number: string; chosen: Money; paid: Money; open: Money };

export type PaymentDetail = Payment & {
  parts: PaymentPart[];
  /** What no bill took and is still credit. */
  credit: Money;
  /** Without who gave them: customers read this. */
  refunds: Omit<Refund, "by">[];
  chargebacks: { id: string; kind: "chargeback" | "return"; state: string; amount: Money; openedOn: LocalDate }[];
};

/** A payment with its bills and what came after it. Throws not_found for an unknown id; authorise on its account. */
export async function getPayment(db: DbOrTx, paymentId: string): Promise<PaymentDetail> {
  const [row] = await db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!row) throw notFound("payment");
  const { currency } = row;
  const [parts, given, credits, after] = await Promise.all([
    listParts(db, row),
    listRefunds(db, paymentId),
    db.select({ leftMinor: openCredits.leftMinor }).from(openCredits).where(eq(openCredits.sourceId, paymentId)),
    db.select().from(chargebacks).where(eq(chargebacks.paymentId, paymentId)).orderBy(asc(chargebacks.id)),
  ]);
  return {
    ...toPayment(row),
    parts,
    refunds: given.map(({ by: _, ...refund }) => refund),
    credit: money(credits[0]?.leftMinor ?? 0n, currency),
    chargebacks: after.map(({ id, kind, state, amountMinor, openedOn }) => ({
      ...{ id, kind, state, openedOn },
      amount: money(amountMinor, currency),
    })),
  };
}

async function listParts(db: DbOrTx, { id, currency }: Row): Promise<PaymentPart[]> {
  const rows = await db.execute<{ id: string; number: string; open: string; chosen: string; paid: string }>(sql`
    select i.id, i.number, i.open_minor::text as open, coalesce(c.amount_minor, 0)::text as chosen,
      coalesce(p.minor, 0)::text as paid
    from (select * from payment_bills where payment_id = ${id}::uuid) c
    full join (
      select invoice_id, sum(amount_minor) as minor from allocations where payment_id = ${id}::uuid group by 1
    ) p on p.invoice_id = c.invoice_id
    join invoices i on i.id = coalesce(c.invoice_id, p.invoice_id)
    order by c.position, i.number`);
  const of = (minor: string) => money(BigInt(minor), currency);
  return rows.map((row) => ({
    ...{ invoiceId: row.id, number: row.number, open: of(row.open), chosen: of(row.chosen), paid: of(row.paid) },
  }));
}

const stillParked = sql`${processorEvents.parkedAt} is not null and ${processorEvents.processedAt} is null`;

/** How many events of the processor wait for a person. */
export const countParkedEvents = (db: DbOrTx): Promise<number> => db.$count(processorEvents, stillParked);

/** Events of the processor that nobody could work off, and nobody put aside yet. Newest first. */
export async function listParkedEvents(db: DbOrTx, limit = 100) {
  const { id, type, objectId, eventCreatedAt, parkedAt, parkedReason } = processorEvents;
  return db
    .select({ id, type, objectId, eventCreatedAt, parkedAt, parkedReason })
    .from(processorEvents)
    .where(stillParked)
    .orderBy(desc(parkedAt), desc(id))
    .limit(limit);
}
