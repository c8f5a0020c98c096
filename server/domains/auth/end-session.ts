import { and, eq } from "drizzle-orm";

import { sessions } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";

/** Ends one of a person's own sessions and its sockets. One of somebody else's is as if unknown: nothing happens. */
export async function endSession({
  ctx,
  input: { sessionId },
}: {
  ctx: Ctx;
  input: { sessionId: string };
}): Promise<Ok<null>> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, loginId)))
      .returning({ id: sessions.id });
    if (ended.length > 0) await appendEvent(tx, "login.security_changed", { loginId, sessionId });
    return ok(null);
  });
}
