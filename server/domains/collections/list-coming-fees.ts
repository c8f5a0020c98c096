import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { minBigint, money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getPolicy } from "#server/domains/business/index.ts";
import { getAccountMoney, listAsked, listOpenBills } from "#server/domains/invoices/index.ts";
import { present } from "#server/platform/assert.ts";

import { askedSinceRelease } from "./grace.ts";
import { listPauses, type Pause } from "./rows.ts";
import { comingFees } from "./rules.ts";

export type ComingBillFee = {
  invoiceId: string;
  number: string;
  /** Paid after this day, the fee is added. */
  freeUntil: LocalDate;
  fee: Money;
};

/**
 * The late fees that the policy will add to the open bills while they wait, for whoever chooses a day up to `last` to pay
 * them on: by what stands now, soonest first. What autopay has announced counts as waiting too.
 */
export async function listComingFees(
  db: DbOrTx,
  { account, today, last }: { account: Account; today: LocalDate; last: LocalDate },
): Promise<ComingBillFee[]> {
  const { body: policy } = await getPolicy(db, "late_fee");
  if (!policy.enabled || account.quarantinedAt !== null || account.status !== "active") return [];
  const accountId = account.id;
  const [open, { unapplied }, asked, pauses] = await Promise.all([
    listOpenBills(db, { accountId, today }),
    getAccountMoney(db, accountId, today),
    listAsked(db, accountId),
    listPauses(db, { accountId, today }),
  ]);
  let credit = unapplied.amountMinor;
  const coming = open.flatMap((bill) => {
    const covered = minBigint(credit, bill.payableMinor);
    credit -= covered;
    if (bill.kind !== "bill") return [];
    const { id: invoiceId, number, dueOn } = bill;
    const history = present(asked.get(invoiceId), "an open bill is asked about");
    const since = askedSinceRelease(history, { dueOn, releasedOn: account.releasedOn });
    const late = { dueOn, lateMinor: bill.payableMinor - covered + bill.heldMinor.scheduled, asked: since };
    const days = { today, last: addDays(last, 1), isPaused: pausedOn(pauses, invoiceId) };
    return comingFees(policy, late, days).map(({ freeUntil, feeMinor }) => ({
      ...{ invoiceId, number, freeUntil, fee: money(feeMinor, bill.currency) },
    }));
  });
  return coming.sort((a, b) => (a.freeUntil < b.freeUntil ? -1 : a.freeUntil > b.freeUntil ? 1 : 0));
}

const pausedOn =
  (pauses: readonly Pause[], billId: string) =>
  (day: LocalDate): boolean =>
    pauses.some(
      ({ invoiceId, untilOn }) => (invoiceId === null || invoiceId === billId) && (untilOn === null || untilOn >= day),
    );
