import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPolicy } from "#server/domains/business/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { lockPlan, readPlan } from "./rows.ts";
import { startPlan, type StartRefusal } from "./start-plan.ts";
import { type BoundRefusal, checkBound } from "./write-terms.ts";

export type ApproveRefusal = StartRefusal | BoundRefusal | Refusal<"already_answered"> | Refusal<"nothing_to_pay_from">;

/**
 * The biller approves what a customer proposed: it runs from now on, under the mandate given with it. Approved already:
 * nothing happens. Refuses what is beyond a rep's own bound (naming who may), a proposal that is over, changed bills,
 * and one whose card or bank account was removed or has expired since.
 */
export async function approvePlan({
  ctx,
  input: { planId },
}: {
  ctx: Ctx;
  input: { planId: string };
}): Promise<Ok<{ planId: string }> | ApproveRefusal> {
  const { accountId } = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.approve", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const plan = await lockPlan(tx, planId);
    if (plan.state === "active") return ok({ planId });
    if (plan.state !== "proposed") return refuse("already_answered");
    const { body: policy } = await getPolicy(tx, "plans");
    const bound = await checkBound({ ctx, db: tx }, { terms: plan, policy });
    if (bound) return bound;
    const methods = await listSavedMethods(tx, { accountId, now: ctx.now });
    if (!methods.some(({ id, expired }) => id === plan.paymentMethodId && !expired))
      return refuse("nothing_to_pay_from");
    const changes = { decidedBy: loginIdOf(ctx.actor) };
    const refusal = await startPlan({ ctx, tx }, { plan, account, changes });
    if (refusal) return refusal;
    await recordAudit(tx, ctx, { action: "plan.approved", subjectKind: "plan", subjectId: planId, accountId });
    return ok({ planId });
  });
}
