import { formatMoney } from "../money.ts";
import { type AmountRefusal } from "../parse-amount.ts";
import { type ChoiceProblem } from "../pay-choice.ts";

/** Why a typed amount could not be read, and what to type instead: the same words in every form that asks for money. */
export function amountRefusalText(refusal: AmountRefusal, locale = "en-US"): string {
  switch (refusal.reason) {
    case "empty":
      return "Enter an amount.";
    case "not_a_number":
      return "Enter an amount in digits, such as 25.00.";
    case "negative":
      return "Enter an amount above zero, without a minus.";
    case "zero":
      return "Enter an amount above zero.";
    case "too_many_decimals":
      return refusal.decimals === 0
        ? "This currency has no decimals. Enter a whole amount."
        : `Enter at most ${String(refusal.decimals)} digits after the point.`;
    case "too_large":
      return "This amount is too large.";
    case "ambiguous": {
      const [one, other] = refusal.readings.map((reading) => formatMoney(reading, locale));
      return `This can be read as ${String(one)} or as ${String(other)}. Write it out with its decimals.`;
    }
  }
}

/** What is wrong with an amount of a pay form, whichever field it stands in. */
export function choiceProblemText(problem: ChoiceProblem, locale = "en-US"): string {
  if (problem.reason !== "more_than_bill" && problem.reason !== "more_than_amount")
    return amountRefusalText(problem, locale);
  return problem.reason === "more_than_bill"
    ? `At most ${formatMoney(problem.most, locale)} can be paid on this bill now.`
    : `The bills below add up to ${formatMoney(problem.over, locale)} more than this. Lower one of them, or pay more.`;
}
