import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize, revokeInviteLink } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

/**
 * Takes back an invitation to a billing account that nobody has accepted yet: its link stops working. Refuses one that
 * is over already; one of another account is as if unknown. Staff, and whoever manages the account.
 */
export async function revokeInvite({
  ctx,
  input: { accountId, inviteId },
}: {
  ctx: Ctx;
  input: { accountId: string; inviteId: string };
}): Promise<Ok<null> | Refusal<"link_over">> {
  authorize(ctx.actor, "account.invite", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const email = await revokeInviteLink(tx, { id: inviteId, about: { to: "account", accountId } });
    if (email === null) return refuse("link_over");
    await recordAudit(tx, ctx, {
      ...{ action: "account.revoke_invite", subjectKind: "invite", subjectId: inviteId, accountId },
      before: { email },
    });
    return ok(null);
  });
}
