import { and, eq, gte, sql } from "drizzle-orm";

import { conversations, disputeEvents, disputes, messages } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendSystemMessage, type EventMove } from "#server/domains/conversations/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { takeDisputeStep } from "./take-dispute-step.ts";

/** Steps that tell themselves in the thread: filing is its first message, a decision its card. */
const TOLD = ["filed", "resolve_for_customer", "resolve_partially", "deny"];

const lastAsked = sql`(select max(${disputeEvents.occurredAt}) from ${disputeEvents}
  where ${disputeEvents.disputeId} = ${disputes.id} and ${disputeEvents.kind} = 'ask_customer')`;

/**
 * What disputes do when something happens elsewhere: a step is told in the case's thread, and a customer who answers a
 * question sends the case back to whoever works on it.
 */
export function subscribeDisputes(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("dispute.changed", async ({ conversationId, disputeId, eventId, kind, to }) => {
    if (conversationId === null || TOLD.includes(kind)) return;
    const ctx = systemCtx("disputes");
    const meta = { what: "dispute", kind, to, disputeId };
    const [event] = await ctx.db
      .select({ at: disputeEvents.occurredAt, byLoginId: disputeEvents.actorLoginId })
      .from(disputeEvents)
      .where(eq(disputeEvents.id, eventId));
    const moves = moveOf(kind, event?.byLoginId ?? null);
    await withTransaction(ctx.db, async (tx) => {
      await appendSystemMessage(tx, { conversationId, meta, onceId: eventId, at: event?.at ?? ctx.now, moves });
    });
  });
  relay.on("message.stored", async ({ conversationId, messageId, staffOnly }) => {
    if (staffOnly) return;
    const ctx = systemCtx("disputes");
    const [waiting] = await ctx.db
      .select({ disputeId: disputes.id })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .innerJoin(disputes, eq(disputes.id, conversations.subjectId))
      .where(
        and(
          eq(messages.id, messageId),
          eq(messages.senderRole, "customer"),
          eq(conversations.id, conversationId),
          eq(conversations.subject, "dispute"),
          eq(disputes.state, "waiting_on_customer"),
          // What was written before the question is no answer to it, however late it is heard of.
          gte(messages.createdAt, lastAsked),
        ),
      );
    if (waiting) await takeDisputeStep({ ctx, input: { disputeId: waiting.disputeId, step: "customer_replied" } });
  });
}

const STAFF_STEPS = ["acknowledge", "investigate", "ask_customer"];

/** A rep who takes a step has the case from then on, and the customer has heard from them; a withdrawn or closed one needs nobody. */
function moveOf(kind: string, byLoginId: string | null): EventMove | undefined {
  if (kind === "withdraw" || kind === "close") return { step: "close" };
  return byLoginId !== null && STAFF_STEPS.includes(kind) ? { step: "staff_replies", loginId: byLoginId } : undefined;
}
