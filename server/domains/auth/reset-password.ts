import { eq, sql } from "drizzle-orm";

import { logins, type LoginRole } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { findLink, spendLink } from "./link-tokens.ts";
import { checkNewPassword, hashPassword, type PasswordRefusal } from "./passwords.ts";
import { changeSecurity, lockLogin } from "./rows.ts";

/**
 * Sets a new password by the link from the mail, once. Every session of the login ends, and the person is told by mail.
 * Refuses a link that is unknown, used or over, and a password that is too short, too long or too common.
 */
export async function resetPassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { token: string; password: string; ip: string };
}): Promise<Ok<{ loginId: string; role: LoginRole }> | Refusal<"link_over"> | PasswordRefusal | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `use-link:ip:${addressKey(input.ip)}`, most: 50 }]);
  if (!limited.ok) return limited;
  const found = await findLink(ctx.db, { purpose: "reset", token: input.token });
  if (!found) return refuse("link_over");
  const allowed = checkNewPassword(input.password, [found.email]);
  if (!allowed.ok) return allowed;
  const passwordHash = await hashPassword(input.password);
  return withTransaction(ctx.db, async (tx) => {
    const link = await spendLink(tx, { purpose: "reset", token: input.token });
    if (!link || link.loginId === null) return refuse("link_over");
    const login = await lockLogin(tx, link.loginId);
    if (login.suspendedAt !== null) return refuse("link_over");
    await changeSecurity(tx, { loginId: login.id, change: { passwordHash } });
    await tx
      .update(logins)
      .set({ lastSignedInAt: sql`now()` })
      .where(eq(logins.id, login.id));
    await recordAudit(tx, ctx, { action: "login.reset_password", subjectKind: "login", subjectId: login.id });
    await queueMail(tx, {
      kind: "password_changed",
      to: login.email,
      data: { name: login.name },
      dedupeKey: `password_changed:${link.id}`,
    });
    return ok({ loginId: login.id, role: login.role });
  });
}
