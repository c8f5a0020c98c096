import { and, asc, desc, eq, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  type ClaimKind,
  allocations,
  claims,
  credits,
  invoiceEvents,
  invoiceLines,
  invoices,
  payments,
  refundBills,
  type RefundCause,
  refunds,
} from "#db/schema/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { type Bill, billColumns, toBill } from "./bill-rows.ts";
import { findRelatedBills, type RelatedBills } from "./related-bills.ts";
import { type Effect } from "./sheet.ts";

export type BillLine = {
  id: string;
  position: number;
  description: string;
  explanation: string | null;
  /** Exact decimal text, as billed. */
  quantity: string;
  unit: string | null;
  unitPrice: string;
  amountMinor: bigint;
  taxMinor: bigint;
  /** Of amount and tax together, what credit notes took back. */
  creditedMinor: bigint;
};

export type BillAllocation = {
  id: string;
  effect: Effect;
  /** Negative when it was taken off again. */
  amountMinor: bigint;
  paymentId: string | null;
  /** "Visa ··4242". */
  paymentLabel: string | null;
  /** Of a check, cash, a transfer or an imported payment only the day is known. */
  byHand: boolean;
  creditId: string | null;
  creditNumber: string | null;
  creditKind: string | null;
  /** Whether it came through open credit. */
  throughCredit: boolean;
  occurredOn: LocalDate;
};

export type BillEvent = {
  id: string;
  kind: (typeof invoiceEvents.$inferSelect)["kind"];
  amountMinor: bigint | null;
  /** A payment, credit or dispute, as its prefixed id. */
  reference: string | null;
  occurredAt: Date;
};

/** Money that went back for this bill: what its timeline says of it. */
export type BillRefund = {
  id: string;
  paymentId: string;
  paymentLabel: string | null;
  /** Paid out by people: it came as a check, cash or a transfer, or was imported. */
  byHand: boolean;
  cause: RefundCause;
  /** What the customer was told. */
  note: string | null;
  failed: boolean;
};

export type BillClaim = { id: string; kind: ClaimKind; sourceId: string; wantedMinor: bigint; heldMinor: bigint };

export type BillDetail = Bill & {
  lines: BillLine[];
  timeline: BillEvent[];
  claims: BillClaim[];
  allocations: BillAllocation[];
  refunds: BillRefund[];
  related: RelatedBills;
};

const MOST = 1000;

/** One bill with all that a person may ask about it. Throws not_found when the account has no bill of that number. */
export async function getBill(
  db: DbOrTx,
  { accountId, number, today }: { accountId: string; number: string; today: LocalDate },
): Promise<BillDetail> {
  const [row] = await db
    .select(billColumns)
    .from(invoices)
    .where(and(eq(invoices.accountId, accountId), eq(invoices.number, number)))
    .limit(1);
  if (!row) throw notFound("bill");
  const [lines, timeline, live, moves, back, related] = await Promise.all([
    listLines(db, row.id),
    listTimeline(db, row.id),
    listClaims(db, row.id),
    listAllocations(db, row.id),
    listBillRefunds(db, row.id),
    findRelatedBills(db, row),
  ]);
  return { ...toBill(row, today), lines, timeline, claims: live, allocations: moves, refunds: back, related };
}

/** One bill by id, without its details. Throws not_found when it is not a bill of that account. */
export async function getBillById(
  db: DbOrTx,
  { accountId, invoiceId, today }: { accountId: string; invoiceId: string; today: LocalDate },
): Promise<Bill> {
  const [row] = await db
    .select(billColumns)
    .from(invoices)
    .where(and(eq(invoices.accountId, accountId), eq(invoices.id, invoiceId)))
    .limit(1);
  if (!row) throw notFound("bill");
  return toBill(row, today);
}

export type BillBefore = { number: string; issuedOn: LocalDate; totalMinor: bigint; lines: BillLine[] };

