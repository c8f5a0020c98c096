import { and, eq, gte, sql } from "drizzle-orm";

import { conversations, disputeEvents, disputes, messages } from "#db/schema/index.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { takeDisputeStep } from "./take-dispute-step.ts";
import { tellSteps } from "./tell-steps.ts";

const lastAsked = sql`(select max(${disputeEvents.occurredAt}) from ${disputeEvents}
  where ${disputeEvents.disputeId} = ${disputes.id} and ${disputeEvents.kind} = 'ask_customer')`;

/**
 * What disputes do when something happens elsewhere: a step is told in the case's thread, and a customer who answers a
 * question sends the case back to whoever works on it.
 */
export function subscribeDisputes(relay: Relay, systemCtx: (name: string) => Ctx): void {
  relay.on("dispute.changed", ({ disputeId }) => tellSteps(systemCtx("disputes"), disputeId));
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
