import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { authorize } from "./policy.ts";
import { changeSecurity, lockLogin } from "./rows.ts";

/** Lets a suspended login in again, with a new sign-in. Does nothing for one that is not suspended. Admins only. */
export async function restoreLogin({
  ctx,
  input: { loginId },
}: {
  ctx: Ctx;
  input: { loginId: string };
}): Promise<Ok<null>> {
  authorize(ctx.actor, "staff.manage");
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (login.suspendedAt === null) return ok(null);
    await changeSecurity(tx, { loginId, change: { suspendedAt: null } });
    await recordAudit(tx, ctx, { action: "login.restore", subjectKind: "login", subjectId: loginId });
    return ok(null);
  });
}