/** The account's last bill issued before this one, to tell what changed; null for its first. Late fees are no bill here. */
export async function findBillBefore(
  db: DbOrTx,
  bill: Pick<Bill, "id" | "accountId" | "issuedOn">,
): Promise<BillBefore | null> {
  const i = invoices;
  const [row] = await db
    .select({ id: i.id, number: i.number, issuedOn: i.issuedOn, totalMinor: i.totalMinor })
    .from(i)
    .where(
      and(
        eq(i.accountId, bill.accountId),
        eq(i.kind, "bill"),
        eq(i.status, "issued"),
        sql`(${i.issuedOn}, ${i.id}) < (${bill.issuedOn}::date, ${bill.id}::uuid)`,
      ),
    )
    .orderBy(desc(i.issuedOn), desc(i.id))
    .limit(1);
  if (!row) return null;
  const { id, ...before } = row;
  return { ...before, lines: await listLines(db, id) };
}

export async function listLines(db: DbOrTx, invoiceId: string): Promise<BillLine[]> {
  const l = invoiceLines;
  return db
    .select({
      id: l.id,
      position: l.position,
      description: l.description,
      explanation: l.explanation,
      quantity: l.quantity,
      unit: l.unit,
      unitPrice: l.unitPrice,
      amountMinor: l.amountMinor,
      taxMinor: l.taxMinor,
      creditedMinor: l.creditedMinor,
    })
    .from(l)
    .where(eq(l.invoiceId, invoiceId))
    .orderBy(asc(l.position))
    .limit(MOST);
}

async function listTimeline(db: DbOrTx, invoiceId: string): Promise<BillEvent[]> {
  const e = invoiceEvents;
  return (
    db
      .select({ id: e.id, kind: e.kind, amountMinor: e.amountMinor, reference: e.reference, occurredAt: e.occurredAt })
      .from(e)
      .where(eq(e.invoiceId, invoiceId))
      // The processor tells whole seconds: within one, what was written first came first.
      .orderBy(sql`date_trunc('second', ${e.occurredAt})`, asc(e.id))
      .limit(MOST)
  );
}

async function listClaims(db: DbOrTx, invoiceId: string): Promise<BillClaim[]> {
  const c = claims;
  return db
    .select({ id: c.id, kind: c.kind, sourceId: c.sourceId, wantedMinor: c.wantedMinor, heldMinor: c.heldMinor })
    .from(c)
    .where(and(eq(c.invoiceId, invoiceId), sql`${c.releasedAt} is null`))
    .orderBy(asc(c.createdAt), asc(c.id))
    .limit(MOST);
}

async function listAllocations(db: DbOrTx, invoiceId: string): Promise<BillAllocation[]> {
  const a = allocations;
  const rows = await db
    .select({
      id: a.id,
      effect: a.effect,
      amountMinor: a.amountMinor,
      paymentId: a.paymentId,
      paymentLabel: payments.methodLabel,
      chargeId: payments.chargeId,
      creditId: a.creditId,
      creditNumber: credits.number,
      creditKind: credits.kind,
      openCreditId: a.openCreditId,
      occurredOn: a.occurredOn,
    })
    .from(a)
    .leftJoin(payments, eq(payments.id, a.paymentId))
    .leftJoin(credits, eq(credits.id, a.creditId))
    .where(eq(a.invoiceId, invoiceId))
    .orderBy(asc(a.id))
    .limit(MOST);
  return rows.map(({ openCreditId, chargeId, ...row }) => ({
    ...{ ...row, byHand: row.paymentId !== null && chargeId === null, throughCredit: openCreditId !== null },
  }));
}

async function listBillRefunds(db: DbOrTx, invoiceId: string): Promise<BillRefund[]> {
  const { id, paymentId, cause, note, state } = refunds;
  const rows = await db
    .select({ id, paymentId, paymentLabel: payments.methodLabel, chargeId: payments.chargeId, cause, note, state })
    .from(refundBills)
    .innerJoin(refunds, eq(refunds.id, refundBills.refundId))
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(eq(refundBills.invoiceId, invoiceId))
    .orderBy(asc(refunds.id))
    .limit(MOST);
  return rows.map(({ state: now, chargeId, ...row }) => ({
    ...{ ...row, byHand: chargeId === null, failed: now === "failed" },
  }));
}
