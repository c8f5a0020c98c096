import { createHash } from "node:crypto";

import { data } from "@remix-run/node";

import { type Currency } from "#app/contracts/currency.ts";
import { payChangedText, type PayRefusalFacts, payStepText } from "#app/contracts/messages/pay.ts";
import { paymentFailureText } from "#app/contracts/messages/payments.ts";
import { isZero, type Money, money } from "#app/contracts/money.ts";
import { typedAmount } from "#app/contracts/parse-amount.ts";
import { payChanges } from "#app/contracts/pay-changes.ts";
import { choiceOf, readChoice } from "#app/contracts/pay-choice.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { type PaymentRefusal, type PayPlan, type StartedPayment } from "#server/domains/payments/index.ts";

import { formKeyFor, nextFormKey } from "./form-key.server.ts";
import { readShown } from "./read-shown.server.ts";
import { redirect } from "./redirect.server.ts";

type Values = Record<string, string>;

/** One per form and choice: the same form sent again is the same attempt, and a changed amount is another one. */
export const attemptKey = (formKey: string, chosen: unknown): string =>
  `${formKey}:${createHash("sha256").update(JSON.stringify(chosen)).digest("hex").slice(0, 16)}`;

const quiet = { errors: {}, becomesCredit: false, asCredit: null, next: null, formKey: null };

/** To the payment's page; before it the bank's own step, where there is one; back to the form when it was declined. */
export function payAnswer(values: Values, { state, clientSecret, failure }: StartedPayment, path: string) {
  if (state === "failed") return payRefused(values, { form: paymentFailureText(failure) }, { attempted: true });
  if (state !== "requires_action" || clientSecret === null) return redirect(path, 303);
  return payBankStep(values, { clientSecret, path: `${path}?from=bank` });
}

/** The bank's own step comes first; after it the browser goes to the path. */
export const payBankStep = (values: Values, next: { clientSecret: string; path: string }) =>
  data<PayReply>({ ...quiet, values, next });

/** The form comes back as it was sent, with what was asked for opened: the way of a browser without script. */
export const payAskedAgain = (values: Values) => data<PayReply>({ ...quiet, values });

/** What was refused, with everything that was typed. */
export function payRefused(
  values: Values,
  errors: Record<string, string>,
  { becomesCredit = false, attempted = false }: { becomesCredit?: boolean; attempted?: boolean } = {},
) {
  const formKey = attempted ? nextFormKey(values["key"] ?? "") : null;
  return data<PayReply>({ ...quiet, errors, values, becomesCredit, formKey }, { status: 422 });
}

/** The form was opened for another account: it stands for this one now, and only when it is pressed again. */
export const payRefusedElsewhere = (values: Values, form: string, accountId: string) =>
  data<PayReply>({ ...quiet, errors: { form }, values, formKey: formKeyFor(accountId) }, { status: 422 });

type Now = { plan: PayPlan; currency: Currency; locale: string; mayCredit: boolean };

/**
 * The account changed under the form: what of it, and what would happen now. Where nothing is asked for any more, what
 * the payer was about to pay is offered as credit; they say so, or leave.
 */
export function payOutdated(values: Values, { plan, currency, locale, mayCredit }: Now) {
  const seen = readShown(values["shown"]);
  const form = payChangedText(payChanges(seen, plan.bills, currency), locale);
  const before = seen.map((bill) => ({ ...bill, mostMinor: bill.payableMinor }));
  const wished = readChoice(choiceOf(values), { bills: before, currency, locale });
  if (!mayCredit || plan.toPayNow.amountMinor > 0n || !wished.ok || isZero(wished.amount)) {
    return payRefused(values, { form });
  }
  const asCredit = typedAmount(wished.amount, locale);
  const next = { ...values, mode: "amount", amount: asCredit };
  return data<PayReply>({ ...quiet, errors: { form }, values: next, becomesCredit: true, asCredit }, { status: 422 });
}

/** The most of an amount that the processor can charge; where that is nothing, the least. */
const onGrid = (amountMinor: bigint, stepMinor: bigint): bigint =>
  amountMinor < stepMinor ? stepMinor : amountMinor - (amountMinor % stepMinor);

/**
 * All that is asked for, in a currency with more decimals than can be charged: one step more is, and what is over
 * becomes credit. Whoever pays is told, and says so. Null where this is not what was refused.
 */
export function payOnGrid(values: Values, refusal: PaymentRefusal, { plan, amount, locale }: Whole) {
  if (refusal.reason !== "not_on_grid" || amount.amountMinor !== plan.toPayNow.amountMinor) return null;
  const { currency, amountMinor } = amount;
  const above = money(onGrid(amountMinor + refusal.stepMinor, refusal.stepMinor), currency);
  const form = payStepText({ step: money(refusal.stepMinor, currency), above }, locale);
  const asCredit = typedAmount(above, locale);
  const next = { ...values, mode: "amount", amount: asCredit };
  return data<PayReply>({ ...quiet, errors: { form }, values: next, becomesCredit: true, asCredit }, { status: 422 });
}

type Whole = { plan: PayPlan; amount: Money; locale: string };

/** A refusal as the message catalogue reads it: amounts with their currency. */
export function payRefusalFacts(refusal: PaymentRefusal, { amountMinor, currency }: Money): PayRefusalFacts {
  const of = (minor: bigint) => money(minor, currency);
  switch (refusal.reason) {
    case "below_minimum":
      return { reason: refusal.reason, minimum: of(refusal.minimumMinor) };
    case "above_maximum":
      return { reason: refusal.reason, maximum: of(refusal.maximumMinor) };
    case "not_on_grid":
      return {
        reason: refusal.reason,
        step: of(refusal.stepMinor),
        nearest: of(onGrid(amountMinor, refusal.stepMinor)),
      };
    case "more_than_due":
      return { reason: refusal.reason, most: of(refusal.mostMinor) };
    case "becomes_credit":
      return { reason: refusal.reason, credit: of(refusal.creditMinor) };
    case "fee_asked":
      return { reason: refusal.reason, fee: of(refusal.feeMinor), total: of(amountMinor + refusal.feeMinor) };
    case "currency_not_taken":
      return { reason: refusal.reason, currency: refusal.currency };
    default:
      return { reason: refusal.reason };
  }
}
