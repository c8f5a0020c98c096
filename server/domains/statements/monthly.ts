import { eq, sql } from "drizzle-orm";

import { addDays, addMonths, type LocalDate, localDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import { statementWishes } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { issueStatement } from "./issue-statement.ts";

export async function wantsMonthly(db: DbOrTx, accountId: string): Promise<boolean> {
  const [row] = await db.select().from(statementWishes).where(eq(statementWishes.accountId, accountId));
  return row?.monthly ?? false;
}

/** Whether a statement comes by mail each month, from the month that runs now on. */
export async function wishMonthly({ ctx, input }: { ctx: Ctx; input: { accountId: string; monthly: boolean } }) {
  const { accountId, monthly } = input;
  authorize(ctx.actor, "statement.wish", accountId);
  await withTransaction(ctx.db, async (tx) => {
    await lockAccount(tx, accountId);
    if ((await wantsMonthly(tx, accountId)) === monthly) return;
    await tx
      .insert(statementWishes)
      .values({ accountId, monthly, changedAt: ctx.now })
      .onConflictDoUpdate({ target: statementWishes.accountId, set: { monthly, changedAt: ctx.now } });
    const after = { monthly };
    await recordAudit(tx, ctx, {
      action: "statements.monthly",
      subjectKind: "account",
      subjectId: accountId,
      accountId,
      after,
    });
  });
}

/** Issues the statement of each month that is over, to whoever wants one, in the account's zone. Finds its work. */
export async function runStatementDuties(ctx: Ctx): Promise<void> {
  const due = await ctx.db.execute<{ accountId: string; zone: string; since: LocalDate; last: LocalDate | null }>(sql`
    select w.account_id as "accountId", a.zone, (w.changed_at at time zone a.zone)::date::text as since,
      (select max(s.to_on) from statements s where s.account_id = a.id)::text as last
    from statement_wishes w join accounts a on a.id = w.account_id
    where w.monthly and a.quarantined_at is null`);
  for (const { accountId, zone, since, last } of due) {
    const thisMonth = firstOf(todayIn(zone, ctx.now));
    const firstFromOn = firstOf(since);
    // One after the other, also after a pause of several months.
    let month = last === null ? firstFromOn : firstOf(addDays(last, 1));
    for (; month < thisMonth; month = addMonths(month, 1)) {
      const toOn = addDays(addMonths(month, 1), -1);
      await issueStatement({ ctx, input: { accountId, toOn, firstFromOn } });
    }
  }
}

const firstOf = (day: LocalDate): LocalDate => localDate(`${day.slice(0, 7)}-01`);
