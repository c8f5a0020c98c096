import { type Tx } from "#db/client.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { type Applied, applyOldestFirst, unapplyNewest } from "./sheet-credit.ts";
import { type BillAmount } from "./sheet-payment.ts";
import { type Step } from "./sheet.ts";

/**
 * "Credit goes first": puts open credit on payable, the oldest credit on the oldest due bill, inside the caller's
 * transaction and under `step.actionId` (a payment's own action, or one of kind `apply_credit`). Held amounts are left
 * alone. With `invoiceId` only that bill takes some. Returns each application; nothing to apply changes nothing.
 */
export async function applyOpenCredits(
  tx: Tx,
  input: { accountId: string; step: Step; invoiceId?: string },
): Promise<Applied[]> {
  const sheet = await openSheet(tx, { accountIds: [input.accountId], allOpen: true });
  const applied = applyOldestFirst(sheet, input.step, input);
  if (applied.length > 0) await closeSheet(tx, sheet, input.step);
  return applied;
}

export type UnapplyCredit = {
  step: Step;
  accountId: string;
  /** The payment or credit whose open credit was used. */
  sourceId: string;
  /** Of this bill only. */
  invoiceId?: string | undefined;
  amountMinor: bigint;
};

/**
 * Rule 3: takes applied open credit off the newest bills it went to, back into the open credit. Returns what each bill
 * gave; less than asked when less was applied.
 */
export async function unapplyCredit(tx: Tx, input: UnapplyCredit): Promise<BillAmount[]> {
  const { step, accountId, sourceId, invoiceId, amountMinor } = input;
  const sheet = await openSheet(tx, { accountIds: [accountId], sourceIds: [sourceId], standing: true });
  const taken = unapplyNewest(sheet, step, {
    amountMinor,
    matches: (s) =>
      s.openCreditId !== null &&
      (s.paymentId === sourceId || s.creditId === sourceId) &&
      (invoiceId === undefined || s.invoiceId === invoiceId),
  });
  if (taken.length > 0) await closeSheet(tx, sheet, step);
  return taken;
}
