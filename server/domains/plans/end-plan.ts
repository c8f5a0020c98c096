import { type Tx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { cancelDraftsOf } from "#server/domains/autopay/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { mailEnded } from "./mails.ts";
import { movePlan, type PlanRow } from "./rows.ts";

/**
 * Ends a running plan in the caller's transaction, under the account's lock: its drafts are cancelled, its bills given
 * back, so that what is still open is owed on its own dates again. A payment on its way goes on.
 */
export async function endPlan(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  {
    plan,
    account,
    to,
    reason,
  }: { plan: PlanRow; account: Account; to: "completed" | "broken" | "cancelled"; reason: string | null },
): Promise<void> {
  const occurredOn = todayIn(account.zone, ctx.now);
  await cancelDraftsOf({ ctx, tx }, { source: "plan", sourceId: plan.id, reason: `plan_${to}` });
  await releaseClaimsOf(tx, {
    ...{ accountId: plan.accountId, kind: "plan", sourceId: plan.id, timeline: null },
    ...{ occurredOn, occurredAt: ctx.now },
  });
  const ended = await movePlan(tx, { plan, to, changes: { endedOn: occurredOn, endReason: reason } });
  await mailEnded(tx, { plan: ended, account, at: ctx.now });
}
