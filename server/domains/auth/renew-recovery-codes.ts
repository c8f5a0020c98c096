import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { hasSecondFactor } from "./second-factor.ts";
import { tellSecurityChange } from "./tell-security-change.ts";

/** Ten new recovery codes for a person's own login; the old ones stop working. Refuses without a recent proof, and a login without a second factor. */
export async function renewRecoveryCodes({
  ctx,
  input: { sessionId },
}: {
  ctx: Ctx;
  input: { sessionId: string };
}): Promise<Ok<{ recoveryCodes: string[] }> | ProofNeeded | Refusal<"no_factor">> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (!(await isRecentlyProved(tx, { loginId, sessionId }))) return refuse("proof_needed");
    if (!(await hasSecondFactor(tx, loginId))) return refuse("no_factor");
    const recoveryCodes = await replaceRecoveryCodes(tx, { keyFor: ctx.keyFor, loginId });
    await changeSecurity(tx, { loginId, change: {}, keepSessionId: sessionId });
    await recordAudit(tx, ctx, { action: "login.recovery_codes", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "codes_renewed" });
    return ok({ recoveryCodes });
  });
}
