import { type LocalDate } from "#app/contracts/local-date.ts";
import { collectionPauses } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getBillById } from "#server/domains/invoices/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { listPauses } from "./rows.ts";

export type PauseRequest = {
  accountId: string;
  /** One bill, or null for all of the account's. */
  invoiceId: string | null;
  /** The last day of the pause; null until somebody ends it. */
  untilOn: LocalDate | null;
  reason: string;
};

/**
 * Stops reminders and late fees for an account or a bill. The same once more changes nothing. Refuses a pause without a
 * reason and one that is over; throws `not_found` for a bill of another account.
 */
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
    const today = todayIn(account.zone, ctx.now);
    if (untilOn !== null && untilOn < today) return refuse("day_is_over");
    if (invoiceId !== null) await getBillById(tx, { accountId, invoiceId, today });
    const standing = await listPauses(tx, { accountId, today });
    if (standing.some((one) => one.invoiceId === invoiceId && one.untilOn === untilOn && one.reason === reason))
      return ok(null);
    const madeBy = loginIdOf(ctx.actor);
    await tx.insert(collectionPauses).values({ accountId, invoiceId, untilOn, reason, madeBy });
    await recordAudit(tx, ctx, {
      ...{ action: "collections.paused", subjectKind: "account", subjectId: accountId, accountId, reason },
      after: { invoiceId, untilOn },
    });
    return ok(null);
  });
}
