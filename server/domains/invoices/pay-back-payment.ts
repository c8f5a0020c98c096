import { minBigint } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { assert } from "#server/platform/assert.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { openCreditOf, takeOff, unapplyStanding } from "./sheet-credit.ts";
import { type BillAmount, type Cash } from "./sheet-payment.ts";
import { post, type Sheet, type Step, type Told } from "./sheet.ts";

export type PayBack = {
  step: Step;
  accountId: string;
  paymentId: string;
  /** What leaves the payment's own open credit. */
  fromCreditMinor: bigint;
  /** What leaves bills and is owed again (cause `reopen`). */
  fromBills: readonly BillAmount[];
  /** `feeMinor`: how much of the convenience fee goes back too. */
  cash: Cash;
  tells: Told;
};

/**
 * The money leg of a refund, inside the caller's transaction, posted at once: unapplied (own open credit) and receivable
 * (bills that are owed again) against where the money leaves from. What the payment had on a bill through its open
 * credit is un-applied first. Throws when it has less there than is taken: the caller has decided that under the lock.
 */
export async function payBackPayment(tx: Tx, input: PayBack): Promise<void> {
  const { step, accountId, paymentId, cash, fromBills } = input;
  const sheet = await openSheet(tx, { accountIds: [accountId], sourceIds: [paymentId], standing: true });
  const feeMinor = cash.feeMinor ?? 0n;
  const owedMinor = fromBills.reduce((sum, part) => sum + part.amountMinor, 0n);
  const legs = { journal: cash.journal, accountId, source: cash.source };
  post(sheet, step, { ...legs, account: "convenience_fee_income", amountMinor: feeMinor });
  const all = input.fromCreditMinor + owedMinor + feeMinor;
  const journal = post(sheet, step, { ...legs, account: cash.account, amountMinor: -all });
  let creditMinor = input.fromCreditMinor;
  for (const part of fromBills) creditMinor += takeFromBill(sheet, step, { part, input, journal });
  const credit = openCreditOf(sheet, step, { accountId, kind: "payment", sourceId: paymentId });
  assert(credit.leftMinor >= creditMinor, "a refund is at most what is left of the payment");
  credit.leftMinor -= creditMinor;
  credit.changed = true;
  post(sheet, step, { ...legs, account: "unapplied", amountMinor: creditMinor });
  await closeSheet(tx, sheet, step);
}

type Taking = { part: BillAmount; input: PayBack; journal: string };

/** Takes a bill's part off, the newest first. Returns how much of it now waits in the payment's open credit. */
function takeFromBill(sheet: Sheet, step: Step, { part, input, journal }: Taking): bigint {
  const { accountId, paymentId, cash, tells } = input;
  let [left, viaCredit] = [part.amountMinor, 0n];
  for (const standing of [...sheet.standing].reverse()) {
    if (standing.invoiceId !== part.invoiceId || standing.paymentId !== paymentId) continue;
    const amountMinor = minBigint(standing.amountMinor, left);
    if (amountMinor <= 0n) continue;
    left -= amountMinor;
    if (standing.openCreditId === null) {
      post(sheet, step, { journal: cash.journal, account: "receivable", accountId, amountMinor });
      takeOff(sheet, step, { standing, amountMinor, journal, tells });
    } else {
      unapplyStanding(sheet, step, { standing, amountMinor, tells });
      viaCredit += amountMinor;
    }
  }
  assert(left === 0n, "a refund is at most what the payment still has on the bill");
  return viaCredit;
}
