import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { lockPlan, readPlan } from "./rows.ts";
import { startPlan, type StartRefusal } from "./start-plan.ts";

export type PlanAcceptance = {
  planId: string;
  methodId: string;
  /** The mandate, word for word as it was shown. */
  mandateText: string;
  ip: string | null;
};

export type AcceptRefusal = StartRefusal | Refusal<"method_gone"> | Refusal<"already_answered">;

/**
 * The customer accepts an offer with a mandate: the plan runs from now on, its down payment is taken at once. Accepted
 * already: nothing happens. Refuses an offer that is over, bills that have changed, a saved method that is gone. Throws a
 * fault for whoever may not pay for the account.
 */
export async function acceptPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PlanAcceptance;
}): Promise<Ok<{ planId: string }> | AcceptRefusal> {
  const { planId, methodId } = input;
  const { accountId } = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.accept", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const plan = await lockPlan(tx, planId);
    if (plan.state === "active") return ok({ planId });
    if (plan.state !== "offered") return refuse("already_answered");
    const methods = await listSavedMethods(tx, { accountId, now: ctx.now });
    if (!methods.some((method) => method.id === methodId && !method.expired)) return refuse("method_gone");
    const loginId = loginIdOf(ctx.actor);
    const refusal = await startPlan(
      { ctx, tx },
      {
        ...{ plan, account },
        changes: {
          ...{ paymentMethodId: methodId, mandateText: input.mandateText, acceptedIp: input.ip },
          ...{ acceptedAt: ctx.now, acceptedBy: loginId, decidedBy: loginId },
        },
      },
    );
    if (refusal) return refusal;
    await recordAudit(tx, ctx, {
      ...{ action: "plan.accepted", subjectKind: "plan", subjectId: planId, accountId },
    });
    return ok({ planId });
  });
}
