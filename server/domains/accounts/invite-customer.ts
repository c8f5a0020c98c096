import { type Tx } from "#db/client.ts";
import { type AccountRight } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize, findLoginByEmail, storeLink } from "#server/domains/auth/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { getAccount, listRightsOf } from "./queries.ts";
import { type Account } from "./rows.ts";

const INVITE_DAYS = 14;
const DAY_MINUTES = 1_440;

export type InviteRefusal = Refusal<"belongs_to_staff"> | (Refusal<"has_access"> & { right: AccountRight });

/**
 * Mails somebody an invitation to a billing account; the right is theirs when they accept. An earlier one to the same
 * address and account stops working. Refuses the address of a staff login, and of somebody who reaches the account
 * already. Staff only.
 */
export async function inviteCustomer({
  ctx,
  input: { accountId, email, name = null, right },
}: {
  ctx: Ctx;
  input: { accountId: string; email: string; name?: string | null; right: AccountRight };
}): Promise<Ok<{ inviteId: string; days: number }> | InviteRefusal> {
  authorize(ctx.actor, "account.invite", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await getAccount(tx, accountId);
    const login = await findLoginByEmail(tx, email);
    if (login && login.role !== "customer") return refuse("belongs_to_staff");
    const held = login ? (await listRightsOf(tx, login.id)).get(accountId) : undefined;
    if (held !== undefined) return refuse("has_access", { right: held });
    const inviteId = await mailInvite(tx, { account, email, name, right });
    await recordAudit(tx, ctx, {
      action: "account.invite",
      subjectKind: "invite",
      subjectId: inviteId,
      accountId,
      after: { email, right },
    });
    return ok({ inviteId, days: INVITE_DAYS });
  });
}

/** Keeps the invitation and its mail. Answers its id. */
export async function mailInvite(
  tx: Tx,
  { account, email, name, right }: { account: Account; email: string; name: string | null; right: AccountRight },
): Promise<string> {
  const { id, token } = await storeLink(tx, {
    purpose: "invite",
    email,
    payload: { to: "account", accountId: account.id, right, name: name?.trim() ?? "" },
    replaces: { to: "account", accountId: account.id },
    minutes: INVITE_DAYS * DAY_MINUTES,
  });
  await queueMail(tx, {
    kind: "invite",
    to: email,
    data: { accountNumber: account.number, accountName: account.name, path: `/invite/${token}`, days: INVITE_DAYS },
    dedupeKey: `invite:${id}`,
    accountId: account.id,
  });
  return id;
}
