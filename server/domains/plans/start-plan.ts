import { and, eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { planBills, planInstalments } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { applyOpenCredits, getAccountMoney, listOpenBills, placeClaim } from "#server/domains/invoices/index.ts";
import { payableAfterCredit } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { mailAccepted } from "./mails.ts";
import { reconcileIn } from "./reconcile-plan.ts";
import { listPlanBills, movePlan, type PlanChanges, type PlanRow } from "./rows.ts";
import { makeSchedule } from "./rules.ts";

export type StartRefusal = Refusal<"bills_changed"> | Refusal<"first_day_passed">;

type Starting = { plan: PlanRow; account: Account; changes: PlanChanges };

/**
 * Both sides agree: the plan claims its bills, its instalments get their days, the down payment is announced for today.
 * Refuses when its bills have less to pay than it was made for, or its first day has come. The caller holds the locks.
 */
export async function startPlan(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { plan, account, changes }: Starting,
): Promise<StartRefusal | null> {
  const today = todayIn(account.zone, ctx.now);
  const { accountId } = plan;
  if (plan.firstOn <= today) return refuse("first_day_passed");
  const bills = await listPlanBills(tx, plan.id);
  const { unapplied } = await getAccountMoney(tx, accountId, today);
  const payable = payableAfterCredit(await listOpenBills(tx, { accountId, today }), unapplied.amountMinor);
  const payableOf = new Map(payable.map((bill) => [bill.invoiceId, bill.payableMinor]));
  if (bills.some((bill) => (payableOf.get(bill.invoiceId) ?? 0n) < bill.plannedMinor)) return refuse("bills_changed");

  const step = { actionId: plan.actionId, occurredOn: today, occurredAt: ctx.now };
  await applyOpenCredits(tx, { accountId, step });
  for (const bill of await listPlanBills(tx, plan.id)) {
    await tx
      .update(planBills)
      .set({ paidBeforeMinor: bill.paidMinor })
      .where(and(eq(planBills.planId, plan.id), eq(planBills.invoiceId, bill.invoiceId)));
  }
  const schedule = makeSchedule(plan, { currency: account.currency, today });
  await tx
    .insert(planInstalments)
    .values(
      schedule.map((one) => ({ ...one, planId: plan.id, dueMinor: one.amountMinor, state: "scheduled" as const })),
    );
  const started = await movePlan(tx, { plan, to: "active", changes: { ...changes, startedOn: today } });
  const wanted = bills.map(({ invoiceId, plannedMinor }) => ({ invoiceId, wantedMinor: plannedMinor }));
  const { occurredOn, occurredAt } = step;
  await placeClaim(tx, { accountId, kind: "plan", sourceId: plan.id, bills: wanted, occurredOn, occurredAt });
  await mailAccepted(tx, { plan: started, account, at: ctx.now, schedule, bills });
  await reconcileIn({ ctx, tx }, { account, planId: plan.id, told: schedule });
  return null;
}
