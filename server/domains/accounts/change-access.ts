import { and, eq } from "drizzle-orm";

import { accountPeople, type AccountRight } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { type ChangedMeanwhile, lockDetails, touchDetails } from "./details.ts";

/**
 * Gives a login that reaches an account another right on it, or takes its access away (`right` null). It counts from the
 * next request on, and open sockets of that login end. Refuses a form that somebody else has saved over. Throws not_found
 * for a login that does not reach the account: people come to it by invitation or claim. Staff only.
 */
export async function changeAccess({
  ctx,
  input: { accountId, loginId, right, expectedVersion },
}: {
  ctx: Ctx;
  input: { accountId: string; loginId: string; right: AccountRight | null; expectedVersion: number };
}): Promise<Ok<null> | ChangedMeanwhile> {
  authorize(ctx.actor, "account.edit", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const locked = await lockDetails(tx, { accountId, expectedVersion });
    if (!locked.ok) return locked;
    const one = and(eq(accountPeople.accountId, accountId), eq(accountPeople.loginId, loginId));
    const [held] = await tx.select().from(accountPeople).where(one);
    if (!held) throw notFound("person of this account");
    if (held.right === right) return ok(null);
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
