import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { conversations, type ConversationState } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { changeTo, type Conversation, lockConversation } from "./rows.ts";
import { type ConversationStep, nextStanding } from "./rules.ts";

export type Moved = { state: ConversationState; assigneeLoginId: string | null; version: number };
export type MoveRefusal = Refusal<"wrong_state"> & { state: ConversationState };

type Move<R extends Refusal> = {
  conversationId: string;
  step: ConversationStep;
  repLoginId: string | null;
  /** A refusal of its own, decided on the locked row. */
  decide?: (locked: Conversation) => Promise<R | null> | R | null;
  set?: Partial<Conversation>;
  /** What belongs to the move and commits with it; not when nothing moves. */
  after?: (tx: Tx, before: Conversation) => Promise<void>;
};

/** What claim, release, assign, snooze, wake, close and reopen have in common. Taking a step twice changes nothing. */
export async function moveConversation<R extends Refusal = never>(
  ctx: Ctx,
  { conversationId, step, repLoginId, decide, set = {}, after }: Move<R>,
): Promise<Ok<Moved> | MoveRefusal | R> {
  authorize(ctx.actor, "conversation.claim");
  return withTransaction(ctx.db, async (tx) => {
    const conversation = await lockConversation(tx, conversationId);
    const refused = (await decide?.(conversation)) ?? null;
    if (refused) return refused;
    const next = nextStanding(conversation, step, repLoginId);
    if (next === null) return refuse("wrong_state", { state: conversation.state });
    const change = { ...changeTo(conversation, next), ...set };
    const { accountId, version } = conversation;
    if (Object.keys(change).length === 0) return ok({ ...next, version });
    await tx.update(conversations).set(change).where(eq(conversations.id, conversationId));
    await appendEvent(tx, "conversation.changed", { accountId, conversationId, ...next });
    await after?.(tx, conversation);
    return ok({ ...next, version: change.version ?? version });
  });
}
