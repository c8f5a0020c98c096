import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { endPlan } from "./end-plan.ts";
import { lockPlan, readPlan } from "./rows.ts";

/**
 * The biller ends a running plan, with a reason that the customer reads: its bills are owed on their own dates again.
 * Cancelled already: nothing happens. Refuses a plan that does not run, and no reason.
 */
export async function cancelPlan({
  ctx,
  input: { planId, reason },
}: {
  ctx: Ctx;
  input: { planId: string; reason: string };
}): Promise<Ok<{ planId: string }> | Refusal<"not_running"> | Refusal<"reason_needed">> {
  const { accountId } = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.cancel", accountId);
  if (reason.trim() === "") return refuse("reason_needed");
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const plan = await lockPlan(tx, planId);
    if (plan.state === "cancelled") return ok({ planId });
    if (plan.state !== "active") return refuse("not_running");
    await endPlan({ ctx, tx }, { plan, account, to: "cancelled", reason: reason.trim() });
    await recordAudit(tx, ctx, {
      ...{ action: "plan.cancelled", subjectKind: "plan", subjectId: planId, accountId, after: { reason } },
    });
    return ok({ planId });
  });
}
