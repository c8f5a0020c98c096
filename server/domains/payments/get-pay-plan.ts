import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { getPolicy } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";

import { payableAfterCredit, type PayableBill } from "./rules.ts";

export type PayPlan = {
  /** The account's version: the form carries it. */
  version: number;
  bills: PayableBill[];
  /** Open credit that is used first, and what is left of it after all that is payable. */
  creditUsed: Money;
  creditLeft: Money;
  toPayNow: Money;
  minimum: Money;
};

/** What the pay page offers: open bills, oldest due first, each after the open credit that goes first. */
export async function getPayPlan(
  db: DbOrTx,
  { accountId, today }: { accountId: string; today: LocalDate },
): Promise<PayPlan> {
  const [account, open, { body: policy }] = await Promise.all([
    getAccountMoney(db, accountId, today),
    listOpenBills(db, { accountId, today }),
    getPolicy(db, "payment"),
  ]);
  const { currency, unapplied, toPayNow, version } = account;
  const bills = payableAfterCredit(open, unapplied.amountMinor);
  const used = bills.reduce((sum, bill) => sum + bill.creditMinor, 0n);
  return {
    ...{ version, bills, toPayNow },
    creditUsed: money(used, currency),
    creditLeft: money(unapplied.amountMinor - used, currency),
    minimum: money(policy.minimumMinor, currency),
  };
}
