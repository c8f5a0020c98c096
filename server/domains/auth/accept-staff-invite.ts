import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { findLink, spendLink } from "./link-tokens.ts";
import { checkNewPassword, hashPassword, type PasswordRefusal } from "./passwords.ts";
import { asStaffRole, type StaffRole } from "./policy.ts";
import { insertLogin } from "./rows.ts";

/**
 * Begins a staff login by the link from the mail, once, in the role the admin chose. Refuses a link that is unknown,
 * used, replaced or over, an address that has got a login meanwhile, and a password that does not do.
 */
export async function acceptStaffInvite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { token: string; name: string; password: string };
}): Promise<
  Ok<{ loginId: string; role: StaffRole }> | Refusal<"link_over"> | Refusal<"email_taken"> | PasswordRefusal
> {
  const found = await findLink(ctx.db, { purpose: "invite", token: input.token });
  if (found?.payload["to"] !== "staff") return refuse("link_over");
  const allowed = checkNewPassword(input.password, [found.email, input.name]);
  if (!allowed.ok) return allowed;
  const passwordHash = await hashPassword(input.password);
  return withTransaction(ctx.db, async (tx) => {
    const link = await spendLink(tx, { purpose: "invite", token: input.token });
    if (!link) return refuse("link_over");
    const role = asStaffRole(link.payload["role"]);
    const login = await insertLogin(tx, { email: link.email, name: input.name, role, passwordHash });
    if (!login) return refuse("email_taken");
    await recordAudit(tx, ctx, { action: "staff.join", subjectKind: "login", subjectId: login.id, after: { role } });
    return ok({ loginId: login.id, role });
  });
}
