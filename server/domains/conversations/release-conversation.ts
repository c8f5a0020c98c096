import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/** Puts a conversation back into the queue, with the waiting time it had. Refuses a waiting or closed one. */
export async function releaseConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string };
}): Promise<Ok<Moved> | MoveRefusal> {
  return moveConversation<never>(ctx, { ...input, step: "release", repLoginId: loginIdOf(ctx.actor) });
}
