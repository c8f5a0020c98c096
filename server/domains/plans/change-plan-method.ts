import { and, eq } from "drizzle-orm";

import { drafts, plans } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount, touchAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { lockPlan, readPlan } from "./rows.ts";

/** From now on a running plan is paid from another saved method, what is announced included. Refuses one that is gone. */
export async function changePlanMethod({
  ctx,
  input: { planId, methodId },
}: {
  ctx: Ctx;
  input: { planId: string; methodId: string };
}): Promise<Ok<{ planId: string }> | Refusal<"not_running"> | Refusal<"method_gone">> {
  const { accountId } = await readPlan(ctx.db, planId);
  authorize(ctx.actor, "plan.pay", accountId);
  return withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const plan = await lockPlan(tx, planId);
    if (plan.state !== "active") return refuse("not_running");
    const methods = await listSavedMethods(tx, { accountId, now: ctx.now });
    if (!methods.some((method) => method.id === methodId && !method.expired)) return refuse("method_gone");
    await tx.update(plans).set({ paymentMethodId: methodId }).where(eq(plans.id, planId));
    await tx
      .update(drafts)
      .set({ paymentMethodId: methodId })
      .where(and(eq(drafts.source, "plan"), eq(drafts.sourceId, planId), eq(drafts.state, "announced")));
    await recordAudit(tx, ctx, {
      ...{ action: "plan.method_changed", subjectKind: "plan", subjectId: planId, accountId },
      ...{ before: { methodId: plan.paymentMethodId }, after: { methodId } },
    });
    await touchAccount(tx, accountId);
    await appendEvent(tx, "account.money_changed", { accountId });
    return ok({ planId });
  });
}
