import { eq } from "drizzle-orm";

import { conversations } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { authorizeConversation, raiseRead } from "./rows.ts";

/** Notes how far the person has read. Never goes back, never beyond the last message. Only a step forward is told. */
export async function markRead({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string; seq: number };
}): Promise<Ok<{ seq: number }>> {
  const loginId = loginIdOf(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select().from(conversations).where(eq(conversations.id, input.conversationId)).limit(1);
    if (!row) throw notFound("conversation");
    authorizeConversation(ctx.actor, "conversation.view", row);
    const seq = Math.min(input.seq, row.lastSeq);
    if (loginId === null || seq <= 0) return ok({ seq });
    const { id: conversationId, accountId } = row;
    if (await raiseRead(tx, { conversationId, loginId, seq, at: ctx.now })) {
      await appendEvent(tx, "conversation.read", { accountId, conversationId, loginId, seq });
    }
    return ok({ seq });
  });
}
