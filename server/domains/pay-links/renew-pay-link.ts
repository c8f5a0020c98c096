import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type PayLink, toLink } from "./ensure-pay-link.ts";
import { makeLink } from "./make-links.ts";
import { endCurrent } from "./rows.ts";

/**
 * A new link for a bill; the one before it stops working. Staff only. Refuses a bill of which nothing is asked for.
 * Throws not_found when it is not a bill of that account.
 */
export async function renewPayLink({
  ctx,
  input: { accountId, invoiceId },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string };
}): Promise<Ok<PayLink> | Refusal<"nothing_to_pay">> {
  authorize(ctx.actor, "pay_link.manage", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const { zone } = await lockAccount(tx, accountId);
    const today = todayIn(zone, ctx.now);
    const bill = await getBillById(tx, { accountId, invoiceId, today });
    if (bill.payableMinor <= 0n) return refuse("nothing_to_pay");
    const before = await endCurrent(tx, { invoiceId, endKind: "replaced", endedBy: loginIdOf(ctx.actor) });
    const made = await makeLink({ ctx, tx }, { bill, today });
    await recordAudit(tx, ctx, {
      ...{ action: "pay_link.renew", subjectKind: "invoice", subjectId: invoiceId, accountId },
      ...{ before: before && { linkId: before.id }, after: { linkId: made.id, expiresOn: made.expiresOn } },
    });
    return ok(toLink(ctx, made));
  });
}
