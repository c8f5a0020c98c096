import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { changeSecurity } from "./rows.ts";

/** Signs a person out everywhere, or everywhere but here. */
export async function endAllSessions({
  ctx,
  input: { keepSessionId },
}: {
  ctx: Ctx;
  input: { keepSessionId: string | null };
}): Promise<Ok<null>> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    await changeSecurity(tx, { loginId, change: {}, keepSessionId });
    await recordAudit(tx, ctx, { action: "login.end_sessions", subjectKind: "login", subjectId: loginId });
    return ok(null);
  });
}
