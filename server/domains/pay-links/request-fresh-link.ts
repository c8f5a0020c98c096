import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { inEvenTime, limitAttempts, type TooManyAttempts } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById } from "#server/domains/invoices/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { linkBills, mailLinks } from "./mail-links.ts";
import { findByToken, openPayLink } from "./open-pay-link.ts";

/**
 * Somebody holds a link that works no more: a fresh one goes to the address on file, and nowhere else. The answer, and
 * the time it takes, are the same whether there is such an address and whether anything is left to pay. Refuses after 3
 * tries per link and 20 per network in 15 minutes. Throws not_found for an address that we never made.
 */
export async function requestFreshLink({
  ctx,
  input: { token, ip },
}: {
  ctx: Ctx;
  input: { token: string; ip: string };
}): Promise<Ok<null> | TooManyAttempts> {
  const link = await findByToken(ctx, token);
  if (!link) throw notFound("pay link");
  const limited = await limitAttempts(ctx.db, [
    { key: `fresh-link:${link.id}`, most: 3 },
    { key: `fresh-link:ip:${addressKey(ip)}`, most: 20 },
  ]);
  if (!limited.ok) return limited;
  return inEvenTime(async () => {
    // One that still works needs no other.
    if ((await openPayLink(ctx, token))?.state === "living") return ok(null);
    const account = await getAccount(ctx.db, link.accountId);
    const today = todayIn(account.zone, ctx.now);
    await withTransaction(ctx.db, async (tx) => {
      const bill = await getBillById(tx, { accountId: account.id, invoiceId: link.invoiceId, today });
      const linked = await linkBills({ ctx, tx }, { bills: [bill], today });
      await mailLinks({ ctx, tx }, { account, linked });
    });
    return ok(null);
  });
}
