import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { logins } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { appendSystemMessage } from "./append-system-message.ts";
import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";
import { type Conversation } from "./rows.ts";
import { heldByAnother } from "./rules.ts";

/**
 * The rep takes a conversation. One that a colleague holds is refused as `taken` by them: of two who claim at once, the
 * second. `takeOverFrom` is the deliberate way, and names the colleague who was seen to hold it: whoever else has it by
 * then keeps it. The thread tells staff, and the colleague is told. Refuses a closed one as `wrong_state`.
 */
export async function claimConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string; takeOverFrom?: string };
}): Promise<Ok<Moved> | MoveRefusal | (Refusal<"taken"> & { byLoginId: string })> {
  const { conversationId, takeOverFrom } = input;
  if (takeOverFrom !== undefined) authorize(ctx.actor, "conversation.take_over");
  const repLoginId = loginIdOf(ctx.actor);
  return moveConversation(ctx, {
    ...{ conversationId, step: "claim", repLoginId },
    decide(locked) {
      const holder = heldByAnother(locked, repLoginId);
      return holder === null || holder === takeOverFrom ? null : refuse("taken", { byLoginId: holder });
    },
    after: (tx, before) => tellTakenOver({ tx, ctx }, before),
  });
}

async function tellTakenOver({ tx, ctx }: { tx: Tx; ctx: Ctx }, before: Conversation): Promise<void> {
  const byLoginId = loginIdOf(ctx.actor);
  const fromLoginId = heldByAnother(before, byLoginId);
  if (fromLoginId === null || byLoginId === null) return;
  const [from] = await tx.select({ name: logins.name }).from(logins).where(eq(logins.id, fromLoginId));
  const { accountId, id: conversationId } = before;
  const names = { by: "name" in ctx.actor ? ctx.actor.name : null, from: from?.name ?? null };
  const meta = { what: "conversation", kind: "taken_over", ...names };
  await appendSystemMessage(tx, { conversationId, staffOnly: true, meta });
  await appendEvent(tx, "conversation.taken_over", { accountId, conversationId, fromLoginId, byLoginId });
}
