import { type LoginRole } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { checkNewPassword, hashPassword, type PasswordRefusal } from "./passwords.ts";
import { authorize } from "./policy.ts";
import { insertLogin, type Login } from "./rows.ts";

/**
 * Makes a login at once, without a mail: the command line, setup and demo data. Without a password its owner signs in
 * with one-time codes. Refuses an address that has a login, and a password that does not do. Throws for whoever may not
 * manage staff.
 */
export async function createLogin({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { email: string; name: string; role: LoginRole; password: string | null };
}): Promise<Ok<Login> | Refusal<"email_taken"> | PasswordRefusal> {
  authorize(ctx.actor, "staff.manage");
  if (input.password !== null) {
    const allowed = checkNewPassword(input.password, [input.email, input.name]);
    if (!allowed.ok) return allowed;
  }
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  return withTransaction(ctx.db, async (tx) => {
    const login = await insertLogin(tx, { email: input.email, name: input.name, role: input.role, passwordHash });
    if (!login) return refuse("email_taken");
    await recordAudit(tx, ctx, {
      action: "login.create",
      subjectKind: "login",
      subjectId: login.id,
      after: { email: login.email, role: login.role },
    });
    return ok(login);
  });
}
