import { eq } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { payments, type PaymentState } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { finishAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Failure, type IntentFacts } from "#server/platform/processor.ts";

import { mailAbout } from "./mail-about.ts";
import { postLateFee, settleAttempt } from "./settle-attempt.ts";
import { labelOf, lockPayment, type PaymentRow } from "./rows.ts";
import { expectedAfter, paymentMayMove } from "./rules.ts";

/** What became of an attempt: the processor's facts, or a refusal before there was an intent. */
export type Outcome = IntentFacts | { state: "failed"; failure: Failure };

export type Moved = { paymentId: string; state: PaymentState; changed: boolean };

/**
 * Step (3) of a payment: the answer, the webhook or the sweep brings what the processor says; whoever is first moves the
 * attempt, everyone after finds it moved. A settled attempt never goes back. One transaction, under the account's lock.
 */
export async function applyIntent(ctx: Ctx, paymentId: string, outcome: Outcome): Promise<Moved> {
  return withTransaction(ctx.db, async (tx) => {
    const [found] = await tx.select({ accountId: payments.accountId }).from(payments).where(eq(payments.id, paymentId));
    const account = await lockAccount(tx, found?.accountId ?? "");
    const payment = await lockPayment(tx, paymentId);
    if (!paymentMayMove(payment.state, outcome.state)) {
      const changed = "intentId" in outcome && (await postLateFee(tx, { payment, account, facts: outcome }));
      return { paymentId, state: payment.state, changed };
    }
    await learn(tx, payment, outcome);
    await move({ ctx, tx }, { payment, account, outcome });
    const { accountId, actionId } = payment;
    await appendEvent(tx, "payment.changed", { accountId, paymentId, state: outcome.state, actionId });
    return { paymentId, state: outcome.state, changed: true };
  });
}

/** What we know of the intent and of the method from now on. */
async function learn(tx: Tx, payment: PaymentRow, outcome: Outcome): Promise<void> {
  if (!("intentId" in outcome)) return;
  const { intentId, method } = outcome;
  await tx
    .update(payments)
    .set({ intentId, ...(method ? { kind: method.kind, methodLabel: labelOf(method) } : {}) })
    .where(eq(payments.id, payment.id));
  if (method) Object.assign(payment, { kind: method.kind, methodLabel: labelOf(method) });
}

type Moving = { payment: PaymentRow; account: Account; outcome: Outcome };

async function move({ ctx, tx }: { ctx: Ctx; tx: Tx }, { payment, account, outcome }: Moving): Promise<void> {
  if ("intentId" in outcome && outcome.state === "settled") {
    await settleAttempt(tx, { payment, account, facts: outcome });
    return;
  }
  const failed = outcome.state === "failed" || outcome.state === "canceled";
  const expectedOn = outcome.state === "processing" ? expectedAfter(todayIn(account.zone, ctx.now)) : null;
  await tx
    .update(payments)
    .set({
      state: outcome.state,
      expectedOn,
      ...(outcome.failure
        ? {
            ...{ failureCode: outcome.failure.code, declineCode: outcome.failure.declineCode },
            retryAdvice: outcome.failure.advice,
          }
        : { failureCode: null, declineCode: null, retryAdvice: null }),
    })
    .where(eq(payments.id, payment.id));
  if (failed) {
    const occurredOn = todayIn(account.zone, ctx.now);
    const { accountId } = payment;
    await releaseClaimsOf(tx, {
      ...{ accountId, kind: "in_flight", sourceId: payment.id, timeline: "payment_failed" },
      ...{ occurredOn, occurredAt: ctx.now },
    });
    await finishAction(tx, payment.actionId, "failed", { failure: outcome.failure?.code ?? "canceled" });
    // Somebody who stands at the form reads it there; after a while only a mail reaches them. A draft tells its own story.
    if (payment.state === "processing" && payment.draftId === null) {
      await mailAbout(tx, { kind: "failed", payment, account, failure: outcome.failure?.code ?? "other" });
    }
    return;
  }
  if (expectedOn !== null) await mailAbout(tx, { kind: "processing", payment, account, expectedOn });
}
