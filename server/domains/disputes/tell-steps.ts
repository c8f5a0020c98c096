import { and, asc, eq, notInArray } from "drizzle-orm";

import { disputeEvents, disputes } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendSystemMessage, type EventMove } from "#server/domains/conversations/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** Filing is the thread's first message, a decision its card; what another system did was before it. */
const TOLD_OTHERWISE = ["filed", "resolve_for_customer", "resolve_partially", "deny", "imported", "closed_by_payment"];
const STAFF_STEPS = ["acknowledge", "investigate", "ask_customer"];

/** Tells each step of a case in its thread, at its time and once, however often it is asked. Imported ones have no thread. */
export async function tellSteps(ctx: Ctx, disputeId: string): Promise<void> {
  const steps = await ctx.db
    .select({ event: disputeEvents, conversationId: disputes.conversationId })
    .from(disputeEvents)
    .innerJoin(disputes, eq(disputes.id, disputeEvents.disputeId))
    .where(and(eq(disputes.id, disputeId), notInArray(disputeEvents.kind, TOLD_OTHERWISE)))
    .orderBy(asc(disputeEvents.occurredAt), asc(disputeEvents.id));
  for (const { event, conversationId } of steps) {
    if (conversationId === null) return;
    const { id, kind, toState, actorLoginId, occurredAt } = event;
    const meta = { what: "dispute", kind, to: toState, disputeId };
    const moves = moveOf(kind, actorLoginId);
    await withTransaction(ctx.db, async (tx) => {
      await appendSystemMessage(tx, { conversationId, meta, onceId: id, at: occurredAt, moves });
    });
  }
}

/** A rep who takes a step has the case from then on, and the customer has heard from them; a withdrawn or closed one needs nobody. */
function moveOf(kind: string, byLoginId: string | null): EventMove | undefined {
  if (kind === "withdraw" || kind === "close") return { step: "close" };
  return byLoginId !== null && STAFF_STEPS.includes(kind) ? { step: "staff_replies", loginId: byLoginId } : undefined;
}
