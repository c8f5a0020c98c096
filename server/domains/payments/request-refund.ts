import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { encodeId } from "#app/contracts/ids.ts";
import { money } from "#app/contracts/money.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { payments, refundBills, type RefundCause, refunds } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { type GiftRefusal, type NamedLimitRefusal, planRefund } from "#server/domains/adjustments/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { appendCard, lockConversation } from "#server/domains/conversations/index.ts";
import { getPaymentStanding, payBackPayment, type PaymentStanding } from "#server/domains/invoices/index.ts";
import { finishAction, findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { feeLeftOf } from "./fee.ts";
import { mailAboutRefund } from "./mail-about-refund.ts";
import { decideRefund, type RefundChoiceRefusal, type RefundWish } from "./refund-rules.ts";
import { isAtProcessor, lockPayment, type PaymentRow } from "./rows.ts";

export type RefundRequest = RefundWish & {
  paymentId: string;
  /** What the customer is told. */
  note: string | null;
  /** The thread it is given from: its card is stored in the same transaction. */
  conversationId: string | null;
  idempotencyKey: string;
  /** The account's version that the form showed; left out skips the comparison. */
  seenVersion?: number;
};

export type RefundRefusal =
  | RefundChoiceRefusal
  | (GiftRefusal & { invoiceId: string })
  | NamedLimitRefusal
  | (Refusal<"account_changed"> & { version: number })
  | Refusal<"key_reused_with_other_input">;

export type RequestedRefund = { refundId: string; actionId: string; messageSeq: number | null; fresh: boolean };

const CREDIT_OF: Record<RefundCause, "credit_note" | "goodwill" | null> = {
  ...{ overpaid: null, reopen: null },
  ...{ billed_wrong: "credit_note", goodwill: "goodwill" },
};

/** Step (1) of a refund: decided under the account's lock, written and posted with its request. See refundPayment. */
export async function requestRefund(ctx: Ctx, input: RefundRequest): Promise<Ok<RequestedRefund> | RefundRefusal> {
  const accountId = await accountOfPayment(ctx.db, input.paymentId);
  authorize(ctx.actor, "payment.refund", accountId);
  return withTransaction(ctx.db, (tx) => requestRefundIn({ ctx, tx }, { accountId, input }));
}

export async function accountOfPayment(db: DbOrTx, paymentId: string): Promise<string> {
  const [found] = await db.select({ accountId: payments.accountId }).from(payments).where(eq(payments.id, paymentId));
  if (!found) throw notFound("payment");
  return found.accountId;
}

/** As requestRefund, inside a transaction that is open; the caller has authorised. */
export async function requestRefundIn(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { accountId, input }: { accountId: string; input: RefundRequest },
): Promise<Ok<RequestedRefund> | RefundRefusal> {
  const { conversationId, idempotencyKey, seenVersion, paymentId } = input;
  if (conversationId !== null && (await lockConversation(tx, conversationId)).accountId !== accountId) {
    throw notFound("conversation");
  }
  const account = await lockAccount(tx, accountId);
  const asked = askedOf(input);
  const known = await findStartedAction(tx, { idempotencyKey, input: asked });
  if (known && !known.ok) return known;
  if (known) return ok(await answerAgain({ ctx, tx }, { actionId: known.action.id, conversationId }));
  if (seenVersion !== undefined && seenVersion !== account.version) {
    return refuse("account_changed", { version: account.version });
  }
  const payment = await lockPayment(tx, paymentId);
  const [standing, feeLeftMinor] = await Promise.all([getPaymentStanding(tx, paymentId), feeLeftOf(tx, payment)]);
  const decided = decideRefund({ payment, standing, feeLeftMinor }, input);
  if (!decided.ok) return decided;
  const { bills, feeMinor } = decided;
  const plan = await planRefund(
    { ctx, tx },
    {
      ...{ account, paymentId, amountMinor: input.amountMinor + feeMinor, bills, note: input.note, idempotencyKey },
      credit: CREDIT_OF[input.cause],
    },
  );
  if (!plan.ok) return plan;
  return ok(await write({ ctx, tx }, { input, asked, account, payment, standing, bills, feeMinor, give: plan.give }));
}

/** What the key stands for. */
const askedOf = ({ paymentId, cause, amountMinor, perBill, feeBack, note, conversationId }: RefundRequest) => ({
  ...{ paymentId, cause, amountMinor, perBill, feeBack, note, conversationId },
});

type Again = { actionId: string; conversationId: string | null };

async function answerAgain(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { actionId, conversationId }: Again,
): Promise<RequestedRefund> {
  const [row] = await tx.select({ id: refunds.id }).from(refunds).where(eq(refunds.actionId, actionId));
  const { id: refundId } = present(row, "a refund's action has its refund");
  const card =
    conversationId === null
      ? null
      : await appendCard(tx, { conversationId, actionId, senderLoginId: loginIdOf(ctx.actor) });
  return { refundId, actionId, messageSeq: card?.seq ?? null, fresh: false };
}

type Writing = {
  input: RefundRequest;
  asked: unknown;
  account: Account;
  payment: PaymentRow;
  standing: PaymentStanding;
  bills: { invoiceId: string; amountMinor: bigint }[];
  feeMinor: bigint;
  give: Extract<Awaited<ReturnType<typeof planRefund>>, { ok: true }>["give"];
};

async function write({ ctx, tx }: { ctx: Ctx; tx: Tx }, writing: Writing): Promise<RequestedRefund> {
  const { input, account, payment, standing, bills, feeMinor } = writing;
  const { cause, amountMinor, note, conversationId } = input;
  const { id: accountId, currency } = account;
  const [paymentId, madeBy, occurredOn] = [payment.id, loginIdOf(ctx.actor), todayIn(account.zone, ctx.now)];
  const numberOf = (id: string) => standing.bills.find((bill) => bill.invoiceId === id)?.number ?? "";
  const started = await startAction(tx, {
    ...{ kind: "refund", state: "in_progress", accountId, amount: money(amountMinor + feeMinor, currency) },
    ...{ reason: cause, makerLoginId: madeBy, conversationId, idempotencyKey: input.idempotencyKey },
    ...{ input: writing.asked, occurredOn },
    facts: {
      ...{ to: payment.methodLabel, feeMinor: feeMinor.toString() },
      bills: bills.map((bill) => ({ number: numberOf(bill.invoiceId), amountMinor: bill.amountMinor.toString() })),
    },
  });
  if (!started.ok || !started.fresh) throw bug("a refund's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const refundId = uuidv7();
  const [row] = await tx
    .insert(refunds)
    .values({
      ...{ id: refundId, paymentId, accountId, actionId, cause, amountMinor, feeMinor, currency, note, madeBy },
      // What never went through the processor leaves our bank by hand: done with its writing.
      state: isAtProcessor(payment) ? "requested" : "succeeded",
      ...{ occurredOn, requestedAt: ctx.now },
    })
    .returning();
  if (bills.length > 0) await tx.insert(refundBills).values(bills.map((bill) => ({ refundId, ...bill })));
  const step = { actionId, occurredOn, occurredAt: ctx.now };
  const tells = { kind: "refunded" as const, reference: encodeId("refund", refundId) };
  const { numbers } = await writing.give(step, tells);
  const reopens = cause === "reopen";
  await payBackPayment(tx, {
    ...{ step, accountId, paymentId, tells, fromBills: reopens ? bills : [] },
    fromCreditMinor: reopens ? 0n : amountMinor,
    cash: {
      ...{ journal: reopens ? "refund_reopened" : "refund", feeMinor },
      account: isAtProcessor(payment) ? "clearing" : "bank",
    },
  });
  await tx
    .update(payments)
    .set({ refundedMinor: sql`${payments.refundedMinor} + ${amountMinor + feeMinor}` })
    .where(eq(payments.id, paymentId));
  if (!isAtProcessor(payment)) {
    await finishAction(tx, actionId, "done", numbers.length > 0 ? { number: numbers.join(", ") } : {});
    await mailAboutRefund(tx, { kind: "sent", refund: present(row, "an inserted refund"), payment, account });
  }
  const card =
    conversationId === null
      ? null
      : await appendCard(tx, { conversationId, actionId, senderLoginId: madeBy, body: note ?? "", at: ctx.now });
  await appendEvent(tx, "payment.changed", { accountId, paymentId, state: payment.state, actionId });
  return { refundId, actionId, messageSeq: card?.seq ?? null, fresh: true };
}
