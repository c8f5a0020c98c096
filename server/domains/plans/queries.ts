import { and, asc, desc, eq, inArray } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type DbOrTx } from "#db/client.ts";
import {
  accounts,
  drafts,
  type InstalmentState,
  logins,
  moneyActions,
  paymentMethods,
  planBills,
  planDrafts,
  type PlanEvery,
  plans,
  type PlanState,
} from "#db/schema/index.ts";
import { methodLabel } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

import { listHeld } from "./read-facts.ts";
import { listInstalments, listPlanBills, type PlanRow } from "./rows.ts";
import { makeSchedule, payableUntil } from "./rules.ts";

export type PlanInstalment = {
  position: number;
  dueOn: LocalDate;
  /** What was agreed, and what is left of it. */
  amountMinor: bigint;
  dueMinor: bigint;
  state: InstalmentState;
  paymentId: string | null;
  /** The day of its draft's next attempt where that is not its own day: after one that failed, or for longer notice. */
  tryOn: LocalDate | null;
  failed: boolean;
  /** Of a missed one: the last day on which it can be paid by hand without the plan changing or ending. */
  payBy: LocalDate | null;
};

export type Plan = {
  id: string;
  accountId: string;
  actionId: string;
  conversationId: string | null;
  state: PlanState;
  currency: Currency;
  totalMinor: bigint;
  downMinor: bigint;
  instalments: number;
  every: PlanEvery;
  firstOn: LocalDate;
  expiresOn: LocalDate;
  graceDays: number;
  missedAllowed: number;
  startedOn: LocalDate | null;
  endedOn: LocalDate | null;
  endReason: string | null;
  createdAt: Date;
  madeByName: string | null;
  /** What whoever made it wrote with it. */
  note: string | null;
  methodId: string | null;
  methodLabel: string | null;
};

export type PlanDetail = Plan & {
  mandate: { text: string; acceptedAt: Date; ip: string | null; by: string | null } | null;
  bills: { invoiceId: string; number: string; plannedMinor: bigint; openMinor: bigint; heldMinor: bigint }[];
  /** What the plan holds of its bills now: what may be paid ahead. */
  leftMinor: bigint;
  /** Of a plan that does not run yet: as it would be if it began today. */
  schedule: PlanInstalment[];
};

/** A plan with its schedule, bills and mandate. Throws not_found, also for one of another account. */
export async function getPlan(
  db: DbOrTx,
  { planId, accountId, today }: { planId: string; accountId: string; today: LocalDate },
): Promise<PlanDetail> {
  const [found] = await selectPlans(db).where(and(eq(plans.id, planId), eq(plans.accountId, accountId)));
  if (!found) throw notFound("plan");
  const { plan } = found;
  const [bills, held, rows] = [
    await listPlanBills(db, planId),
    await listHeld(db, planId),
    await listInstalments(db, planId),
  ];
  const heldOf = new Map(held.map((one) => [one.invoiceId, one.heldMinor]));
  const made = await db
    .select({
      position: planDrafts.position,
      paymentId: drafts.paymentId,
      tryOn: drafts.tryOn,
      draftOn: drafts.draftOn,
      attempts: drafts.attempts,
    })
    .from(planDrafts)
    .innerJoin(drafts, eq(drafts.id, planDrafts.draftId))
    .where(eq(planDrafts.planId, planId))
    .orderBy(asc(drafts.id));
  const [accepter] =
    plan.acceptedBy === null
      ? []
      : await db.select({ name: logins.name }).from(logins).where(eq(logins.id, plan.acceptedBy));
  return {
    ...toPlan(found),
    mandate:
      plan.mandateText === null || plan.acceptedAt === null
        ? null
        : {
            ...{ text: plan.mandateText, acceptedAt: plan.acceptedAt, ip: plan.acceptedIp },
            by: accepter?.name ?? null,
          },
    bills: bills.map(({ invoiceId, number, plannedMinor, openMinor }) => ({
      ...{ invoiceId, number, plannedMinor, openMinor, heldMinor: heldOf.get(invoiceId) ?? 0n },
    })),
    leftMinor: held.reduce((sum, one) => sum + one.heldMinor, 0n),
    schedule:
      rows.length > 0
        ? rows.map(({ position, dueOn, amountMinor, dueMinor, state }) => {
            const draft = made.filter((one) => one.position === position).at(-1);
            return {
              ...{ position, dueOn, amountMinor, dueMinor, state, paymentId: draft?.paymentId ?? null },
              ...{ tryOn: draft?.tryOn === dueOn ? null : (draft?.tryOn ?? null), failed: (draft?.attempts ?? 0) > 0 },
              payBy: state === "missed" ? payableUntil({ dueOn, draft: draft ?? null }, plan.graceDays) : null,
            };
          })
        : makeSchedule(plan, { currency: plan.currency, today }).map((one) => ({
            ...{
              ...one,
              dueMinor: one.amountMinor,
              state: "scheduled" as const,
              paymentId: null,
              tryOn: null,
              failed: false,
              payBy: null,
            },
          })),
  };
}

