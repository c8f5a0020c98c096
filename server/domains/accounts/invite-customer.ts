import { type Tx } from "#db/client.ts";
import { type AccountRight } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import {
  authorize,
  findLoginByEmail,
  limitAttempts,
  storeLink,
  type TooManyAttempts,
} from "#server/domains/auth/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { getAccount, listRightsOf } from "./queries.ts";
import { type Account } from "./rows.ts";

const INVITE_DAYS = 14;
const DAY_MINUTES = 1_440;

export type InviteRefusal =
  TooManyAttempts | Refusal<"belongs_to_staff"> | (Refusal<"has_access"> & { right: AccountRight });

/**
 * Mails somebody an invitation to a billing account; the right is theirs when they accept. An earlier one to the same
 * address and account stops working. Refuses the address of somebody who reaches the account already, and of a staff
 * login: to a customer that one looks like any other, and nothing is mailed (nobody learns who works here). Staff, and
 * whoever manages the account, who invites 20 people in 15 minutes at most.
 */
export async function inviteCustomer({
  ctx,
  input: { accountId, email, name = null, right },
}: {
  ctx: Ctx;
  input: { accountId: string; email: string; name?: string | null; right: AccountRight };
}): Promise<Ok<{ inviteId: string; days: number }> | InviteRefusal> {
  authorize(ctx.actor, "account.invite", accountId);
  const { actor } = ctx;
  if (actor.kind === "customer") {
    const limited = await limitAttempts(ctx.db, [{ key: `invite:${actor.loginId}`, most: 20 }]);
    if (!limited.ok) return limited;
  }
  return withTransaction(ctx.db, async (tx) => {
    const account = await getAccount(tx, accountId);
    const login = await findLoginByEmail(tx, email);
    const toStaff = login !== null && login.role !== "customer";
    if (toStaff && actor.kind !== "customer") return refuse("belongs_to_staff");
    const held = login ? (await listRightsOf(tx, login.id)).get(accountId) : undefined;
    if (held !== undefined) return refuse("has_access", { right: held });
    const inviteId = await mailInvite(tx, { account, email, name, right, silent: toStaff });
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

type InviteDraft = {
  account: Account;
  email: string;
  name: string | null;
  right: AccountRight;
  /** Kept and listed like any other, and told to nobody: it would open nothing. */
  silent?: boolean;
};

/** Keeps the invitation and its mail. Answers its id. */
export async function mailInvite(
  tx: Tx,
  { account, email, name, right, silent = false }: InviteDraft,
): Promise<string> {
  const { id, token } = await storeLink(tx, {
    purpose: "invite",
    email,
    payload: { to: "account", accountId: account.id, right, name: name?.trim() ?? "" },
    replaces: { to: "account", accountId: account.id },
    minutes: INVITE_DAYS * DAY_MINUTES,
  });
  if (silent) return id;
  await queueMail(tx, {
    kind: "invite",
    to: email,
    data: { accountNumber: account.number, accountName: account.name, path: `/invite/${token}`, days: INVITE_DAYS },
    dedupeKey: `invite:${id}`,
    accountId: account.id,
  });
  return id;
}
