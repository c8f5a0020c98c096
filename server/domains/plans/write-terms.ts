import { and, eq, isNull } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { logins, planBills, type PlanEvery, plans } from "#db/schema/index.ts";
import { type Account, touchAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, type Policy, todayIn } from "#server/domains/business/index.ts";
import { appendCard } from "#server/domains/conversations/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { startAction } from "#server/domains/ledger/index.ts";
import { payableAfterCredit } from "#server/domains/payments/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type PlanRow } from "./rows.ts";
import {
  checkTerms,
  type Instalment,
  makeSchedule,
  onGrid,
  type PlanTerms,
  type TermsRefusal,
  withinRep,
} from "./rules.ts";

/** What both sides may wish for: bills, and how what is payable of them is split. */
export type TermsWish = {
  accountId: string;
  invoiceIds: readonly string[];
  downMinor: bigint;
  instalments: number;
  every: PlanEvery;
  firstOn: LocalDate;
};

export type BoundRefusal = Refusal<"above_own_bound"> & {
  mostInstalments: number;
  mostTotalMinor: bigint | null;
  people: string[];
};

export type WishRefusal = TermsRefusal | Refusal<"bill_not_open"> | BoundRefusal;

export type PlannedTerms = {
  terms: PlanTerms;
  bills: { invoiceId: string; number: string; plannedMinor: bigint }[];
  schedule: Instalment[];
  policy: Policy<"plans">;
};

/** What a wish comes to: the exact schedule, or why it cannot be. Reads only; the preview and the commands ask it alike. */
export async function planTerms(
  { ctx, db }: { ctx: Ctx; db: DbOrTx },
  { account, wish }: { account: Account; wish: TermsWish },
): Promise<Ok<PlannedTerms> | WishRefusal> {
  const { currency, id: accountId } = account;
  const today = todayIn(account.zone, ctx.now);
  const [{ body: policy }, { body: autopay }, { unapplied }, open] = [
    await getPolicy(db, "plans"),
    await getPolicy(db, "autopay"),
    await getAccountMoney(db, accountId, today),
    await listOpenBills(db, { accountId, today }),
  ];
  const bills = [];
  const payable = payableAfterCredit(open, unapplied.amountMinor);
  if (wish.invoiceIds.some((id) => !payable.some((bill) => bill.invoiceId === id))) return refuse("bill_not_open");
  for (const { invoiceId, number, payableMinor } of payable) {
    const plannedMinor = wish.invoiceIds.includes(invoiceId) ? onGrid(payableMinor, currency) : 0n;
    if (plannedMinor > 0n) bills.push({ invoiceId, number, plannedMinor });
  }
  const { downMinor, instalments, every, firstOn } = wish;
  const totalMinor = bills.reduce((sum, bill) => sum + bill.plannedMinor, 0n);
  const terms: PlanTerms = { totalMinor, downMinor, instalments, every, firstOn };
  const refusal =
    checkTerms(terms, { policy, noticeDays: autopay.noticeDays, currency, today }) ??
    (await checkBound({ ctx, db }, { terms, policy }));
  return refusal ?? ok({ terms, bills, policy, schedule: makeSchedule(terms, { currency, today }) });
}

/** A rep's own bound; the refusal names who may. */
export async function checkBound(
  { ctx, db }: { ctx: Ctx; db: DbOrTx },
  { terms, policy }: { terms: PlanTerms; policy: Policy<"plans"> },
): Promise<BoundRefusal | null> {
  if (ctx.actor.kind !== "staff" || ctx.actor.role !== "rep" || withinRep(terms, policy)) return null;
  const people = await db
    .select({ name: logins.name })
    .from(logins)
    .where(and(eq(logins.role, "supervisor"), isNull(logins.suspendedAt)))
    .orderBy(logins.name)
    .limit(3);
  return refuse("above_own_bound", {
    ...{ mostInstalments: policy.repMostInstalments, mostTotalMinor: policy.repMostTotalMinor },
    people: people.map((one) => one.name),
  });
}

export type NewPlan = {
  account: Account;
  planned: PlannedTerms;
  kind: "proposed" | "offered";
  countersId: string | null;
  conversationId: string | null;
  note: string | null;
  mandate: { methodId: string; text: string; ip: string | null } | null;
  idempotencyKey: string;
  asked: unknown;
};

/** Writes a plan that waits for an answer, with its action and its card, in the caller's transaction. */
export async function writePlan({ ctx, tx }: { ctx: Ctx; tx: Tx }, made: NewPlan): Promise<PlanRow> {
  const { account, planned, kind, conversationId, mandate } = made;
  const { terms, bills, schedule, policy } = planned;
  const [planId, today, loginId] = [uuidv7(), todayIn(account.zone, ctx.now), loginIdOf(ctx.actor)];
  const started = await startAction(tx, {
    ...{ kind: kind === "offered" ? "plan_offer" : "plan", state: "pending_approval", accountId: account.id },
    ...{ amount: money(terms.totalMinor, account.currency), makerLoginId: loginId, conversationId, occurredOn: today },
    ...{ idempotencyKey: made.idempotencyKey, input: made.asked },
    facts: {
      ...{ planId, planState: kind, instalments: terms.instalments, every: terms.every, firstOn: terms.firstOn },
      ...{
        downMinor: terms.downMinor.toString(),
        eachMinor: (schedule.at(-2) ?? schedule.at(-1))?.amountMinor.toString(),
      },
      lastMinor: schedule.at(-1)?.amountMinor.toString(),
      ...(made.note === null ? {} : { note: made.note }),
      bills: bills.map((bill) => ({ number: bill.number, amountMinor: bill.plannedMinor.toString() })),
    },
  });
  if (!started.ok || !started.fresh) throw bug("a plan's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const untilFirst = addDays(terms.firstOn, -1);
  const untilPolicy = addDays(today, policy.answerWithinDays);
  const [row] = await tx
    .insert(plans)
    .values({
      ...{ id: planId, accountId: account.id, actionId, conversationId, countersId: made.countersId, state: kind },
      ...{ currency: account.currency, ...terms, graceDays: policy.graceDays, missedAllowed: policy.missedAllowed },
      ...{ madeBy: loginId, expiresOn: untilPolicy < untilFirst ? untilPolicy : untilFirst },
      ...(mandate
        ? {
            ...{ paymentMethodId: mandate.methodId, mandateText: mandate.text, acceptedIp: mandate.ip },
            ...{ acceptedAt: ctx.now, acceptedBy: loginId },
          }
        : {}),
    })
    .returning();
  await tx.insert(planBills).values(
    bills.map(({ invoiceId, plannedMinor }, at) => ({
      ...{ planId, invoiceId, plannedMinor, position: at + 1, paidBeforeMinor: 0n },
    })),
  );
  if (conversationId !== null) {
    await appendCard(tx, { conversationId, actionId, senderLoginId: loginId, body: made.note ?? "", at: ctx.now });
  }
  await touchAccount(tx, account.id);
  await appendEvent(tx, "plan.changed", { accountId: account.id, planId, state: kind });
  return present(row, "the plan is written");
}
