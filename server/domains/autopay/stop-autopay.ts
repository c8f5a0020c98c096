import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { mailAutopayChanged } from "./mails.ts";
import { endEnrolment, findLive } from "./set-up-autopay.ts";

/**
 * Turns autopay off and cancels what it has announced; a payment that is on its way goes on. Off already: nothing happens.
 * Throws a fault for whoever may neither pay for the account nor works here.
 */
export async function stopAutopay({ ctx, input: { accountId } }: { ctx: Ctx; input: { accountId: string } }) {
  authorize(ctx.actor, "autopay.stop", accountId);
  await withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const enrolment = await findLive(tx, accountId);
    if (!enrolment) return;
    await endEnrolment({ ctx, tx }, { enrolment, account, reason: "stopped" });
    await recordAudit(tx, ctx, { action: "autopay.stopped", subjectKind: "account", subjectId: accountId, accountId });
    await touchAccount(tx, accountId);
    await appendEvent(tx, "account.money_changed", { accountId });
    await mailAutopayChanged(tx, { account, enrolment, on: false, at: ctx.now });
  });
}
