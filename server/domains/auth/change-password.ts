import { eq } from "drizzle-orm";

import { logins } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { checkNewPassword, hashPassword, passwordFits, type PasswordRefusal } from "./passwords.ts";
import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { hasSecondFactor } from "./second-factor.ts";

/**
 * A person sets their own password, proving the old one if they have one. All their other sessions end, and they are
 * told by mail. Refuses a wrong old password (10 tries in 15 minutes), a new one that does not do, and a session that
 * has proved nothing lately where there is a second factor to prove, or no old password.
 */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { current: string | null; password: string; keepSessionId: string };
}): Promise<Ok<null> | Refusal<"wrong_password"> | ProofNeeded | PasswordRefusal | TooManyAttempts> {
  const { loginId, email, name } = requireOwnLogin(ctx.actor);
  const limited = await limitAttempts(ctx.db, [{ key: `change-password:${loginId}`, most: 10 }]);
  if (!limited.ok) return limited;
  const [before] = await ctx.db.select({ kept: logins.passwordHash }).from(logins).where(eq(logins.id, loginId));
  if (!before) throw notFound("login");
  const needsProof = before.kept === null || (await hasSecondFactor(ctx.db, loginId));
  if (needsProof && !(await isRecentlyProved(ctx.db, { loginId, sessionId: input.keepSessionId }))) {
    return refuse("proof_needed");
  }
  if (before.kept !== null && !(await passwordFits(before.kept, input.current ?? ""))) return refuse("wrong_password");
  const allowed = checkNewPassword(input.password, [email, name]);
  if (!allowed.ok) return allowed;
  const passwordHash = await hashPassword(input.password);
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    // Changed by somebody else since it was proved: the proof is worth nothing now.
    if (login.passwordHash !== before.kept) return refuse("wrong_password");
    await changeSecurity(tx, { loginId, change: { passwordHash }, keepSessionId: input.keepSessionId });
    await recordAudit(tx, ctx, { action: "login.change_password", subjectKind: "login", subjectId: loginId });
    await queueMail(tx, {
      kind: "password_changed",
      to: login.email,
      data: { name: login.name },
      dedupeKey: `password_changed:${loginId}:${login.securityVersion}`,
    });
    return ok(null);
  });
}
