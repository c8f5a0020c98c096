import { type Tx } from "#db/client.ts";
import { type JournalDraft } from "#server/domains/ledger/index.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import {
  type BillAmount,
  type GiveBack,
  giveBackOnSheet,
  type TakeBack,
  takeBackOnSheet,
  type TakenBack,
} from "./sheet-payment.ts";
import { type Step } from "./sheet.ts";

/**
 * A return or a chargeback of a settled payment, inside the caller's transaction, posted at once. Rule 4: the payment's
 * open credit first (un-applied from the newest bills when it was used), then its newest allocation, then its
 * convenience fee (`cash.feeMinor`), the rest is a loss. With `chargebackId` what is owed again is held by a chargeback
 * claim. A fact: never refused. Keep the answer: `giveBackPayment` mirrors it.
 */
export async function takeBackPayment(
  tx: Tx,
  input: TakeBack & { step: Step; also?: readonly JournalDraft[] },
): Promise<TakenBack> {
  const sourceIds = [input.paymentId];
  const sheet = await openSheet(tx, { accountIds: [input.accountId], sourceIds, standing: true });
  const taken = takeBackOnSheet(sheet, input.step, input);
  await closeSheet(tx, sheet, { ...input.step, also: input.also ?? [] });
  return taken;
}

/**
 * The mirror of takeBackPayment, line by line, for a chargeback won: paid again as far as the bills are open, the rest
 * becomes the payment's open credit. Releases the chargeback's claim.
 */
export async function giveBackPayment(
  tx: Tx,
  input: GiveBack & { step: Step; also?: readonly JournalDraft[] },
): Promise<{ paid: BillAmount[]; toCreditMinor: bigint }> {
  const named = [...input.taken.receivable, ...input.taken.unappliedFrom].map((part) => part.invoiceId);
  const sheet = await openSheet(tx, {
    accountIds: [input.accountId],
    invoiceIds: named,
    sourceIds: [input.paymentId],
    claimSourceIds: input.chargebackId === undefined ? [] : [input.chargebackId],
    standing: true,
  });
  const given = giveBackOnSheet(sheet, input.step, input);
  await closeSheet(tx, sheet, { ...input.step, also: input.also ?? [] });
  return given;
}
