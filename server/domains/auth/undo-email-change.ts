import { and, eq, gte } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { passkeys, totpSecrets } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { revokeOwnCodes } from "./confirm-email-change.ts";
import { emailKey } from "./email-address.ts";
import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { findLink, spendLink } from "./link-tokens.ts";
import { changeSecurity, findLoginByEmail, lockLogin } from "./rows.ts";
import { removeSecondFactor } from "./second-factor.ts";

/**
 * "It was not me": gives a login its old address back, once, by the link that went there. Every session ends, the
 * password stops working (a new one is chosen by mail), and a second factor or passkey added since the change is gone.
 * Refuses a link that is over, and an address that somebody else has got meanwhile.
 */
export async function undoEmailChange({
  ctx,
  input: { token, ip },
}: {
  ctx: Ctx;
  input: { token: string; ip: string };
}): Promise<Ok<{ email: string }> | Refusal<"link_over"> | Refusal<"email_taken"> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `use-link:ip:${addressKey(ip)}`, most: 50 }]);
  if (!limited.ok) return limited;
  const found = await findLink(ctx.db, { purpose: "change_email", token });
  if (found?.payload["to"] !== "undo" || found.loginId === null) return refuse("link_over");
  const { loginId, email, createdAt } = found;
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (emailKey(login.email) === emailKey(email)) return refuse("link_over");
    if (await findLoginByEmail(tx, email)) return refuse("email_taken");
    if (!(await spendLink(tx, { purpose: "change_email", token }))) return refuse("link_over");
    await changeSecurity(tx, { loginId, change: { email, passwordHash: null } });
    await revokeOwnCodes(tx, loginId);
    await removeWhatCameAfter(tx, { loginId, since: createdAt });
    await recordAudit(tx, ctx, {
      ...{ action: "login.undo_email", subjectKind: "login", subjectId: loginId },
      ...{ before: { email: login.email }, after: { email } },
    });
    return ok({ email });
  });
}

async function removeWhatCameAfter(tx: Tx, { loginId, since }: { loginId: string; since: Date }): Promise<void> {
  await tx.delete(passkeys).where(and(eq(passkeys.loginId, loginId), gte(passkeys.createdAt, since)));
  const [newer] = await tx
    .select({ loginId: totpSecrets.loginId })
    .from(totpSecrets)
    .where(and(eq(totpSecrets.loginId, loginId), gte(totpSecrets.confirmedAt, since)));
  if (newer) await removeSecondFactor(tx, loginId);
}
