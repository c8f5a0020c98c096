import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { spendRecoveryCode } from "./recovery-codes.ts";
import { lockLogin } from "./rows.ts";
import { spendTotp, totpDigits } from "./second-factor.ts";
import { tellSecurityChange } from "./tell-security-change.ts";

/**
 * Takes a code of the app, or a recovery code, of a login whose first factor is proved: each once. A used recovery code
 * is told by mail. Refuses after 10 tries per network and 40 in all in 15 minutes; whoever gets to try knows the password
 * or reads the mail. `loginId` comes from the session reader, never from a form.
 */
export async function proveSecondFactor({
  ctx,
  input: { loginId, code, ip },
}: {
  ctx: Ctx;
  input: { loginId: string; code: string; ip: string };
}): Promise<Ok<{ by: "app" | "recovery_code" }> | Refusal<"wrong_factor"> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [
    { key: `factor:${loginId}:${addressKey(ip)}`, most: 10 },
    { key: `factor:${loginId}`, most: 40 },
  ]);
  if (!limited.ok) return limited;
  const digits = totpDigits(code);
  if (digits !== null) {
    const fits = await spendTotp(ctx, { loginId, code: digits, nowMs: Date.now() });
    return fits ? ok({ by: "app" }) : refuse("wrong_factor");
  }
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    const { keyFor } = ctx;
    if (!(await spendRecoveryCode(tx, { keyFor, loginId, code: code.slice(0, 100) }))) return refuse("wrong_factor");
    await recordAudit(tx, ctx, { action: "login.recovery_code_used", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "recovery_code_used" });
    return ok({ by: "recovery_code" });
  });
}
