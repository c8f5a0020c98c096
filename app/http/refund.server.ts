import { type Currency } from "#app/contracts/currency.ts";
import { refundRefusalText, type RefundRefusalFacts } from "#app/contracts/messages/refunds.ts";
import { money } from "#app/contracts/money.ts";
import { type RefundRefusal } from "#server/domains/payments/index.ts";

type Saying = { currency: Currency; locale: string; bills: readonly { invoiceId: string; number: string }[] };

/** The sentence for a refused refund, in the rep's language and the account's currency. */
export const refundSentence = (refusal: RefundRefusal, saying: Saying): string =>
  refundRefusalText(factsOf(refusal, saying), saying.locale);

function factsOf(refusal: RefundRefusal, { currency, bills }: Saying): RefundRefusalFacts {
  const of = (minor: bigint) => money(minor, currency);
  const numberOf = (id: string) => bills.find((bill) => bill.invoiceId === id)?.number ?? "";
  switch (refusal.reason) {
    case "above_limit":
      return { reason: refusal.reason, limit: of(refusal.limitMinor), who: refusal.who, people: refusal.people };
    case "above_day_limit": {
      const { reason, limitMinor, leftMinor, who, people } = refusal;
      return { reason, limit: of(limitMinor), left: of(leftMinor), who, people };
    }
    case "more_than_paid":
    case "more_than_overpaid":
    case "more_than_on_bills":
      return { reason: refusal.reason, left: of(refusal.leftMinor) };
    case "more_than_on_bill":
    case "more_than_left":
      return { reason: refusal.reason, left: of(refusal.leftMinor), bill: numberOf(refusal.invoiceId) };
    case "not_on_grid":
      return { reason: refusal.reason, step: of(refusal.stepMinor) };
    case "nothing_to_give":
    case "bill_needed":
      return { reason: "nothing_to_refund" };
    default:
      return { reason: refusal.reason };
  }
}
