import { and, asc, desc, eq } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money, money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { drafts, planDrafts, planInstalments, plans } from "#db/schema/index.ts";

import { payableUntil } from "./rules.ts";

/** An instalment that could not be taken and waits in its grace. */
export type Missed = {
  planId: string;
  dueOn: LocalDate;
  due: Money;
  /** The last day on which it can be paid by hand without the plan changing or ending. */
  payBy: LocalDate;
};

/** The missed instalments of an account's running plans, the soonest to be over first. */
export async function listMissed(db: DbOrTx, accountId: string): Promise<Missed[]> {
  const rows = await db
    .selectDistinctOn([planInstalments.planId, planInstalments.position], {
      ...{ planId: plans.id, currency: plans.currency, graceDays: plans.graceDays },
      ...{ dueOn: planInstalments.dueOn, dueMinor: planInstalments.dueMinor, draftOn: drafts.draftOn },
    })
    .from(planInstalments)
    .innerJoin(plans, eq(plans.id, planInstalments.planId))
    .leftJoin(
      planDrafts,
      and(eq(planDrafts.planId, planInstalments.planId), eq(planDrafts.position, planInstalments.position)),
    )
    .leftJoin(drafts, eq(drafts.id, planDrafts.draftId))
    .where(and(eq(plans.accountId, accountId), eq(plans.state, "active"), eq(planInstalments.state, "missed")))
    .orderBy(asc(planInstalments.planId), asc(planInstalments.position), desc(drafts.id));
  return rows
    .map(({ planId, currency, graceDays, dueOn, dueMinor, draftOn }) => ({
      ...{ planId, dueOn, due: money(dueMinor, currency) },
      payBy: payableUntil({ dueOn, draft: draftOn === null ? null : { draftOn } }, graceDays),
    }))
    .sort((a, b) => (a.payBy < b.payBy ? -1 : 1));
}
