import { sql } from "drizzle-orm";

import { withTransaction } from "#db/transaction.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { doDuty, eachAlone } from "#server/domains/jobs/index.ts";
import { refreshCard } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";

import { RELIED_ON, soonMonth } from "./relied-cards.ts";

/**
 * Asks the processor once a day for the present expiry of cards that drafts rely on and that seem to expire soon, before
 * anybody is told of it. While it does not answer, what is stored holds; another tick asks again.
 */
export async function askCardExpiry(ctx: Ctx): Promise<void> {
  const cards = await ctx.db.execute<{ methodId: string; day: LocalDate }>(sql`
    select distinct m.id as "methodId", (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date::text as day
    from payment_methods m join accounts a on a.id = m.account_id join (${RELIED_ON}) u on u.payment_method_id = m.id
    where m.kind = 'card' and m.removed_at is null and m.exp_year * 12 + m.exp_month <= ${soonMonth(ctx.now)}
      and not exists (
        select 1 from duties d where d.kind = 'autopay.card_asked' and d.subject = m.id::text
          and d.due_on = (${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date)
    order by m.id limit 200`);
  await eachAlone(cards, async ({ methodId, day }) => {
    if (!(await hearExpiry(ctx, methodId))) return;
    await withTransaction(ctx.db, (tx) => doDuty(tx, { duty: "autopay.card_asked", subjectId: methodId, day }));
  });
}

/** Whether the processor said until when a card can be charged; its answer is kept. */
export async function hearExpiry(ctx: Ctx, methodId: string): Promise<boolean> {
  try {
    await refreshCard(ctx, methodId);
    return true;
  } catch (error) {
    if (faultCode(error) !== "unavailable") throw error;
    ctx.log.warn({ methodId }, "the processor does not say until when a card can be charged");
    return false;
  }
}
