import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, findAccountByNumber, postalCodeFits, typedNumber } from "#server/domains/accounts/index.ts";
import { inEvenTime, limitAttempts, type TooManyAttempts } from "#server/domains/auth/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { toLink } from "./ensure-pay-link.ts";
import { type LinkedBill, linkBills, mailLinks } from "./mail-links.ts";

export type FoundBill = { number: string; dueOn: LocalDate; amount: Money; path: string };

export type LookedUp = {
  /** Only where the policy shows bills at once; otherwise the mail alone tells, and this is empty whatever is true. */
  bills: FoundBill[];
};

/**
 * Somebody without an account looks for their bills by account number and postal code. Where both fit, the pay links of
 * what is asked for go to the address on file. The answer, and the time it takes, are the same whatever is true, unless
 * the policy `pay_links.lookup` shows the bills at once. Refuses after 5 tries per account number and 20 per network in
 * 15 minutes.
 */
export async function lookUpBills({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accountNumber: string; postalCode: string; ip: string };
}): Promise<Ok<LookedUp> | TooManyAttempts> {
  const number = typedNumber(input.accountNumber);
  const limited = await limitAttempts(ctx.db, [
    { key: `lookup:account:${number.toLowerCase()}`, most: 5 },
    { key: `lookup:ip:${addressKey(input.ip)}`, most: 20 },
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    const [account, { body: policy }] = await Promise.all([
      findAccountByNumber(ctx.db, number),
      getPolicy(ctx.db, "pay_links"),
    ]);
    if (!account || !postalCodeFits(account.postalCode, input.postalCode)) return ok({ bills: [] });
    const linked = await linkOpenBills(ctx, account, { mail: policy.lookup === "mail" });
    return ok({ bills: policy.lookup === "show" ? linked.map((one) => toFound(ctx, one)) : [] });
  });
}

function linkOpenBills(ctx: Ctx, account: Account, { mail }: { mail: boolean }): Promise<LinkedBill[]> {
  const today = todayIn(account.zone, ctx.now);
  return withTransaction(ctx.db, async (tx) => {
    const bills = await listOpenBills(tx, { accountId: account.id, today });
    const linked = await linkBills({ ctx, tx }, { bills, today });
    if (mail) await mailLinks({ ctx, tx }, { account, linked });
    return linked;
  });
}

const toFound = (ctx: Ctx, { bill, link }: LinkedBill): FoundBill => ({
  ...{ number: bill.number, dueOn: bill.dueOn, path: toLink(ctx, link).path },
  amount: money(bill.payableMinor, bill.currency),
});
