import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { removeSecondFactor } from "./second-factor.ts";
import { tellSecurityChange } from "./tell-security-change.ts";

/** A customer takes the second factor off their own login. Refuses without a recent proof; staff must keep one. */
export async function turnOffSecondFactor({
  ctx,
  input: { sessionId },
}: {
  ctx: Ctx;
  input: { sessionId: string };
}): Promise<Ok<null> | ProofNeeded | Refusal<"factor_required">> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (login.role !== "customer") return refuse("factor_required");
    if (!(await isRecentlyProved(tx, { loginId, sessionId }))) return refuse("proof_needed");
    await removeSecondFactor(tx, loginId);
    await changeSecurity(tx, { loginId, change: {}, keepSessionId: sessionId });
    await recordAudit(tx, ctx, { action: "login.second_factor_off", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "factor_off" });
    return ok(null);
  });
}
