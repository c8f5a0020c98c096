import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/**
 * Puts a conversation aside until an instant, or until the customer writes. It stays with its rep, or becomes the
 * snoozer's. Refuses a time that has passed, and a closed one.
 */
export async function snoozeConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string; until: Date };
}): Promise<Ok<Moved> | MoveRefusal | Refusal<"not_in_future">> {
  return moveConversation(ctx, {
    conversationId: input.conversationId,
    step: "snooze",
    repLoginId: loginIdOf(ctx.actor),
    decide: () => (input.until.getTime() > ctx.now.getTime() ? null : refuse("not_in_future")),
    set: { snoozedUntil: input.until },
  });
}
