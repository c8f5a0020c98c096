import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import {
  applyOpenCredits,
  getAccountMoney,
  listOpenBills,
  payBills,
  type Step,
} from "#server/domains/invoices/index.ts";
import { findStartedAction, type MoneyAction, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { mailAbout } from "./mail-about.ts";
import { insertChosenBills, lockPayment } from "./rows.ts";
import { type AllocationRefusal, checkChoice, type ChosenBill, payableAfterCredit } from "./rules.ts";

export type ManualPayment = {
  accountId: string;
  kind: "check" | "cash" | "transfer";
  amountMinor: bigint;
  /** In order; what they do not take becomes open credit. */
  bills: readonly ChosenBill[];
  /** The day it was received, in the account's zone; not in the future. */
  receivedOn: LocalDate;
  /** A check's number, a transfer's reference. */
  reference: string | null;
  idempotencyKey: string;
};

const LABELS = { check: "Check", cash: "Cash", transfer: "Transfer" } as const;

/**
 * Books money that came by hand: checks and cash into undeposited funds, transfers into the bank. The same key books it
 * once. Refuses a future day, more on a bill than it takes, and what requestPayment's choice refuses. Throws a fault for
 * whoever may not record payments.
 */
export async function recordManualPayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ManualPayment;
}): Promise<
  | Ok<{ paymentId: string; fresh: boolean }>
  | AllocationRefusal
  | Refusal<"in_the_future">
  | Refusal<"key_reused_with_other_input">
> {
  authorize(ctx.actor, "payment.record", input.accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, input.accountId);
    const { idempotencyKey, ...asked } = input;
    const known = await findStartedAction(tx, { idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ paymentId: await paymentOf(tx, known.action), fresh: false });
    const today = todayIn(account.zone, ctx.now);
    if (input.receivedOn > today) return refuse("in_the_future");
    const [{ unapplied }, open] = await Promise.all([
      getAccountMoney(tx, account.id, today),
      listOpenBills(tx, { accountId: account.id, today }),
    ]);
    const bills = payableAfterCredit(open, unapplied.amountMinor);
    const { bills: chosen, amountMinor } = input;
    const refusal = checkChoice({ bills, chosen, amountMinor, minimumMinor: 0n, creditAllowed: true });
    return refusal ?? ok({ paymentId: await book({ ctx, tx }, { input, account, asked }), fresh: true });
  });
}

async function paymentOf(tx: Tx, action: MoneyAction): Promise<string> {
  const [row] = await tx.select({ id: payments.id }).from(payments).where(eq(payments.actionId, action.id));
  return present(row, "a recorded payment's action has its payment").id;
}

async function book(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { input, account, asked }: { input: ManualPayment; account: Account; asked: unknown },
): Promise<string> {
  const { kind, amountMinor, receivedOn, reference } = input;
  const { id: accountId, currency } = account;
  const madeBy = loginIdOf(ctx.actor);
  const started = await startAction(tx, {
    ...{ kind: "recorded_payment", state: "done", accountId, amount: money(amountMinor, currency) },
    ...{ makerLoginId: madeBy, idempotencyKey: input.idempotencyKey, input: asked, occurredOn: receivedOn },
  });
  if (!started.ok || !started.fresh) throw bug("a recorded payment's key was free a moment ago");
  const actionId = started.action.id;
  // Only the day is known; noon keeps it in every zone a reader may be in.
  const occurredAt = new Date(`${receivedOn}T12:00:00Z`);
  const step: Step = { actionId, occurredOn: receivedOn, occurredAt };
  await applyOpenCredits(tx, { accountId, step });
  const paymentId = uuidv7();
  await tx.insert(payments).values({
    ...{
      id: paymentId,
      accountId,
      actionId,
      state: "settled",
      kind,
      currency,
      amountMinor,
      capturedMinor: amountMinor,
    },
    methodLabel: reference === null ? LABELS[kind] : `${LABELS[kind]} ${reference}`,
    ...{ requestedAt: occurredAt, settledAt: occurredAt, settledOn: receivedOn },
  });
  await insertChosenBills(tx, paymentId, input.bills);
  const cash = { journal: "recorded_payment", account: kind === "transfer" ? "bank" : "undeposited" } as const;
  await payBills(tx, { paymentId, accountId, amountMinor, bills: input.bills, cash, step });
  await appendEvent(tx, "payment.changed", { accountId, paymentId, state: "settled", actionId });
  await mailAbout(tx, { kind: "receipt", payment: await lockPayment(tx, paymentId), account });
  return paymentId;
}
