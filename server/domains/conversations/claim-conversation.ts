import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/**
 * The rep takes a conversation. Of two who claim at once the second is refused as `taken` by the first; `takeOver` is
 * the deliberate way. Refuses a closed one as `wrong_state`.
 */
export async function claimConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string; takeOver?: boolean };
}): Promise<Ok<Moved> | MoveRefusal | (Refusal<"taken"> & { byLoginId: string })> {
  const repLoginId = loginIdOf(ctx.actor);
  return moveConversation(ctx, {
    conversationId: input.conversationId,
    step: "claim",
    repLoginId,
    decide: ({ state, assigneeLoginId }) =>
      state === "assigned" && assigneeLoginId !== null && assigneeLoginId !== repLoginId && input.takeOver !== true
        ? refuse("taken", { byLoginId: assigneeLoginId })
        : null,
  });
}
