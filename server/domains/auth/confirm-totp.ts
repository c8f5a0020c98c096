import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { findPendingSecret, keepSecret, totpDigits } from "./second-factor.ts";
import { tellSecurityChange } from "./tell-security-change.ts";
import { findStep } from "./totp.ts";

/**
 * Makes an authenticator app the second factor, by its first code: signing in asks for one from now on. Answers the
 * recovery codes, which nobody can read again. All other sessions end, and the person is told by mail. Refuses a code
 * that does not fit the secret of `startTotp`, and a
 * session that has proved nothing lately. `loginId` comes from the session reader, never from a form.
 */
export async function confirmTotp({
  ctx,
  input: { loginId, code, sessionId },
}: {
  ctx: Ctx;
  input: { loginId: string; code: string; sessionId: string };
}): Promise<Ok<{ recoveryCodes: string[] }> | Refusal<"wrong_factor"> | ProofNeeded | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `confirm-totp:${loginId}`, most: 20 }]);
  if (!limited.ok) return limited;
  return withTransaction(ctx.db, async (tx) => {
    const inside = within(ctx, tx);
    const login = await lockLogin(tx, loginId);
    if (!(await isRecentlyProved(tx, { loginId, sessionId }))) return refuse("proof_needed");
    const secret = await findPendingSecret(inside, loginId);
    const digits = totpDigits(code);
    const step = secret && digits ? findStep(secret, { code: digits, nowMs: Date.now(), lastStep: 0 }) : null;
    if (secret === null || step === null) return refuse("wrong_factor");
    await keepSecret(inside, { loginId, secret, step, at: new Date() });
    const recoveryCodes = await replaceRecoveryCodes(tx, { keyFor: ctx.keyFor, loginId });
    await changeSecurity(tx, { loginId, change: {}, keepSessionId: sessionId });
    await recordAudit(tx, ctx, { action: "login.second_factor_on", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "factor_on" });
    return ok({ recoveryCodes });
  });
}