const SELECTED = { plan: plans, maker: logins.name, method: paymentMethods, facts: moneyActions.facts };

const selectPlans = (db: DbOrTx) =>
  db
    .select(SELECTED)
    .from(plans)
    .innerJoin(moneyActions, eq(moneyActions.id, plans.actionId))
    .leftJoin(logins, eq(logins.id, plans.madeBy))
    .leftJoin(paymentMethods, eq(paymentMethods.id, plans.paymentMethodId))
    .$dynamic();

type Found = {
  plan: PlanRow;
  maker: string | null;
  method: typeof paymentMethods.$inferSelect | null;
  facts: Record<string, unknown>;
};

const toPlan = ({ plan, maker, method, facts }: Found): Plan => ({
  ...{ id: plan.id, accountId: plan.accountId, actionId: plan.actionId, conversationId: plan.conversationId },
  ...{ state: plan.state, currency: plan.currency, totalMinor: plan.totalMinor, downMinor: plan.downMinor },
  ...{ instalments: plan.instalments, every: plan.every, firstOn: plan.firstOn, expiresOn: plan.expiresOn },
  ...{ graceDays: plan.graceDays, missedAllowed: plan.missedAllowed, startedOn: plan.startedOn },
  ...{ endedOn: plan.endedOn, endReason: plan.endReason, createdAt: plan.createdAt, madeByName: maker },
  note: typeof facts["note"] === "string" ? facts["note"] : null,
  ...{ methodId: plan.paymentMethodId, methodLabel: method ? methodLabel(method) : null },
});

const LIVE = ["proposed", "offered", "active"] as const;

/** Plans of an account, newest first; `live`: those that wait for an answer or run. */
export async function listPlans(
  db: DbOrTx,
  { accountId, live = false, limit = 20 }: { accountId: string; live?: boolean; limit?: number },
): Promise<Plan[]> {
  const rows = await selectPlans(db)
    .where(and(eq(plans.accountId, accountId), live ? inArray(plans.state, [...LIVE]) : undefined))
    .orderBy(desc(plans.id))
    .limit(limit);
  return rows.map(toPlan);
}

/** The plan that a bill is on, or is about to be: running or waiting for an answer. Null: none. */
export async function findPlanOfBill(db: DbOrTx, invoiceId: string): Promise<Plan | null> {
  const [row] = await selectPlans(db)
    .innerJoin(planBills, eq(planBills.planId, plans.id))
    .where(and(eq(planBills.invoiceId, invoiceId), inArray(plans.state, [...LIVE])))
    .orderBy(desc(plans.id))
    .limit(1);
  return row ? toPlan(row) : null;
}

export type WaitingPlan = Plan & { accountNumber: string; accountName: string };

/** Of the whole business: what waits for the biller's answer first, then offers that wait, then running plans. */
export async function listPlansOfAll(
  db: DbOrTx,
  { state, limit = 100 }: { state: PlanState; limit?: number },
): Promise<WaitingPlan[]> {
  const rows = await db
    .select({ ...SELECTED, number: accounts.number, name: accounts.name })
    .from(plans)
    .innerJoin(accounts, eq(accounts.id, plans.accountId))
    .innerJoin(moneyActions, eq(moneyActions.id, plans.actionId))
    .leftJoin(logins, eq(logins.id, plans.madeBy))
    .leftJoin(paymentMethods, eq(paymentMethods.id, plans.paymentMethodId))
    .where(eq(plans.state, state))
    .orderBy(asc(plans.id))
    .limit(limit);
  return rows.map((row) => ({ ...toPlan(row), accountNumber: row.number, accountName: row.name }));
}
