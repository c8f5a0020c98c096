import { and, asc, desc, eq, gt } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { paymentFailureText } from "#app/contracts/messages/payments.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { drafts, planDrafts, planInstalments } from "#db/schema/index.ts";
import { mailAccount } from "#server/domains/accounts/index.ts";
import { isFirstOfMethod, isNewsOfFailure, lastTry } from "#server/domains/autopay/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { nameOfMethod } from "#server/domains/payments/index.ts";

import { type About, planPath } from "./mails.ts";
import { type DraftNews } from "./read-facts.ts";
import { payableUntil } from "./rules.ts";

type Missed = {
  position: number;
  dueOn: LocalDate;
  dueMinor: bigint;
  payBy: LocalDate;
  draft: DraftNews | null;
  otherwise: "moves" | "ends";
};

/**
 * That an instalment could not be taken and why, until when it is tried again and can be paid by hand, and what becomes of
 * it then: when it fails first, also from what was chosen since, and when it is not tried again, however often it is told.
 */
export async function mailMissed(
  tx: Tx,
  { plan, account, at, instalment }: About & { instalment: Missed },
): Promise<void> {
  const { position, dueOn, dueMinor, payBy, draft, otherwise } = instalment;
  const firstOfMethod = draft === null || (await isFirstOfMethod(tx, draft));
  if (!isNewsOfFailure({ firstOfMethod, tryOn: draft?.tryOn ?? null })) return;
  const tried = draft === null ? "" : `:${draft.id}:${String(draft.attempts)}`;
  await mailAccount(tx, {
    ...{ kind: "plan_missed", account, doneBy: plan.acceptedBy, at },
    dedupeKey: `plan-missed:${plan.id}:${String(position)}${tried}`,
    data: {
      ...{ accountNumber: account.number, path: planPath(plan.id), amount: mailMoney(money(dueMinor, plan.currency)) },
      ...{ dueOn, payBy, otherwise, ...triesOf(draft, payBy) },
      why: draft && draft.failureCode !== null ? paymentFailureText(draft.failureCode) : null,
      chosenSince: draft !== null && firstOfMethod && draft.attempts > 1 && draft.tryOn !== null,
      method: await nameOfMethod(tx, triedFrom(draft) ?? plan.paymentMethodId),
    },
  });
}

/** What failed: another card or bank account may have been chosen since. What was given up was never asked for. */
const triedFrom = (draft: DraftNews | null): string | null =>
  draft?.state === "announced" ? (draft.triedWith ?? draft.methodId) : (draft?.methodId ?? null);

/** The next try and the last one; none after its grace, when it has moved or the plan is over. */
function triesOf(draft: DraftNews | null, payBy: LocalDate) {
  if (draft === null || draft.tryOn === null || draft.tryOn > payBy) return { retryOn: null, lastOn: null };
  const { attempts, tryOn } = draft;
  const lastOn = lastTry(draft.paidBy === "bank_debit" ? "bank_debit" : "card", { attempts, tryOn });
  return { retryOn: tryOn, lastOn: lastOn < payBy ? lastOn : payBy };
}

export type MovedInstalment = { position: number; dueOn: LocalDate; dueMinor: bigint };

/**
 * That a missed instalment is part of the last one now: the new last amount and its day, all that is still to come, until
 * when the next one can be paid, and whether another one may be missed. Once for each.
 */
export async function mailMoved(
  tx: Tx,
  { plan, account, at, missed }: About & { missed: MovedInstalment },
): Promise<void> {
  const of = (minor: bigint) => mailMoney(money(minor, plan.currency));
  const left = await listLeft(tx, plan.id);
  const [next] = left;
  const movedBefore = await tx
    .select({ position: planInstalments.position })
    .from(planInstalments)
    .where(and(eq(planInstalments.planId, plan.id), eq(planInstalments.moved, true)));
  await mailAccount(tx, {
    ...{ kind: "plan_moved", account, doneBy: plan.acceptedBy, at },
    dedupeKey: `plan-moved:${plan.id}:${String(missed.position)}`,
    data: {
      ...{ accountNumber: account.number, path: planPath(plan.id), amount: of(missed.dueMinor), dueOn: missed.dueOn },
      left: left.map(({ on, dueMinor }) => ({ on, amount: of(dueMinor) })),
      mayMove: Math.max(plan.missedAllowed - movedBefore.length, 0),
      payBy: next ? payableUntil({ dueOn: next.on, draft: null }, plan.graceDays) : null,
      method: await nameOfMethod(tx, plan.paymentMethodId),
    },
  });
}

/** What is still to be paid, each on the day on which it is taken. */
async function listLeft(tx: Tx, planId: string): Promise<{ on: LocalDate; dueMinor: bigint }[]> {
  const rows = await tx
    .selectDistinctOn([planInstalments.position], {
      ...{ dueOn: planInstalments.dueOn, dueMinor: planInstalments.dueMinor },
      ...{ state: drafts.state, draftOn: drafts.draftOn },
    })
    .from(planInstalments)
    .leftJoin(
      planDrafts,
      and(eq(planDrafts.planId, planInstalments.planId), eq(planDrafts.position, planInstalments.position)),
    )
    .leftJoin(drafts, eq(drafts.id, planDrafts.draftId))
    .where(and(eq(planInstalments.planId, planId), gt(planInstalments.dueMinor, 0n)))
    .orderBy(asc(planInstalments.position), desc(drafts.id));
  return rows.map(({ dueOn, dueMinor, state, draftOn }) => ({
    on: state === "announced" && draftOn !== null ? draftOn : dueOn,
    dueMinor,
  }));
}
