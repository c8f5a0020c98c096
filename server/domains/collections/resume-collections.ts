import { and, eq, isNull } from "drizzle-orm";

import { collectionPauses } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export type PauseEnd = { accountId: string; pauseId: string };

/** Ends a pause of the account. Already over, or of another account: nothing happens. */
export async function resumeCollections({ ctx, input: { accountId, pauseId } }: { ctx: Ctx; input: PauseEnd }) {
  authorize(ctx.actor, "collections.pause", accountId);
  await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const p = collectionPauses;
    const [ended] = await tx
      .update(p)
      .set({ endedAt: ctx.now })
      .where(and(eq(p.id, pauseId), eq(p.accountId, accountId), isNull(p.endedAt)))
      .returning({ invoiceId: p.invoiceId, untilOn: p.untilOn });
    if (!ended) return;
    await recordAudit(tx, ctx, {
      ...{ action: "collections.resumed", subjectKind: "account", subjectId: accountId, accountId },
      before: ended,
    });
  });
}
