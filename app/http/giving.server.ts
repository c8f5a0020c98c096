import { type Currency } from "#app/contracts/currency.ts";
import { type GivingRefusalFacts, givingRefusalText } from "#app/contracts/messages/giving.ts";
import { money } from "#app/contracts/money.ts";
import { type CreditRefusal } from "#server/domains/adjustments/index.ts";
import { type ResolveRefusal } from "#server/domains/disputes/index.ts";

/** The sentence for a refused credit or decision, in the rep's language and the account's currency. */
export function givingSentence(
  refusal: CreditRefusal | ResolveRefusal,
  { currency, locale }: { currency: Currency; locale: string },
): string {
  return givingRefusalText(factsOf(refusal, currency), locale);
}

function factsOf(refusal: CreditRefusal | ResolveRefusal, currency: Currency): GivingRefusalFacts {
  const of = (minor: bigint) => money(minor, currency);
  switch (refusal.reason) {
    case "above_limit":
      return { reason: refusal.reason, limit: of(refusal.limitMinor), who: refusal.who, people: refusal.people };
    case "above_day_limit": {
      const { reason, limitMinor, leftMinor, who, people } = refusal;
      return { reason, limit: of(limitMinor), left: of(leftMinor), who, people };
    }
    case "more_than_left":
      return { reason: refusal.reason, left: of(refusal.leftMinor) };
    case "amount_out_of_range":
      return { reason: refusal.reason, most: of(refusal.mostMinor) };
    default:
      return { reason: refusal.reason };
  }
}
