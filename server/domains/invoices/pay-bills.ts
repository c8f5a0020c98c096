import { type Tx } from "#db/client.ts";
import { type JournalDraft } from "#server/domains/ledger/index.ts";
import { present } from "#server/platform/assert.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { type BillAmount, type Payment, payOnSheet } from "./sheet-payment.ts";
import { type Step } from "./sheet.ts";

export type PayBills = Payment & {
  step: Step;
  /** Journals of the same action that touch no bill, such as the processor's fee. */
  also?: readonly JournalDraft[];
};

export type PaidBills = {
  /** What each bill took: paid. */
  paid: BillAmount[];
  /** What no bill took: open credit of this payment. */
  toCreditMinor: bigint;
  journalNumber: bigint;
};

/**
 * Allocates a settled payment inside the caller's transaction and posts its journal: per chosen bill at most what is
 * open, the rest becomes open credit of this payment. Its in_flight claim is released. Amounts in minor units, positive.
 * Never refuses: the money has come. Throws on a bill of another account.
 */
export async function payBills(tx: Tx, input: PayBills): Promise<PaidBills> {
  const [paid] = await payBillsBatch(tx, [input]);
  return present(paid, "one payment in, one out");
}

/** As payBills, for many payments of many accounts in few round trips; all belong to one day and time for claims. */
export async function payBillsBatch(tx: Tx, payments: readonly PayBills[]): Promise<PaidBills[]> {
  const [first] = payments;
  if (!first) return [];
  const sheet = await openSheet(tx, {
    accountIds: payments.map((p) => p.accountId),
    invoiceIds: payments.flatMap((p) => p.bills.map((bill) => bill.invoiceId)),
    sourceIds: payments.map((p) => p.paymentId),
    claimSourceIds: payments.map((p) => p.paymentId),
  });
  const done = payments.map((payment) => ({ payment, ...payOnSheet(sheet, payment.step, payment) }));
  const { occurredOn, occurredAt } = first.step;
  const also = payments.flatMap((p) => p.also ?? []);
  const posted = await closeSheet(tx, sheet, { occurredOn, occurredAt, also });
  return done.map(({ payment, paid, toCreditMinor }) => {
    const number = posted.get(`${payment.step.actionId} ${payment.cash.journal}`);
    return { paid, toCreditMinor, journalNumber: present(number, "a payment has its journal") };
  });
}
