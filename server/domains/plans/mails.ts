import { encodeId } from "#app/contracts/ids.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type Account, mailAccount } from "#server/domains/accounts/index.ts";
import { feeFreeUntil, todayIn } from "#server/domains/business/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { findReceiptOfPlan, nameOfMethod } from "#server/domains/payments/index.ts";

import { listPlanBills, type PlanRow } from "./rows.ts";
import { type Instalment } from "./rules.ts";

export type About = { plan: PlanRow; account: Account; /** When it happened. */ at: Date };

export const planPath = (planId: string): string => `/plans/${encodeId("plan", planId)}`;

/** What the biller offers, to accept or decline. */
export async function mailOffered(
  tx: Tx,
  { plan, account, at, schedule }: About & { schedule: readonly Instalment[] },
) {
  const of = (minor: bigint) => mailMoney(money(minor, plan.currency));
  await mailAccount(tx, {
    ...{ kind: "plan_offered", account, doneBy: plan.acceptedBy, at, dedupeKey: `plan-offered:${plan.id}` },
    data: {
      ...{ accountNumber: account.number, path: planPath(plan.id), total: of(plan.totalMinor) },
      ...{ expiresOn: plan.expiresOn, instalments: plan.instalments },
      schedule: schedule.map((one) => ({ dueOn: one.dueOn, amount: of(one.amountMinor) })),
    },
  });
}

type Accepted = About & {
  schedule: readonly Instalment[];
  bills: readonly { number: string; plannedMinor: bigint }[];
};

/** That it runs from now on: every date and amount, from where, of which bills, and what was agreed to. */
export async function mailAccepted(tx: Tx, { plan, account, at, schedule, bills }: Accepted): Promise<void> {
  const of = (minor: bigint) => mailMoney(money(minor, plan.currency));
  await mailAccount(tx, {
    ...{ kind: "plan_accepted", account, doneBy: plan.acceptedBy, at, dedupeKey: `plan-accepted:${plan.id}` },
    data: {
      ...{ accountNumber: account.number, path: planPath(plan.id), total: of(plan.totalMinor) },
      ...{ mandate: plan.mandateText ?? "", method: await nameOfMethod(tx, plan.paymentMethodId) },
      bills: bills.map(({ number, plannedMinor }) => ({ number, amount: of(plannedMinor) })),
      schedule: schedule.map((one) => ({ dueOn: one.dueOn, amount: of(one.amountMinor) })),
    },
  });
}

/**
 * That a plan is over, or was not agreed to; of one that ran, what is asked for again. Where the receipt of its last
 * payment says so to the same person, it stands among the account's news only.
 */
export async function mailEnded(tx: Tx, { plan, account, at }: About): Promise<void> {
  const { state } = plan;
  if (state === "proposed" || state === "offered" || state === "active") return;
  await mailAccount(tx, {
    ...{ kind: "plan_ended", account, doneBy: plan.acceptedBy, at, dedupeKey: `plan-ended:${plan.id}` },
    data: {
      ...{ accountNumber: account.number, path: planPath(plan.id), how: state, reason: plan.endReason },
      total: mailMoney(money(plan.totalMinor, plan.currency)),
      ...(state === "completed"
        ? { saidIn: await findReceiptOfPlan(tx, { accountId: account.id, planId: plan.id }) }
        : {}),
      ...(state === "broken" || state === "cancelled" ? await askedAgain(tx, { plan, account, at }) : {}),
    },
  });
}

/** What is open of its bills, and until when that is charged no late fee. */
async function askedAgain(tx: Tx, { plan, account, at }: About) {
  const bills = (await listPlanBills(tx, plan.id)).filter(({ openMinor }) => openMinor > 0n);
  const leftMinor = bills.reduce((sum, { openMinor }) => sum + openMinor, 0n);
  const [dueOn] = bills.map((bill) => bill.dueOn).sort();
  if (dueOn === undefined) return { left: null, payBy: null };
  const payBy = await feeFreeUntil(tx, { dueOn, askedOn: todayIn(account.zone, at) });
  return { left: mailMoney(money(leftMinor, plan.currency)), payBy };
}
