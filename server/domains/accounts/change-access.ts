import { and, eq, isNull, ne } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { accountPeople, type AccountRight, logins } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type ChangedMeanwhile, lockDetails, touchDetails } from "./details.ts";

/**
 * Gives a login that reaches an account another right on it, or takes its access away (`right` null). It counts from the
 * next request on, and open sockets of that login end. Refuses a form that somebody else has saved over. Throws not_found
 * for a login that does not reach the account: people come to it by invitation or claim. Staff, and whoever manages the
 * account; these are refused to leave it without anybody who does.
 */
export async function changeAccess({
  ctx,
  input: { accountId, loginId, right, expectedVersion },
}: {
  ctx: Ctx;
  input: { accountId: string; loginId: string; right: AccountRight | null; expectedVersion: number };
}): Promise<Ok<null> | ChangedMeanwhile | Refusal<"last_manager">> {
  authorize(ctx.actor, "account.people", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const locked = await lockDetails(tx, { accountId, expectedVersion });
    if (!locked.ok) return locked;
    const one = and(eq(accountPeople.accountId, accountId), eq(accountPeople.loginId, loginId));
    const [held] = await tx.select().from(accountPeople).where(one);
    if (!held) throw notFound("person of this account");
    if (held.right === right) return ok(null);
    const leaves = held.right === "manage" && !(await othersManage(tx, { accountId, loginId }));
    if (leaves && ctx.actor.kind === "customer") return refuse("last_manager");
    if (right === null) await tx.delete(accountPeople).where(one);
    else await tx.update(accountPeople).set({ right }).where(one);
    await touchDetails(tx, accountId);
    await appendEvent(tx, "login.security_changed", { loginId, sessionId: null });
    await recordAudit(tx, ctx, {
      ...{ action: right === null ? "access.revoked" : "access.changed", subjectKind: "login", subjectId: loginId },
      ...{ accountId, before: { right: held.right }, after: right === null ? null : { right } },
    });
    return ok(null);
  });
}

/** Whether somebody else who can sign in manages the account. Its row is locked: nobody else is changing this. */
async function othersManage(tx: Tx, { accountId, loginId }: { accountId: string; loginId: string }): Promise<boolean> {
  const [other] = await tx
    .select({ loginId: logins.id })
    .from(accountPeople)
    .innerJoin(logins, eq(logins.id, accountPeople.loginId))
    .where(
      and(
        eq(accountPeople.accountId, accountId),
        eq(accountPeople.right, "manage"),
        ne(accountPeople.loginId, loginId),
        isNull(logins.suspendedAt),
      ),
    )
    .limit(1);
  return other !== undefined;
}
