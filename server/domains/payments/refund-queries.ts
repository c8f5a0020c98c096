import { asc, eq, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint, money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  chargebacks,
  invoices,
  type JournalKind,
  logins,
  payments,
  refundBills,
  type RefundCause,
  refunds,
  type RefundState,
} from "#db/schema/index.ts";
import { getPaymentStanding } from "#server/domains/invoices/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { feeLeftOf } from "./fee.ts";
import { refundableMinor } from "./refund-rules.ts";
import { isAtProcessor } from "./rows.ts";

export type Refund = {
  id: string;
  actionId: string;
  cause: RefundCause;
  state: RefundState;
  /** All that went back, the convenience fee included. */
  amount: Money;
  fee: Money;
  /** What the customer is told. */
  note: string | null;
  failureCode: string | null;
  occurredOn: LocalDate;
  failedOn: LocalDate | null;
  /** Who gave it; null for the system. For staff. */
  by: string | null;
  bills: { number: string; amount: Money }[];
};

/** What went back of a payment, oldest first, failed ones too. Authorise on the payment's account. */
export async function listRefunds(db: DbOrTx, paymentId: string): Promise<Refund[]> {
  const rows = await db
    .select({ refund: refunds, by: logins.name })
    .from(refunds)
    .leftJoin(logins, eq(logins.id, refunds.madeBy))
    .where(eq(refunds.paymentId, paymentId))
    .orderBy(asc(refunds.id));
  if (rows.length === 0) return [];
  const ids = rows.map(({ refund }) => refund.id);
  const parts = await db
    .select({ refundId: refundBills.refundId, number: invoices.number, amountMinor: refundBills.amountMinor })
    .from(refundBills)
    .innerJoin(invoices, eq(invoices.id, refundBills.invoiceId))
    .where(inArray(refundBills.refundId, ids))
    .orderBy(asc(invoices.dueOn), asc(invoices.number));
  return rows.map(({ refund, by }) => ({
    ...{ id: refund.id, actionId: refund.actionId, cause: refund.cause, state: refund.state, note: refund.note, by },
    ...{ failureCode: refund.failureCode, occurredOn: refund.occurredOn, failedOn: refund.failedOn },
    amount: money(refund.amountMinor + refund.feeMinor, refund.currency),
    fee: money(refund.feeMinor, refund.currency),
    bills: parts
      .filter((part) => part.refundId === refund.id)
      .map((part) => ({ number: part.number, amount: money(part.amountMinor, refund.currency) })),
  }));
}

export type Refundable = {
  /** Why nothing can be refunded; null when something can. */
  why: "not_settled" | "nothing_left" | "under_bank_review" | null;
  /** Goes back over the processor, or out of our bank by hand. */
  byHand: boolean;
  left: Money;
  /** What no bill took, and the convenience fee that is still ours. */
  overpaid: Money;
  fee: Money;
  /** The newest first: what of the payment stands on each, and what credit notes may still take of it. */
  bills: { invoiceId: string; number: string; onBill: Money; creditable: Money }[];
};

/** What the refund form offers. Throws not_found; authorise on the payment's account. */
export async function getRefundable(db: DbOrTx, paymentId: string): Promise<Refundable> {
  const [payment] = await db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!payment) throw notFound("payment");
  const [standing, feeMinor] = await Promise.all([getPaymentStanding(db, paymentId), feeLeftOf(db, payment)]);
  const of = (minor: bigint) => money(minor, payment.currency);
  const leftMinor = refundableMinor(payment);
  const reviewed = isAtProcessor(payment) && payment.chargedBackMinor > 0n;
  const why = reviewed ? "under_bank_review" : leftMinor > 0n ? null : "nothing_left";
  return {
    why: payment.state === "settled" ? why : "not_settled",
    byHand: !isAtProcessor(payment),
    left: of(leftMinor > 0n ? leftMinor : 0n),
    overpaid: of(minBigint(standing.creditMinor, leftMinor)),
    fee: of(feeMinor),
    bills: standing.bills.map((bill) => ({
      ...{ invoiceId: bill.invoiceId, number: bill.number, onBill: of(bill.amountMinor) },
      creditable: of(bill.creditableMinor),
    })),
  };
}

export type PaymentJournal = { id: string; kind: JournalKind; occurredOn: LocalDate; amount: Money };

/** What the books say of a payment: its journals and those of its refunds, returns and chargebacks, in order. */
export async function listPaymentJournals(db: DbOrTx, paymentId: string): Promise<PaymentJournal[]> {
  const [payment] = await db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  if (!payment) throw notFound("payment");
  const [given, taken] = await Promise.all([
    db.select({ id: refunds.actionId }).from(refunds).where(eq(refunds.paymentId, paymentId)),
    db.select({ id: chargebacks.actionId }).from(chargebacks).where(eq(chargebacks.paymentId, paymentId)),
  ]);
  const bounced = payment.bounceActionId === null ? [] : [payment.bounceActionId];
  const actionIds = [payment.actionId, ...bounced, ...[...given, ...taken].map((row) => row.id)];
  const ids = sql.join(
    actionIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const rows = await db.execute<{ id: string; kind: JournalKind; day: LocalDate; minor: string }>(sql`
    select j.id, j.kind, j.occurred_on::text as day, sum(e.amount_minor) filter (where e.amount_minor > 0)::text as minor
    from journals j join entries e on e.journal_number = j.number
    where j.action_id in (${ids}) group by j.number order by j.number limit 200`);
  return rows.map(({ id, kind, day, minor }) => ({
    ...{ id, kind, occurredOn: day },
    amount: money(BigInt(minor), payment.currency),
  }));
}
