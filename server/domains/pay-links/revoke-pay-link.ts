import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { endCurrent } from "./rows.ts";

/**
 * Stops a bill's link at once: its page, its document and paying through it. Revoking what is revoked does nothing. Staff
 * only. Throws not_found when it is not a bill of that account.
 */
export async function revokePayLink({
  ctx,
  input: { accountId, invoiceId },
}: {
  ctx: Ctx;
  input: { accountId: string; invoiceId: string };
}): Promise<void> {
  authorize(ctx.actor, "pay_link.manage", accountId);
  await withTransaction(ctx.db, async (tx) => {
    const { zone } = await lockAccount(tx, accountId);
    await getBillById(tx, { accountId, invoiceId, today: todayIn(zone, ctx.now) });
    const ended = await endCurrent(tx, { invoiceId, endKind: "revoked", endedBy: loginIdOf(ctx.actor) });
    if (!ended) return;
    await recordAudit(tx, ctx, {
      ...{ action: "pay_link.revoke", subjectKind: "invoice", subjectId: invoiceId, accountId },
      before: { linkId: ended.id, expiresOn: ended.expiresOn, uses: ended.useCount },
    });
  });
}
