import { eq } from "drizzle-orm";

import { money } from "#app/contracts/money.ts";
import { paymentMethods, payments, type PaymentState } from "#db/schema/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { faultCode } from "#server/platform/faults.ts";
import { faultPoint } from "#server/platform/fault-point.ts";
import { type FailureCode, type IntentAnswer } from "#server/platform/processor.ts";
import { ok, type Ok, refuse } from "#server/platform/result.ts";

import { applyIntent, type Outcome } from "./apply-intent.ts";
import { cancelOpenAttempts } from "./cancel-open-attempts.ts";
import { kindMatters } from "./fee.ts";
import { findCustomer } from "./find-customer.ts";
import { type Patience, startPatience } from "./patience.ts";
import { type PaymentRefusal, type PaymentRequest, requestPayment } from "./request-payment.ts";
import { type PaymentRow } from "./rows.ts";

export type StartedPayment = {
  paymentId: string;
  /** `requested`: the processor has not answered in time; it settles by itself and nothing is charged twice. */
  state: PaymentState;
  /** For the browser, while the payer must do something; never stored. */
  clientSecret: string | null;
  failure: FailureCode | null;
};

/**
 * Pays, in the three steps of MONEY.md "Payments": records the attempt (see requestPayment for what is refused), asks the
 * processor outside any transaction with our own key, records its answer. Anyone may die in between: the webhook or the
 * sweep goes on. A processor that is slow is waited for a few seconds; then the attempt goes on behind the answer. The
 * same key asks nobody twice. Where the method's kind must be known before and the processor does not tell it, nothing is
 * recorded (`processor_silent`). Throws a fault for whoever may not pay for the account.
 */
export async function startPayment({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: PaymentRequest;
}): Promise<Ok<StartedPayment> | PaymentRefusal> {
  const patience = startPatience(ctx);
  await patience(cancelOpenAttempts(ctx, input), () => undefined);
  const tokenKind = await patience(kindOfToken(ctx, input), () => "unanswered" as const);
  if (tokenKind === "unanswered") return refuse("processor_silent");
  if (tokenKind === null) return refuse("form_expired");
  const requested = await requestPayment(ctx, { input, tokenKind });
  if (!requested.ok) return requested;
  return ok(await carryOnFor(patience, { ctx, paymentId: requested.value.paymentId }));
}

/** As carryOn, for somebody who waits: after a few seconds they are told that it goes on. */
export const carryOnFor = (patience: Patience, { ctx, paymentId }: { ctx: Ctx; paymentId: string }) =>
  patience(carryOn(ctx, paymentId), () => unanswered(paymentId));

const unanswered = (paymentId: string): StartedPayment => ({
  ...{ paymentId, state: "requested", clientSecret: null, failure: null },
});

/** Asked only where it decides something: the fee, or what a currency can be charged with. Null: the token is gone. */
async function kindOfToken(ctx: Ctx, { accountId, means }: PaymentRequest) {
  if (means.kind !== "token") return "card";
  const { currency } = await getAccount(ctx.db, accountId);
  if (!(await kindMatters(ctx.db, currency))) return "card";
  try {
    return await ctx.processor.readToken(means.confirmationToken);
  } catch (error) {
    if (faultCode(error) === "unavailable") return "unanswered";
    throw error;
  }
}

/** Steps (2) and (3) of a recorded attempt; done before, they say how it stands. */
export async function carryOn(ctx: Ctx, paymentId: string): Promise<StartedPayment> {
  const answer = await askProcessor(ctx, paymentId);
  if (answer === null) return unanswered(paymentId);
  const { state } = await applyIntent(ctx, paymentId, answer);
  const clientSecret = "intentId" in answer ? answer.clientSecret : null;
  return { paymentId, state, clientSecret, failure: answer.failure?.code ?? null };
}

/** Asks the processor for an attempt, or how it stands when that was done before. Null: it does not answer now. */
export async function askProcessor(ctx: Ctx, paymentId: string): Promise<Outcome | null> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId)).limit(1);
  const row = present(payment, "a recorded attempt has a row");
  try {
    if (row.intentId !== null) return await ctx.processor.getIntent(row.intentId);
    if (row.state !== "requested") return refusedOutcome((row.failureCode ?? "other") as FailureCode);
    return toOutcome(await ask(ctx, row));
  } catch (error) {
    if (faultCode(error) === "unavailable") return null;
    throw error;
  }
}

async function ask(ctx: Ctx, payment: PaymentRow): Promise<IntentAnswer> {
  const { accountId } = payment;
  const [customerId, account] = await Promise.all([findCustomer(ctx, accountId), getAccount(ctx.db, accountId)]);
  const means = await meansOf(ctx, payment);
  if (means === null) return { known: true, intent: null, failure: "method_not_usable" };
  faultPoint("before-processor-call");
  const answer = await ctx.processor.startIntent({
    ...{ key: `payment:${payment.id}`, paymentId: payment.id, accountId, customerId, means },
    amount: money(payment.amountMinor + payment.feeMinor, payment.currency),
    description: `Account ${account.number}`,
  });
  faultPoint("after-processor-call");
  return answer;
}

async function meansOf(ctx: Ctx, payment: PaymentRow) {
  if (payment.confirmationToken !== null) {
    return { kind: "token", confirmationToken: payment.confirmationToken, save: payment.saveMethod } as const;
  }
  if (payment.paymentMethodId === null) return null;
  const [method] = await ctx.db.select().from(paymentMethods).where(eq(paymentMethods.id, payment.paymentMethodId));
  return method
    ? ({ kind: "saved", methodId: method.processorId, offSession: payment.draftId !== null } as const)
    : null;
}

function toOutcome(answer: IntentAnswer): Outcome | null {
  if (!answer.known) return null;
  return answer.intent ?? refusedOutcome("failure" in answer ? answer.failure : "other");
}

const refusedOutcome = (code: FailureCode): Outcome => ({
  state: "failed",
  failure: { code, declineCode: null, advice: null },
});
