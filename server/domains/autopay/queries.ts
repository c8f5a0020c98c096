import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  autopayEnrolments,
  draftBills,
  drafts,
  type DraftSource,
  type DraftState,
  invoices,
  paymentMethods,
} from "#db/schema/index.ts";
import { methodLabel } from "#server/domains/payments/index.ts";

import { isLiveDraft } from "./rows.ts";
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
  methodId: string | null;
  methodLabel: string | null;
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
    .select({ draft: drafts, method: paymentMethods })
    .from(drafts)
    .leftJoin(paymentMethods, eq(paymentMethods.id, drafts.paymentMethodId))
    .where(
      and(eq(drafts.accountId, accountId), live ? isLiveDraft : inArray(drafts.state, ["paid", "failed", "canceled"])),
    )
    .orderBy(live ? asc(drafts.draftOn) : desc(drafts.draftOn), asc(drafts.id))
    .limit(limit);
  const bills = await billsOf(
    db,
    rows.map((row) => row.draft.id),
  );
  return rows.map(({ draft, method }) => {
    const { id, source, sourceId, state, draftOn, tryOn, attempts, currency, announcedMinor, paymentId } = draft;
    return {
      ...{ id, source, sourceId, state, draftOn, tryOn, attempts, currency, announcedMinor, paymentId },
      ...{ failureCode: draft.failureCode, cancelReason: draft.cancelReason, methodId: draft.paymentMethodId },
      methodLabel: method ? methodLabel(method) : null,
      bills: bills.filter((bill) => bill.draftId === id).map(({ draftId: _, ...bill }) => bill),
    };
  });
}

/** What is taken next, for the landing; null when nothing stands. */
export async function nextDraft(db: DbOrTx, accountId: string): Promise<Draft | null> {
  return (await listDrafts(db, { accountId, live: true, limit: 1 }))[0] ?? null;
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
