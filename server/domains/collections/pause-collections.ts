import { and, eq, isNull } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { collectionPauses } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

export type PauseRequest = {
  accountId: string;
  /** One bill, or null for all of the account's. */
  invoiceId: string | null;
  /** The last day of the pause; null until somebody ends it. */
  untilOn: LocalDate | null;
  reason: string;
};

/** Stops reminders and late fees for an account or a bill. Refuses a pause without a reason and one that is over. */
export async function pauseCollections({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PauseRequest;
}): Promise<Ok<null> | Refusal<"reason_needed" | "day_is_over">> {
  const { accountId, invoiceId, untilOn } = input;
  authorize(ctx.actor, "collections.pause", accountId);
  const reason = input.reason.trim();
  if (reason === "") return refuse("reason_needed");
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (untilOn !== null && untilOn < todayIn(account.zone, ctx.now)) return refuse("day_is_over");
    const madeBy = loginIdOf(ctx.actor);
    await tx.insert(collectionPauses).values({ accountId, invoiceId, untilOn, reason, madeBy });
    await recordAudit(tx, ctx, {
      ...{ action: "collections.paused", subjectKind: "account", subjectId: accountId, accountId, reason },
      after: { untilOn },
    });
    return ok(null);
  });
}

/** Ends every pause of the account. None: nothing happens. */
export async function resumeCollections({ ctx, input: { accountId } }: { ctx: Ctx; input: { accountId: string } }) {
  authorize(ctx.actor, "collections.pause", accountId);
  await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    const ended = await tx
      .update(collectionPauses)
      .set({ endedAt: ctx.now })
      .where(and(eq(collectionPauses.accountId, accountId), isNull(collectionPauses.endedAt)))
      .returning({ id: collectionPauses.id });
    if (ended.length === 0) return;
    await recordAudit(tx, ctx, {
      action: "collections.resumed",
      subjectKind: "account",
      subjectId: accountId,
      accountId,
    });
  });
}
