import { eq, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { payments, refundBills, refunds, type RefundState } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { giveBackPayment } from "#server/domains/invoices/index.ts";
import { finishAction, getAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type RefundFailure } from "#server/platform/processor.ts";

import { mailAboutRefund } from "./mail-about-refund.ts";
import { refundMayMove } from "./refund-rules.ts";
import { lockPayment, type PaymentRow } from "./rows.ts";

/** What became of a refund: the processor's facts, or its refusal to make one. */
export type RefundOutcome = {
  id: string | null;
  state: "pending" | "succeeded" | "failed";
  failure: RefundFailure | null;
};

export type RefundRow = typeof refunds.$inferSelect;

/**
 * Step (3) of a refund: the answer, the webhook or the sweep brings what the processor says; whoever is first moves it,
 * everyone after finds it moved. One that failed, also days after it was reported as done, is booked back: the money leg
 * only, a credit note that went with it stands. One transaction, under the account's lock.
 */
export async function applyRefund(ctx: Ctx, refundId: string, outcome: RefundOutcome): Promise<RefundState> {
  return withTransaction(ctx.db, async (tx) => {
    const [found] = await tx.select({ accountId: refunds.accountId }).from(refunds).where(eq(refunds.id, refundId));
    const account = await lockAccount(tx, found?.accountId ?? "");
    const [locked] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
    const refund = present(locked, "a refund that was found is still there");
    if (outcome.id !== null && refund.processorId === null) {
      await tx.update(refunds).set({ processorId: outcome.id }).where(eq(refunds.id, refundId));
    }
    if (!refundMayMove(refund.state, outcome.state)) return refund.state;
    const payment = await lockPayment(tx, refund.paymentId);
    await move({ ctx, tx }, { account, payment, refund, outcome });
    const { accountId, actionId, paymentId } = refund;
    await appendEvent(tx, "payment.changed", { accountId, paymentId, state: payment.state, actionId });
    return outcome.state;
  });
}

type Moving = { account: Account; payment: PaymentRow; refund: RefundRow; outcome: RefundOutcome };

async function move({ ctx, tx }: { ctx: Ctx; tx: Tx }, moving: Moving): Promise<void> {
  const { account, payment, refund, outcome } = moving;
  const { state } = outcome;
  if (state === "failed") return fail({ ctx, tx }, moving);
  await tx.update(refunds).set({ state }).where(eq(refunds.id, refund.id));
  if (state === "succeeded") await finishAction(tx, refund.actionId, "done");
  if (refund.state === "requested") await mailAboutRefund(tx, { kind: "sent", refund, payment, account });
}

/** Clearing / unapplied as this payment's open credit; `reopen`: receivable up to open, the rest unapplied. */
async function fail({ ctx, tx }: { ctx: Ctx; tx: Tx }, { account, payment, refund, outcome }: Moving): Promise<void> {
  const { accountId, paymentId, actionId, amountMinor, feeMinor } = refund;
  const occurredOn = todayIn(account.zone, ctx.now);
  const reopened = refund.cause === "reopen" ? await listRefundBills(tx, refund.id) : [];
  await tx
    .update(refunds)
    .set({ state: "failed", failedOn: occurredOn, failureCode: outcome.failure ?? "other" })
    .where(eq(refunds.id, refund.id));
  await tx
    .update(payments)
    .set({ refundedMinor: sql`${payments.refundedMinor} - ${amountMinor + feeMinor}` })
    .where(eq(payments.id, paymentId));
  await giveBackPayment(tx, {
    ...{ accountId, paymentId, step: { actionId, occurredOn, occurredAt: ctx.now } },
    taken: {
      ...{ receivable: reopened, unappliedFrom: [], feeMinor, lossesMinor: 0n },
      unappliedMinor: refund.cause === "reopen" ? 0n : amountMinor,
    },
    cash: { journal: "refund_failed", account: "clearing", source: outcome.id ?? undefined },
  });
  const { state } = await getAction(tx, actionId);
  await finishAction(tx, actionId, state === "done" ? "reversed" : "failed", { failure: outcome.failure ?? "other" });
  await mailAboutRefund(tx, { kind: "failed", refund, payment, account });
}

const listRefundBills = (tx: Tx, refundId: string) =>
  tx
    .select({ invoiceId: refundBills.invoiceId, amountMinor: refundBills.amountMinor })
    .from(refundBills)
    .where(eq(refundBills.refundId, refundId))
    .orderBy(refundBills.invoiceId);
