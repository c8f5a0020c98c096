import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";

import { chargeStep } from "#app/contracts/chargeable.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import {
  autopayEnrolments,
  draftBills,
  drafts,
  type DraftSource,
  type DraftState,
  invoices,
  paymentMethods,
  payments,
} from "#db/schema/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { methodLabel, payableAfterCredit } from "#server/domains/payments/index.ts";

import { type DraftRow, heldByOwnClaim, isLiveDraft } from "./rows.ts";
import { type AnnouncedBill, cardEndBefore, partsToTake, trimToGrid } from "./rules.ts";
import { type Enrolment } from "./set-up-autopay.ts";

export type Autopay = Enrolment & {
  method: { id: string; label: string; expMonth: number | null; expYear: number | null };
};

/** Autopay as it stands on an account, with what it is paid from; null while it is off. */
export async function getAutopay(db: DbOrTx, accountId: string): Promise<Autopay | null> {
  const [row] = await db
    .select({ enrolment: autopayEnrolments, method: paymentMethods })
    .from(autopayEnrolments)
    .innerJoin(paymentMethods, eq(paymentMethods.id, autopayEnrolments.paymentMethodId))
    .where(and(eq(autopayEnrolments.accountId, accountId), isNull(autopayEnrolments.stoppedAt)));
  if (!row) return null;
  const { id, expMonth, expYear } = row.method;
  return { ...row.enrolment, method: { id, label: methodLabel(row.method), expMonth, expYear } };
}

export type Draft = {
  id: string;
  source: DraftSource;
  sourceId: string;
  state: DraftState;
  draftOn: LocalDate;
  /** The day of the next attempt; null when there will be none. */
  tryOn: LocalDate | null;
  attempts: number;
  currency: Currency;
  /** What was announced; what is taken is never more. */
  announcedMinor: bigint;
  /** What would be taken as things stand; of one that is over or on its way, what was asked for. */
  takesMinor: bigint;
  methodId: string | null;
  methodLabel: string | null;
  /** The card's last day, where that is before the next attempt. */
  cardEndsOn: LocalDate | null;
  paymentId: string | null;
  failureCode: string | null;
  cancelReason: string | null;
  bills: { invoiceId: string; number: string; announcedMinor: bigint; openMinor: bigint }[];
};

/** Drafts of an account: those that stand, soonest first, then what became of the last ones. */
export async function listDrafts(
  db: DbOrTx,
  { accountId, live, limit = 50 }: { accountId: string; live: boolean; limit?: number },
): Promise<Draft[]> {
  const rows = await db
    .select({ draft: drafts, method: paymentMethods, asked: payments.amountMinor })
    .from(drafts)
    .leftJoin(paymentMethods, eq(paymentMethods.id, drafts.paymentMethodId))
    .leftJoin(payments, eq(payments.id, drafts.paymentId))
    .where(
      and(eq(drafts.accountId, accountId), live ? isLiveDraft : inArray(drafts.state, ["paid", "failed", "canceled"])),
    )
    .orderBy(live ? asc(drafts.draftOn) : desc(drafts.draftOn), asc(drafts.id))
    .limit(limit);
  const bills = await billsOf(
    db,
    rows.map((row) => row.draft.id),
  );
  const waiting = rows.map((row) => row.draft).filter((draft) => draft.state === "announced");
  const takes = await takesOf(db, { accountId, waiting, bills });
  return rows.map(({ draft, method, asked }) => {
    const { id, source, sourceId, state, draftOn, tryOn, attempts, currency, announcedMinor, paymentId } = draft;
    return {
      ...{ id, source, sourceId, state, draftOn, tryOn, attempts, currency, announcedMinor, paymentId },
      ...{ failureCode: draft.failureCode, cancelReason: draft.cancelReason, methodId: draft.paymentMethodId },
      takesMinor: takes.get(id) ?? asked ?? announcedMinor,
      methodLabel: method ? methodLabel(method) : null,
      cardEndsOn: tryOn === null || !method ? null : cardEndBefore(method, tryOn),
      bills: bills.filter((bill) => bill.draftId === id).map(({ draftId: _, ...bill }) => bill),
    };
  });
}

/** What autopay will take of a bill, in minor units, and how much of that it has not tried to take yet. */
export type AnnouncedOf = { announcedMinor: bigint; untriedMinor: bigint };

/** What autopay has announced to take of each bill and has not taken or given up; what a claim holds is not among it. */
export async function listAnnounced(tx: Tx, accountId: string): Promise<ReadonlyMap<string, AnnouncedOf>> {
  const rows = await tx
    .select({ invoiceId: draftBills.invoiceId, minor: draftBills.announcedMinor, attempts: drafts.attempts })
    .from(draftBills)
    .innerJoin(drafts, eq(drafts.id, draftBills.draftId))
    .where(and(eq(drafts.accountId, accountId), eq(drafts.source, "autopay"), eq(drafts.state, "announced")));
  const byBill = new Map<string, AnnouncedOf>();
  for (const { invoiceId, minor, attempts } of rows) {
    const before = byBill.get(invoiceId) ?? { announcedMinor: 0n, untriedMinor: 0n };
    byBill.set(invoiceId, {
      announcedMinor: before.announcedMinor + minor,
      untriedMinor: before.untriedMinor + (attempts === 0 ? minor : 0n),
    });
  }
  return byBill;
}

/** What is taken next, for the landing; null when nothing stands. What is on its way already is a payment. */
export async function nextDraft(db: DbOrTx, accountId: string): Promise<Draft | null> {
  const live = await listDrafts(db, { accountId, live: true });
  return live.find(({ state }) => state === "announced") ?? null;
}

type Waiting = {
  accountId: string;
  waiting: readonly DraftRow[];
  bills: readonly (AnnouncedBill & { draftId: string })[];
};

/** What each draft that waits would take now, by the rule of its day: credit first, what is held left out. */
async function takesOf(db: DbOrTx, { accountId, waiting, bills }: Waiting): Promise<Map<string, bigint>> {
  const [first] = waiting;
  if (!first) return new Map();
  // What is payable does not depend on the day it is asked for.
  const today = first.draftOn;
  const [open, { unapplied }] = await Promise.all([
    listOpenBills(db, { accountId, today }),
    getAccountMoney(db, accountId, today),
  ]);
  const payable = payableAfterCredit(open, unapplied.amountMinor);
  const takes = await Promise.all(
    waiting.map(async (draft): Promise<[string, bigint]> => {
      const own = await heldByOwnClaim(db, draft);
      const named = bills.filter((bill) => bill.draftId === draft.id);
      const parts = partsToTake(
        named,
        new Map(payable.map((bill) => [bill.invoiceId, { ...bill, ownHeldMinor: own.get(bill.invoiceId) ?? 0n }])),
      );
      const takesMinor = trimToGrid(parts, chargeStep(draft.currency)).reduce(
        (sum, part) => sum + part.amountMinor,
        0n,
      );
      return [draft.id, takesMinor];
    }),
  );
  return new Map(takes);
}

async function billsOf(db: DbOrTx, draftIds: readonly string[]) {
  if (draftIds.length === 0) return [];
  return db
    .select({
      draftId: draftBills.draftId,
      invoiceId: invoices.id,
      number: invoices.number,
      announcedMinor: draftBills.announcedMinor,
      openMinor: invoices.openMinor,
    })
    .from(draftBills)
    .innerJoin(invoices, eq(invoices.id, draftBills.invoiceId))
    .where(inArray(draftBills.draftId, [...draftIds]))
    .orderBy(draftBills.position);
}
