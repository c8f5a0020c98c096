import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { payments, plans, promises } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount, lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";
import { doDuty, eachAlone } from "#server/domains/jobs/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { mailEnded } from "./mails.ts";
import { type PromiseToPay } from "./promise-to-pay.ts";
import { reconcileIn } from "./reconcile-plan.ts";
import { lockPlan, movePlan } from "./rows.ts";

/** What falls due about plans and promises, in each account's own day. Finds its work; a second run finds none. */
export async function runPlanDuties(ctx: Ctx): Promise<void> {
  await eachAlone([expirePlans, lookAtPlans, decidePromises], (duty) => duty(ctx));
}

const localDay = (ctx: Ctx) => sql`(${ctx.now.toISOString()}::timestamptz at time zone a.zone)::date`;

async function expirePlans(ctx: Ctx): Promise<void> {
  const due = await ctx.db.execute<{ id: string; accountId: string }>(sql`
    select p.id, p.account_id as "accountId" from plans p join accounts a on a.id = p.account_id
    where p.state in ('proposed', 'offered') and p.expires_on < ${localDay(ctx)} order by p.id limit 100`);
  await eachAlone(due, ({ id, accountId }) =>
    withTransaction(ctx.db, async (tx) => {
      const account = await lockAccount(tx, accountId);
      const plan = await lockPlan(tx, id);
      if (plan.state !== "proposed" && plan.state !== "offered") return;
      const expired = await movePlan(tx, { plan, to: "expired" });
      await mailEnded(tx, { plan: expired, account, at: ctx.now });
    }),
  );
}

/** Each running plan once a day: instalments are announced and missed by the calendar, without anything else happening. */
async function lookAtPlans(ctx: Ctx): Promise<void> {
  const due = await ctx.db.execute<{ id: string; accountId: string }>(sql`
    select p.id, p.account_id as "accountId" from plans p join accounts a on a.id = p.account_id
    where p.state = 'active' and not exists (
      select 1 from duties d
      where d.kind = 'plans.look' and d.subject = p.id::text and d.due_on = ${localDay(ctx)})
    order by p.id limit 500`);
  await eachAlone(due, ({ id, accountId }) =>
    withTransaction(ctx.db, async (tx) => {
      const account = await lockAccount(tx, accountId);
      const day = todayIn(account.zone, ctx.now);
      if (await doDuty(tx, { duty: "plans.look", subjectId: id, day })) {
        await reconcileIn({ ctx, tx }, { account, planId: id });
      }
    }),
  );
}

/** A promise is kept once that much came in since, or nothing is asked for any more; broken when its day is over without. */
async function decidePromises(ctx: Ctx): Promise<void> {
  const open = await ctx.db.select().from(promises).where(eq(promises.state, "open")).orderBy(asc(promises.id));
  await eachAlone(open, async (promise) => {
    const { zone } = await getAccount(ctx.db, promise.accountId);
    const today = todayIn(zone, ctx.now);
    const kept = await isKept(ctx, { promise, today });
    if (!kept && promise.promisedOn >= today) return;
    await withTransaction(ctx.db, async (tx) => {
      await lockAccount(tx, promise.accountId);
      const moved = await tx
        .update(promises)
        .set({ state: kept ? "kept" : "broken" })
        .where(and(eq(promises.id, promise.id), eq(promises.state, "open")))
        .returning();
      if (moved.length > 0) await finishAction(tx, promise.actionId, kept ? "done" : "failed", { kept });
    });
  });
}

async function isKept(ctx: Ctx, { promise, today }: { promise: PromiseToPay; today: LocalDate }): Promise<boolean> {
  const [paid] = await ctx.db
    .select({ minor: sql<string>`coalesce(sum(${payments.amountMinor}), 0)` })
    .from(payments)
    .where(
      and(
        ...[eq(payments.accountId, promise.accountId), gte(payments.requestedAt, promise.madeAt)],
        inArray(payments.state, ["processing", "settled"]),
      ),
    );
  if (BigInt(paid?.minor ?? 0) >= promise.amountMinor) return true;
  return (await getAccountMoney(ctx.db, promise.accountId, today)).toPayNow.amountMinor <= 0n;
}

/** The running plans of an account, for whoever hears that its money changed. */
export const listRunning = (ctx: Ctx, accountId: string) =>
  ctx.db
    .select({ id: plans.id })
    .from(plans)
    .where(and(eq(plans.accountId, accountId), eq(plans.state, "active")));
