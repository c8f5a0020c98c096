import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { authorize, type StaffRole } from "./policy.ts";
import { otherAdminsStay } from "./queries.ts";
import { changeSecurity, lockLogin } from "./rows.ts";

/**
 * Gives a staff login another role; its sessions and sockets end at once. Refuses to take the last admin away. Admins
 * only; a customer's login is not found here.
 */
export async function changeStaffRole({
  ctx,
  input: { loginId, role },
}: {
  ctx: Ctx;
  input: { loginId: string; role: StaffRole };
}): Promise<Ok<null> | Refusal<"last_admin">> {
  authorize(ctx.actor, "staff.manage");
  return withTransaction(ctx.db, async (tx) => {
    const stays = role === "admin" || (await otherAdminsStay(tx, loginId));
    const login = await lockLogin(tx, loginId);
    if (login.role === "customer") throw notFound("staff login");
    if (login.role === role) return ok(null);
    if (login.role === "admin" && !stays) return refuse("last_admin");
    await changeSecurity(tx, { loginId, change: { role } });
    await recordAudit(tx, ctx, {
      action: "staff.change_role",
      subjectKind: "login",
      subjectId: loginId,
      before: { role: login.role },
      after: { role },
    });
    return ok(null);
  });
}
