import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { authorize } from "./policy.ts";
import { otherAdminsStay } from "./queries.ts";
import { changeSecurity, lockLogin } from "./rows.ts";

/**
 * Shuts a login out: it cannot sign in, its sessions and sockets end at once, what it did stays. Refuses to take the
 * last admin away. Admins only.
 */
export async function suspendLogin({
  ctx,
  input: { loginId, reason },
}: {
  ctx: Ctx;
  input: { loginId: string; reason: string };
}): Promise<Ok<null> | Refusal<"last_admin">> {
  authorize(ctx.actor, "staff.manage");
  return withTransaction(ctx.db, async (tx) => {
    const stays = await otherAdminsStay(tx, loginId);
    const login = await lockLogin(tx, loginId);
    if (login.suspendedAt !== null) return ok(null);
    if (login.role === "admin" && !stays) return refuse("last_admin");
    await changeSecurity(tx, { loginId, change: { suspendedAt: ctx.now } });
    await recordAudit(tx, ctx, { action: "login.suspend", subjectKind: "login", subjectId: loginId, reason });
    return ok(null);
  });
}
