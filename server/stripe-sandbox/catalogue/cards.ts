import { countryOf } from "./countries.ts";

import { type DeclineName } from "./declines.ts";

/** What a card does when it is charged. */
export type CardConduct = {
  /** Refused on every charge; unless `attachable`, also when it is saved. */
  decline?: DeclineName;
  attachable?: boolean;
  /** When the bank wants to see the customer. `unless_set_up`: only until it was saved for later. */
  authentication?: "always" | "unless_set_up" | "when_present";
  dispute?: { reason: "fraudulent" | "product_not_received"; inquiry?: boolean };
  refund?: "fails_later" | "pending";
  /** The money may be paid out at once. */
  availableAtOnce?: boolean;
  cvcCheck?: "fail";
  postalCheck?: "fail";
};

export const cardConducts = {
  succeeds: {},
  declined: { decline: "generic" },
  insufficientFunds: { decline: "insufficientFunds" },
  lostCard: { decline: "lostCard" },
  stolenCard: { decline: "stolenCard" },
  expiredCard: { decline: "expiredCard" },
  incorrectCvc: { decline: "incorrectCvc" },
  processingError: { decline: "processingError" },
  velocity: { decline: "velocity" },
  fraudulent: { decline: "fraudulent" },
  declinedAfterAttaching: { decline: "generic", attachable: true },
  authenticationAlways: { authentication: "always" },
  authenticationUnlessSetUp: { authentication: "unless_set_up" },
  authenticationWhenPresent: { authentication: "when_present" },
  authenticationThenInsufficientFunds: { authentication: "always", decline: "insufficientFunds", attachable: true },
  authenticationThenDeclined: { authentication: "always", decline: "generic", attachable: true },
  disputedFraudulent: { dispute: { reason: "fraudulent" } },
  disputedNotReceived: { dispute: { reason: "product_not_received" } },
  inquiry: { dispute: { reason: "fraudulent", inquiry: true } },
  refundFails: { refund: "fails_later" },
  refundPending: { refund: "pending" },
  availableAtOnce: { availableAtOnce: true },
  cvcCheckFails: { cvcCheck: "fail" },
  postalCheckFails: { postalCheck: "fail" },
} as const satisfies Record<string, CardConduct>;

export type CardBehaviour = keyof typeof cardConducts;

export function conductOf(behaviour: CardBehaviour): CardConduct {
  return cardConducts[behaviour];
}

const byNumber: Record<string, CardBehaviour> = {
  "4000000000000002": "declined",
  "4000000000009995": "insufficientFunds",
  "4000000000009987": "lostCard",
  "4000000000009979": "stolenCard",
  "4000000000000069": "expiredCard",
  "4000000000000127": "incorrectCvc",
  "4000000000000119": "processingError",
  "4000000000006975": "velocity",
  "4100000000000019": "fraudulent",
  "4000000000004954": "fraudulent",
  "4000000000000341": "declinedAfterAttaching",
  "4000002500003155": "authenticationUnlessSetUp",
  "4000002760003184": "authenticationAlways",
  "4000000000003220": "authenticationAlways",
  "4000000000003063": "authenticationAlways",
  "4000003800000446": "authenticationWhenPresent",
  "4000008260003178": "authenticationThenInsufficientFunds",
  "4000008400001629": "authenticationThenDeclined",
  "4000000000000259": "disputedFraudulent",
  "4000000000002685": "disputedNotReceived",
  "4000000000001976": "inquiry",
  "4000000000005126": "refundFails",
  "4000000000007726": "refundPending",
  "4000000000000077": "availableAtOnce",
  "4000003720000278": "availableAtOnce",
  "4000000000000101": "cvcCheckFails",
  "4000000000000036": "postalCheckFails",
  "4000000000000010": "postalCheckFails",
  "4000000404000079": "disputedFraudulent",
  "4000000404000038": "disputedFraudulent",
};

export type CardLook = { brand: string; funding: "credit" | "debit" | "prepaid"; last4: string; country: string };

const debit = new Set(["4000056655665556", "5200828282828210", "6011981111111113"]);
const prepaid = new Set(["5105105105105100"]);

function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return "amex";
  if (/^(5[1-5]|2[2-7])/.test(number)) return "mastercard";
  if (/^(6011|65|64[4-9])/.test(number)) return "discover";
  if (/^(36|30[0-5]|38|39)/.test(number)) return "diners";
  if (/^35/.test(number)) return "jcb";
  if (/^62/.test(number)) return "unionpay";
  return number.startsWith("4") ? "visa" : "unknown";
}

/** From here on the number itself is forgotten. */
export function recogniseCard(number: string): { look: CardLook; behaviour: CardBehaviour } {
  const funding = debit.has(number) ? "debit" : prepaid.has(number) ? "prepaid" : "credit";
  return {
    look: { brand: brandOf(number), funding, last4: number.slice(-4), country: countryOf(number) },
    behaviour: byNumber[number] ?? "succeeds",
  };
}
