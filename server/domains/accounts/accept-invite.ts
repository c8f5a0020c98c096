import { type AccountRight } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import {
  checkNewPassword,
  findLink,
  hashPassword,
  type LoginRole,
  type PasswordRefusal,
  spendLink,
} from "#server/domains/auth/index.ts";
import { bug } from "#server/platform/faults.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { customerLoginFor } from "./customer-login.ts";
import { grantAccess } from "./grant-access.ts";

/**
 * Takes an invitation to a billing account, once: the link proves that the mailbox is theirs. Makes a login with the
 * name and password given (without one, its owner signs in by one-time code), or adds the account to the login that the
 * address has, whose name and password stay as they are. Refuses a link that is unknown, used, replaced or over.
 */
export async function acceptInvite({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { token: string; name: string; password: string | null };
}): Promise<Ok<{ loginId: string; role: LoginRole; accountId: string }> | Refusal<"link_over"> | PasswordRefusal> {
  const found = await findLink(ctx.db, { purpose: "invite", token: input.token });
  if (found?.payload["to"] !== "account") return refuse("link_over");
  if (input.password !== null) {
    const allowed = checkNewPassword(input.password, [found.email, input.name]);
    if (!allowed.ok) return allowed;
  }
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  return withTransaction(ctx.db, async (tx) => {
    const link = await spendLink(tx, { purpose: "invite", token: input.token });
    const accountId = link?.payload["accountId"];
    if (!link || accountId === undefined) return refuse("link_over");
    const login = await customerLoginFor(tx, { email: link.email, name: input.name, passwordHash });
    if (!login) return refuse("link_over");
    await grantAccess(tx, { accountId, loginId: login.id, right: asRight(link.payload["right"]) });
    await recordAudit(tx, ctx, {
      action: "account.accept_invite",
      subjectKind: "login",
      subjectId: login.id,
      accountId,
    });
    return ok({ loginId: login.id, role: login.role, accountId });
  });
}

const RIGHTS: readonly AccountRight[] = ["view", "pay", "manage"];

/** Only our own invitations reach here; another word is a bug. */
function asRight(text: string | undefined): AccountRight {
  const right = RIGHTS.find((known) => known === text);
  if (right === undefined) throw bug("an invitation without a right");
  return right;
}
