import { and, asc, eq, lte } from "drizzle-orm";

import { conversations } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, refuse } from "#server/platform/result.ts";

import { moveConversation } from "./move-conversation.ts";

const BATCH = 200;

/** Brings back what was snoozed until now: the tick's duty. Answers how many; ask again while it is not 0. */
export async function wakeSnoozed({ ctx }: { ctx: Ctx }): Promise<Ok<{ woken: number }>> {
  const due = await ctx.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.state, "snoozed"), lte(conversations.snoozedUntil, ctx.now)))
    .orderBy(asc(conversations.snoozedUntil))
    .limit(BATCH);
  let woken = 0;
  for (const { id } of due) {
    const moved = await moveConversation(ctx, {
      conversationId: id,
      step: "wake",
      repLoginId: null,
      // Somebody may have snoozed it again since the list was read.
      decide: ({ snoozedUntil }) => (snoozedUntil !== null && snoozedUntil <= ctx.now ? null : refuse("not_due")),
    });
    if (moved.ok) woken += 1;
  }
  return ok({ woken });
}
