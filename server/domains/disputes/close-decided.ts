import { sql } from "drizzle-orm";

import { type disputes, type DisputeState } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { lockDispute, moveDispute } from "./rows.ts";
import { nextState } from "./rules.ts";

const DECIDED: readonly DisputeState[] = ["resolved_for_customer", "resolved_partially", "denied"];
const BATCH = 100;

/** Closes decided cases whose appeal window has passed on the account's own day; ones without a window at once. Idempotent. */
export async function closeDecidedDisputes(ctx: Ctx): Promise<number> {
  const due = await ctx.db.execute<{ id: string }>(sql`
    select d.id from disputes d join accounts a on a.id = d.account_id
    where d.state in ${DECIDED}
      and (d.appeal_by is null or d.appeal_by < (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date)
    order by d.id limit ${BATCH}`);
  for (const { id } of due) {
    await withTransaction(ctx.db, async (tx) => {
      const dispute = await lockDispute(tx, id);
      const to = nextState(dispute.state, "close", dispute);
      if (to === null) return;
      const { zone } = await getAccount(tx, dispute.accountId);
      const changes: Partial<typeof disputes.$inferInsert> = { closedOn: todayIn(zone, ctx.now) };
      await moveDispute({ ctx, tx }, { dispute, to, kind: "close", changes });
    });
  }
  return due.length;
}
