import { formatLocalDate, type LocalDate } from "../local-date.ts";
import { formatMoney, type Money } from "../money.ts";
import { type PayChange } from "../pay-changes.ts";

/** What of a payment request was refused; the facts as `payments` reports them, amounts already in the currency. */
export type PayRefusalFacts =
  | {
      reason:
        | "nothing_to_pay"
        | "bill_not_open"
        | "method_gone"
        | "form_expired"
        | "processor_silent"
        | "key_reused_with_other_input"
        | "account_changed";
    }
  | { reason: "below_minimum"; minimum: Money }
  | { reason: "above_maximum"; maximum: Money }
  | { reason: "not_on_grid"; step: Money; nearest: Money }
  | { reason: "more_than_due"; most: Money }
  | { reason: "becomes_credit"; credit: Money }
  | { reason: "fee_asked"; fee: Money; total: Money }
  | { reason: "currency_not_taken"; currency: string };

/** Why a payment was not started, and what to do: nothing was charged. */
export function payRefusalText(refusal: PayRefusalFacts, locale: string): string {
  const text = (amount: Money) => formatMoney(amount, locale);
  switch (refusal.reason) {
    case "nothing_to_pay":
      return "Choose at least one bill, or type an amount.";
    case "bill_not_open":
      return "One of these bills was paid or changed meanwhile. Look at the amounts again.";
    case "account_changed":
      return payChangedText([], locale);
    case "method_gone":
      return "That card or account was removed meanwhile. Choose another one.";
    case "form_expired":
      return "The form was open too long. Nothing was charged; enter the card again.";
    case "processor_silent":
      return "The payment processor does not answer at the moment. Nothing was charged; press Pay again in a minute.";
    case "fee_asked":
      return refusal.fee.amountMinor === 0n
        ? `No fee is asked for this method. You pay ${text(refusal.total)}. Nothing was charged yet.`
        : `This method costs a convenience fee of ${text(refusal.fee)}: ${text(refusal.total)} in all. Nothing was charged yet.`;
    case "currency_not_taken":
      return `Bank accounts cannot be debited in ${refusal.currency}. Pay with a card.`;
    case "key_reused_with_other_input":
      return "This form was sent before with other amounts. Look at them again and pay.";
    case "below_minimum":
      return `The smallest payment is ${text(refusal.minimum)}.`;
    case "above_maximum":
      return `The largest payment is ${text(refusal.maximum)}. Pay it in parts.`;
    case "not_on_grid":
      return `Cards and bank accounts are charged in steps of ${text(refusal.step)}, so nothing was charged. Pay ${text(refusal.nearest)} instead.`;
    case "more_than_due":
      return `At most ${text(refusal.most)} can be paid on this bill now.`;
    case "becomes_credit":
      return `That is ${text(refusal.credit)} more than your bills ask for.`;
  }
}

/** All that is asked for lies between two amounts that can be charged: the one above is offered. */
export const payStepText = ({ step, above }: { step: Money; above: Money }, locale: string): string =>
  `Cards and bank accounts are charged in steps of ${formatMoney(step, locale)}, so nothing was charged. Pay ${formatMoney(above, locale)}: what is over is kept as credit for your next bill.`;

/** How many changed bills are named before the rest is counted. */
const NAMED = 3;

/** What changed since the form was shown, why that stopped the payment, and that the page is right again. */
export function payChangedText(changes: readonly PayChange[], locale: string): string {
  const named = changes.slice(0, NAMED).map((change) => changeText(change, locale));
  const more = changes.length - named.length;
  return [
    "Something on this account changed while you were here, so nothing was charged.",
    ...named,
    ...(more > 0 ? [`And ${String(more)} more.`] : []),
    "The amounts below are up to date.",
  ].join(" ");
}

function changeText(change: PayChange, locale: string): string {
  const { number } = change;
  switch (change.kind) {
    case "gone":
      return `${number} is settled.`;
    case "under_way":
      return `A payment for ${number} is on its way.`;
    case "nothing_more":
      return `Nothing more is asked for on ${number}.`;
    case "amount":
      return `${number} now asks for ${formatMoney(change.now, locale)} instead of ${formatMoney(change.was, locale)}.`;
    case "new":
      return `${number} over ${formatMoney(change.now, locale)} is new.`;
  }
}

/** Why a payment was not kept for a date, and what to do. */
export const payDateText = (
  refusal: { reason: "credit_on_date" } | { reason: "date_out_of_range"; first: LocalDate; last: LocalDate },
  locale: string,
): string =>
  refusal.reason === "credit_on_date"
    ? "On a date only bills can be paid. Lower the amount to what they ask for, or pay now."
    : `Choose a day from ${formatLocalDate(refusal.first, "short", locale)} to ${formatLocalDate(refusal.last, "short", locale)}.`;
