import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailEnded } from "./mails.ts";
import { lockPlan, movePlan, readPlan } from "./rows.ts";

/**
 * Either side says no to a plan that waits for an answer; a customer may so take back a proposal, the biller an offer.
 * Declined already: nothing happens. Refuses one that was answered otherwise.
 */
export async function declinePlan({
  ctx,
  input: { planId, reason },
}: {
  ctx: Ctx;
  input: { planId: string; reason: string | null };
}): Promise<Ok<{ planId: string }> | Refusal<"already_answered">> {
  const { accountId } = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.decline", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const plan = await lockPlan(tx, planId);
    if (plan.state === "declined") return ok({ planId });
    if (plan.state !== "offered" && plan.state !== "proposed") return refuse("already_answered");
    const changes = { decidedBy: loginIdOf(ctx.actor), endReason: reason };
    const declined = await movePlan(tx, { plan, to: "declined", changes });
    // Whoever says no themselves needs no mail about it.
    if (ctx.actor.kind !== "customer") await mailEnded(tx, { plan: declined, account, at: ctx.now });
    return ok({ planId });
  });
}
