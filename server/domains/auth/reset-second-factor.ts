import { eq } from "drizzle-orm";

import { passkeys } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { authorize } from "./policy.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { removeSecondFactor } from "./second-factor.ts";
import { tellSecurityChange } from "./tell-security-change.ts";

/**
 * For a lost phone: takes app, recovery codes and passkeys off a login; its sessions and sockets end at once, and its
 * owner is told by mail. Staff set a new one up when they sign in next. Supervisors do it for customers, admins for
 * staff; who it is must have been checked by other means.
 */
export async function resetSecondFactor({
  ctx,
  input: { loginId, reason },
}: {
  ctx: Ctx;
  input: { loginId: string; reason: string };
}): Promise<Ok<null>> {
  authorize(ctx.actor, "login.reset_factor");
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (login.role !== "customer") authorize(ctx.actor, "staff.manage");
    await removeSecondFactor(tx, loginId);
    await tx.delete(passkeys).where(eq(passkeys.loginId, loginId));
    await changeSecurity(tx, { loginId, change: {} });
    await recordAudit(tx, ctx, { action: "login.reset_factor", subjectKind: "login", subjectId: loginId, reason });
    await tellSecurityChange(tx, { login, what: "factor_reset" });
    return ok(null);
  });
}
