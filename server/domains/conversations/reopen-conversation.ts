import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/** Undoes a close: the conversation is the rep's again. Refuses one that is not closed. */
export async function reopenConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string };
}): Promise<Ok<Moved> | MoveRefusal> {
  return moveConversation<never>(ctx, { ...input, step: "reopen", repLoginId: loginIdOf(ctx.actor) });
}
