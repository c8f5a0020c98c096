import { eq } from "drizzle-orm";

import { logins } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, refuse, type Refusal } from "#server/platform/result.ts";

import { moveConversation, type Moved, type MoveRefusal } from "./move-conversation.ts";

/** Gives a conversation to another rep. Refuses a closed one, and a login that is not staff or is suspended. */
export async function assignConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { conversationId: string; repLoginId: string };
}): Promise<Ok<Moved> | MoveRefusal | Refusal<"not_staff">> {
  return moveConversation(ctx, {
    ...input,
    step: "assign",
    decide: async () => {
      const [login] = await ctx.db
        .select({ role: logins.role, suspendedAt: logins.suspendedAt })
        .from(logins)
        .where(eq(logins.id, input.repLoginId))
        .limit(1);
      const works = login !== undefined && login.role !== "customer" && login.suspendedAt === null;
      return works ? null : refuse("not_staff");
    },
  });
}
