import { and, asc, eq, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { invoices, planBills, planInstalments, plans, type PlanState } from "#db/schema/index.ts";
import { touchAccount } from "#server/domains/accounts/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { assert, present } from "#server/platform/assert.ts";
import { notFound } from "#server/platform/faults.ts";

import { planMayMove } from "./rules.ts";

export type PlanRow = typeof plans.$inferSelect;
export type InstalmentRow = typeof planInstalments.$inferSelect;

/** The plan, not locked; throws not_found. */
export async function readPlan(db: DbOrTx, planId: string): Promise<PlanRow> {
  const [row] = await db.select().from(plans).where(eq(plans.id, planId));
  if (!row) throw notFound("plan");
  return row;
}

/** Locks a plan. Its account is locked before it. */
export async function lockPlan(tx: Tx, planId: string): Promise<PlanRow> {
  const [row] = await tx.select().from(plans).where(eq(plans.id, planId)).for("update");
  if (!row) throw notFound("plan");
  return row;
}

export const listPlanBills = (db: DbOrTx, planId: string) =>
  db
    .select({
      invoiceId: planBills.invoiceId,
      number: invoices.number,
      dueOn: invoices.dueOn,
      plannedMinor: planBills.plannedMinor,
      paidBeforeMinor: planBills.paidBeforeMinor,
      paidMinor: invoices.paidMinor,
      openMinor: invoices.openMinor,
    })
    .from(planBills)
    .innerJoin(invoices, eq(invoices.id, planBills.invoiceId))
    .where(eq(planBills.planId, planId))
    .orderBy(asc(planBills.position));

export const listInstalments = (db: DbOrTx, planId: string): Promise<InstalmentRow[]> =>
  db.select().from(planInstalments).where(eq(planInstalments.planId, planId)).orderBy(asc(planInstalments.position));

/** What a state of the plan is for the card of its action. */
const ACTION_STATE = {
  active: "accepted",
  completed: "done",
  broken: "failed",
  cancelled: "refused",
  declined: "refused",
  expired: "refused",
} as const;

export type PlanChanges = Partial<
  Pick<
    PlanRow,
    | "paymentMethodId"
    | "mandateText"
    | "acceptedAt"
    | "acceptedBy"
    | "acceptedIp"
    | "decidedBy"
    | "startedOn"
    | "endedOn"
    | "endReason"
  >
>;

/** Moves a locked plan and the card of its action, and tells of it. Throws a fault on a move that is none. */
export async function movePlan(
  tx: Tx,
  { plan, to, changes = {} }: { plan: PlanRow; to: PlanState; changes?: PlanChanges },
): Promise<PlanRow> {
  assert(planMayMove(plan.state, to), `a plan cannot go from ${plan.state} to ${to}`);
  const [moved] = await tx
    .update(plans)
    .set({ ...changes, state: to, updatedAt: sql`now()` })
    .where(and(eq(plans.id, plan.id)))
    .returning();
  const row = present(moved, "the locked plan is updated");
  if (to !== "proposed" && to !== "offered") {
    await finishAction(tx, plan.actionId, ACTION_STATE[to], {
      ...{ planState: to },
      ...(changes.endReason ? { endReason: changes.endReason } : {}),
    });
  }
  await touchAccount(tx, plan.accountId);
  await appendEvent(tx, "plan.changed", { accountId: plan.accountId, planId: plan.id, state: to });
  await appendEvent(tx, "account.money_changed", { accountId: plan.accountId });
  return row;
}
