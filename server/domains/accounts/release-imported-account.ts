import { eq } from "drizzle-orm";

import { accounts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { touchDetails } from "./details.ts";
import { lockAccount } from "./rows.ts";

/**
 * Somebody has looked at an imported account and found it right: from now on it gets reminders, fees and drafts, for what
 * is overdue as if it had become so today. Does nothing for one that is released. Supervisors and admins.
 */
export async function releaseImportedAccount({
  ctx,
  input: { accountId },
}: {
  ctx: Ctx;
  input: { accountId: string };
}): Promise<Ok<null>> {
  authorize(ctx.actor, "account.release_import", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account.quarantinedAt === null) return ok(null);
    await tx
      .update(accounts)
      .set({ quarantinedAt: null, releasedOn: todayIn(account.zone, ctx.now) })
      .where(eq(accounts.id, accountId));
    await touchDetails(tx, accountId);
    await recordAudit(tx, ctx, {
      ...{ action: "account.released", subjectKind: "account", subjectId: accountId, accountId },
    });
    return ok(null);
  });
}
