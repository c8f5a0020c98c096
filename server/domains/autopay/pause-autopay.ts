import { eq } from "drizzle-orm";

import { autopayEnrolments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { cancelAnnounced, findLive } from "./set-up-autopay.ts";

/**
 * Pauses autopay, or goes on with it (`paused` false): what it has announced is cancelled, nothing is announced meanwhile,
 * and the mandate stands as it was agreed to. What is on its way goes on. Off, or so already: nothing happens. Throws a
 * fault for whoever may neither pay for the account nor works here.
 */
export async function pauseAutopay({
  ctx,
  input: { accountId, paused },
}: {
  ctx: Ctx;
  input: { accountId: string; paused: boolean };
}): Promise<void> {
  // Going on takes money again: only whoever may agree to that.
  authorize(ctx.actor, paused ? "autopay.stop" : "autopay.set_up", accountId);
  await withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const enrolment = await findLive(tx, accountId);
    if (!enrolment || (enrolment.pausedAt !== null) === paused) return;
    await tx
      .update(autopayEnrolments)
      .set({ pausedAt: paused ? ctx.now : null })
      .where(eq(autopayEnrolments.id, enrolment.id));
    if (paused) await cancelAnnounced({ ctx, tx }, { enrolment, account, reason: "paused" });
    const action = paused ? "autopay.paused" : "autopay.resumed";
    await recordAudit(tx, ctx, { action, subjectKind: "account", subjectId: accountId, accountId });
    await touchAccount(tx, accountId);
    await appendEvent(tx, "account.money_changed", { accountId });
  });
}
