import { and, eq } from "drizzle-orm";

import { passkeys } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, refuse } from "#server/platform/result.ts";

import { requireOwnLogin } from "./policy.ts";
import { isRecentlyProved, type ProofNeeded } from "./recent-proof.ts";
import { changeSecurity, lockLogin } from "./rows.ts";
import { tellSecurityChange } from "./tell-security-change.ts";

/**
 * Takes a passkey off a person's own login and ends their other sessions; one of somebody else's is as if unknown:
 * nothing happens. Refuses without a recent proof.
 */
export async function removePasskey({
  ctx,
  input: { passkeyId, sessionId },
}: {
  ctx: Ctx;
  input: { passkeyId: string; sessionId: string };
}): Promise<Ok<null> | ProofNeeded> {
  const { loginId } = requireOwnLogin(ctx.actor);
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (!(await isRecentlyProved(tx, { loginId, sessionId }))) return refuse("proof_needed");
    const gone = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, passkeyId), eq(passkeys.loginId, loginId)))
      .returning({ id: passkeys.id });
    if (gone.length === 0) return ok(null);
    await changeSecurity(tx, { loginId, change: {}, keepSessionId: sessionId });
    await recordAudit(tx, ctx, { action: "login.passkey_removed", subjectKind: "login", subjectId: loginId });
    await tellSecurityChange(tx, { login, what: "passkey_removed" });
    return ok(null);
  });
}
