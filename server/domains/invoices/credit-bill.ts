import { type Tx } from "#db/client.ts";
import { type JournalKind, type LedgerAccountKind } from "#db/schema/index.ts";
import { assert } from "#server/platform/assert.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { creditOnSheet, growOpenCredit, openCreditOf, postGift, unapplyNewest } from "./sheet-credit.ts";
import { holdOnSheet } from "./sheet-claims.ts";
import { type BillAmount, takeDirect, takeOwnSource } from "./sheet-payment.ts";
import { post, type Sheet, type Standing, type Step, type Told } from "./sheet.ts";

export type CreditBill = {
  step: Step;
  accountId: string;
  /** Null: a goodwill credit on no bill. */
  invoiceId: string | null;
  creditId: string;
  amountMinor: bigint;
  /** What its open credit is, where no bill takes it. */
  restKind: "credit_note" | "goodwill";
  journal: JournalKind;
  /** What bears it: revenue and tax, or an allowance; sums to the amount. */
  debits: readonly { account: LedgerAccountKind; amountMinor: bigint }[];
  /** A dispute whose `wanted` on this bill is set in the same step; 0 releases it. */
  claim?: { disputeId: string; wantedMinor: bigint } | undefined;
  /** A refund that goes with it: all of the credit takes the place of what this payment paid of the bill. */
  refund?: { paymentId: string; tells: Told } | undefined;
};

/**
 * Rule 2: brings a bill down by a credit inside the caller's transaction, and posts it. Beyond what is open it first
 * un-applies what paid the bill, newest first, into that payment's open credit, so that
 * total = paid + credited + written off + open; the rest becomes open credit of the credit itself. Limits, lines and
 * the credit's own row are adjustments' business.
 */
export async function creditBill(
  tx: Tx,
  input: CreditBill,
): Promise<{ onInvoiceMinor: bigint; restMinor: bigint; openBefore: bigint; openAfter: bigint }> {
  const { step, accountId, invoiceId, creditId, restKind, journal, amountMinor, claim } = input;
  const invoiceIds = invoiceId === null ? [] : [invoiceId];
  const sheet = await openSheet(tx, { accountIds: [accountId], invoiceIds, standing: true });
  if (invoiceId === null) {
    postGift(sheet, step, { accountId, journal, debits: input.debits, amountMinor, onInvoiceMinor: 0n });
    growOpenCredit(openCreditOf(sheet, step, { accountId, kind: restKind, sourceId: creditId }), amountMinor);
    await closeSheet(tx, sheet, step);
    return { onInvoiceMinor: 0n, restMinor: amountMinor, openBefore: 0n, openAfter: 0n };
  }
  const bill = sheet.bills.get(invoiceId);
  const openBefore = bill ? bill.totalMinor - bill.paidMinor - bill.creditedMinor - bill.writtenOffMinor : 0n;
  if (claim) {
    holdOnSheet(sheet, { kind: "dispute", sourceId: claim.disputeId, invoiceId, wantedMinor: claim.wantedMinor });
  }
  if (input.refund) makeRoom(sheet, step, { invoiceId, amountMinor, refund: input.refund });
  const given = creditOnSheet(sheet, step, { ...input, invoiceId });
  const openAfter = bill ? bill.totalMinor - bill.paidMinor - bill.creditedMinor - bill.writtenOffMinor : 0n;
  await closeSheet(tx, sheet, step);
  return { ...given, openBefore, openAfter };
}

type Room = { invoiceId: string; amountMinor: bigint; refund: { paymentId: string; tells: Told } };

/** Paid falls as credited rises: the refunded payment's part of the bill becomes its open credit, from where it leaves. */
function makeRoom(sheet: Sheet, step: Step, { invoiceId, amountMinor, refund }: Room): void {
  const matches = (s: Standing) => s.invoiceId === invoiceId && s.paymentId === refund.paymentId;
  const taken = unapplyNewest(sheet, step, { amountMinor, matches, tells: refund.tells });
  const takenMinor = taken.reduce((sum, part) => sum + part.amountMinor, 0n);
  assert(takenMinor === amountMinor, "a refund is at most what the payment still has on the bill");
}

export type TakeBackCredit = {
  step: Step;
  accountId: string;
  /** The bill the credit was given on, where it was given on one. */
  invoiceId: string | null;
  creditId: string;
  restKind: "credit_note" | "goodwill";
  amountMinor: bigint;
  journal: JournalKind;
  /** What bore it, and is given back. */
  account: LedgerAccountKind;
};

/**
 * The inverse of a credit (a provisional credit reversed): its own open credit first, un-applied from the newest bills
 * where it was used, then what stands on bills: owed again. Takes at most what the credit still has; returns that.
 */
export async function takeBackCredit(
  tx: Tx,
  input: TakeBackCredit,
): Promise<{ receivable: BillAmount[]; unappliedMinor: bigint; takenMinor: bigint }> {
  const { step, accountId, creditId, journal, amountMinor } = input;
  const sheet = await openSheet(tx, {
    accountIds: [accountId],
    invoiceIds: input.invoiceId === null ? [] : [input.invoiceId],
    sourceIds: [creditId],
    standing: true,
  });
  const own = takeOwnSource(sheet, step, { accountId, kind: input.restKind, sourceId: creditId, amountMinor });
  const takenMinor = amountMinor - own.restMinor;
  const owed = own.direct.reduce((sum, part) => sum + part.amountMinor, 0n);
  const key = post(sheet, step, { journal, account: "unapplied", accountId, amountMinor: own.unappliedMinor });
  post(sheet, step, { journal, account: "receivable", accountId, amountMinor: owed });
  post(sheet, step, { journal, account: input.account, accountId, amountMinor: -takenMinor });
  const receivable = takeDirect(sheet, step, { own, journal: key });
  await closeSheet(tx, sheet, step);
  return { receivable, unappliedMinor: own.unappliedMinor, takenMinor };
}
