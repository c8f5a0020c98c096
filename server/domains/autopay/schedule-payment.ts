import { v7 as uuidv7 } from "uuid";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills, placeClaim } from "#server/domains/invoices/index.ts";
import { findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import {
  type AllocationRefusal,
  checkChoice,
  type ChosenBill,
  listSavedMethods,
  payableAfterCredit,
} from "#server/domains/payments/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailNotice } from "./mails.ts";
import { insertDraft } from "./rows.ts";

export type ScheduledPaymentRequest = {
  accountId: string;
  /** The bills and what is paid of each, in minor units; a date never makes credit. */
  bills: readonly ChosenBill[];
  payOn: LocalDate;
  methodId: string;
  /** The account's version that the form showed. */
  seenVersion: number | null;
  idempotencyKey: string;
};

export type ScheduleRefusal =
  | AllocationRefusal
  | Refusal<"method_gone">
  | (Refusal<"account_changed"> & { version: number })
  | (Refusal<"date_out_of_range"> & { first: LocalDate; last: LocalDate })
  | Refusal<"key_reused_with_other_input">;

/**
 * Keeps a payment for a day the customer chose, tomorrow at the soonest: its bills are held for it until then, and it is
 * taken by itself from a saved method. Refuses what a payment of today would refuse, a day too far out (policy), and a
 * stale form. The same key again answers the same draft. Throws a fault for whoever may not pay for the account.
 */
export async function schedulePayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ScheduledPaymentRequest;
}): Promise<Ok<{ draftId: string }> | ScheduleRefusal> {
  const { accountId, bills, payOn, methodId } = input;
  authorize(ctx.actor, "payment.make", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const asked = { accountId, bills, payOn, methodId };
    const known = await findStartedAction(tx, { idempotencyKey: input.idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ draftId: String(known.action.facts["draftId"]) });
    if (input.seenVersion !== null && input.seenVersion !== account.version) {
      return refuse("account_changed", { version: account.version });
    }
    const refusal =
      (await checkDay(tx, { account, payOn, now: ctx.now })) ?? (await checkBills(tx, { ctx, account, input }));
    if (refusal) return refusal;
    return ok({ draftId: await record({ ctx, tx }, { account, input, asked }) });
  });
}

/** Tomorrow at the soonest, and not further out than the policy lets a bill wait. */
export async function checkDay(
  tx: Tx,
  { account, payOn, now }: { account: Account; payOn: LocalDate; now: Date },
): Promise<(Refusal<"date_out_of_range"> & { first: LocalDate; last: LocalDate }) | null> {
  const { body } = await getPolicy(tx, "autopay");
  const today = todayIn(account.zone, now);
  const [first, last] = [addDays(today, 1), addDays(today, body.scheduleAtMostDays)];
  return payOn >= first && payOn <= last ? null : refuse("date_out_of_range", { first, last });
}

type Checking = { ctx: Ctx; account: Account; input: ScheduledPaymentRequest };

async function checkBills(tx: Tx, { ctx, account, input }: Checking): Promise<ScheduleRefusal | null> {
  const { accountId, bills: chosen } = input;
  const today = todayIn(account.zone, ctx.now);
  const [{ unapplied }, open, methods, { body }] = await Promise.all([
    getAccountMoney(tx, accountId, today),
    listOpenBills(tx, { accountId, today }),
    listSavedMethods(tx, { accountId, now: ctx.now }),
    getPolicy(tx, "payment"),
  ]);
  if (!methods.some((method) => method.id === input.methodId && !method.expired)) return refuse("method_gone");
  const bills = payableAfterCredit(open, unapplied.amountMinor);
  const amountMinor = sumOf(chosen);
  return checkChoice({ bills, chosen, amountMinor, minimumMinor: body.minimumMinor, creditAllowed: false });
}

const sumOf = (bills: readonly ChosenBill[]): bigint => bills.reduce((sum, bill) => sum + bill.amountMinor, 0n);

async function record(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, input, asked }: { account: Account; input: ScheduledPaymentRequest; asked: unknown },
): Promise<string> {
  const { accountId, bills, payOn } = input;
  const [draftId, occurredOn, madeBy] = [uuidv7(), todayIn(account.zone, ctx.now), loginIdOf(ctx.actor)];
  const started = await startAction(tx, {
    ...{ kind: "scheduled_payment", state: "accepted", accountId, amount: money(sumOf(bills), account.currency) },
    ...{ makerLoginId: madeBy, idempotencyKey: input.idempotencyKey, input: asked, occurredOn },
    facts: { draftId, payOn },
  });
  if (!started.ok || !started.fresh) throw bug("a date's key was free a moment ago, under the account's lock");
  const draft = await insertDraft(tx, {
    ...{ id: draftId, accountId, source: "scheduled", sourceId: draftId, actionId: started.action.id, draftOn: payOn },
    ...{ paymentMethodId: input.methodId, currency: account.currency, madeBy },
    bills: bills.map((bill) => ({ invoiceId: bill.invoiceId, announcedMinor: bill.amountMinor })),
  });
  await placeClaim(tx, {
    ...{ accountId, kind: "scheduled", sourceId: draftId, occurredOn, occurredAt: ctx.now },
    bills: bills.map((bill) => ({ invoiceId: bill.invoiceId, wantedMinor: bill.amountMinor })),
  });
  await mailNotice(tx, { account, draft, at: ctx.now });
  return draftId;
}
