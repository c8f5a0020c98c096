import { type Tx } from "#db/client.ts";
import { lockConversation } from "#server/domains/conversations/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { lockPlan, movePlan, type PlanRow } from "./rows.ts";

/** Takes the thread's lock, which comes before the account's. Throws not_found for the thread of another account. */
export async function lockThread(
  tx: Tx,
  { conversationId, accountId }: { conversationId: string | null; accountId: string },
): Promise<void> {
  if (conversationId === null) return;
  const conversation = await lockConversation(tx, conversationId);
  if (conversation.accountId !== accountId) throw notFound("conversation");
}

/** The plan that other terms answer, locked; refuses one that no longer waits for an answer. */
export async function findCountered(
  tx: Tx,
  { countersId, accountId }: { countersId: string | null; accountId: string },
): Promise<PlanRow | null | Refusal<"already_answered">> {
  if (countersId === null) return null;
  const plan = await lockPlan(tx, countersId);
  if (plan.accountId !== accountId) throw notFound("plan");
  return plan.state === "offered" || plan.state === "proposed" ? plan : refuse("already_answered");
}

/** Other terms take a plan's place: it is declined without a mail of its own. */
export const closeCountered = ({ ctx, tx }: { ctx: Ctx; tx: Tx }, plan: PlanRow): Promise<PlanRow> =>
  movePlan(tx, { plan, to: "declined", changes: { decidedBy: loginIdOf(ctx.actor), endReason: "countered" } });
