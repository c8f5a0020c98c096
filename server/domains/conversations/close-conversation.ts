import { type Ctx } from "#server/platform/ctx.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ok } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/** Ends a conversation; whoever writes into it opens it again. Refuses one that is closed already. */
export async function closeConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string };
}): Promise<Ok<Moved> | MoveRefusal> {
  return moveConversation<never>(ctx, {
    ...input,
    step: "close",
    repLoginId: loginIdOf(ctx.actor),
    set: { closedAt: ctx.now, waitingSince: null },
  });
}
