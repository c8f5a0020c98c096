import { numberOfCountry } from "./countries.ts";

/** Stripe's documented test tokens, as the number each stands for. */
const cardTokens: Record<string, string> = {
  visa: "4242424242424242",
  us: "4242424242424242",
  visa_debit: "4000056655665556",
  mastercard: "5555555555554444",
  mastercard_debit: "5200828282828210",
  mastercard_prepaid: "5105105105105100",
  amex: "378282246310005",
  discover: "6011111111111117",
  diners: "3056930009020004",
  jcb: "3566002020360505",
  unionpay: "6200000000000005",
  bypassPending: "4000000000000077",
  bypassPendingInternational: "4000003720000278",
  chargeDeclined: "4000000000000002",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedLostCard: "4000000000009987",
  chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  chargeDeclinedFraudulent: "4100000000000019",
  riskLevelHighest: "4000000000004954",
  riskLevelElevated: "4000000000009235",
  radarBlock: "4100000000000019",
  chargeCustomerFail: "4000000000000341",
  cvcCheckFail: "4000000000000101",
  avsFail: "4000000000000010",
  avsLine1Fail: "4000000000000028",
  avsZipFail: "4000000000000036",
  avsUnchecked: "4000000000000044",
  authenticationRequired: "4000002760003184",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequiredSetupForOffSession: "4000003800000446",
  authenticationRequiredChargeDeclinedInsufficientFunds: "4000008260003178",
  threeDSecureOptional: "4000000000003055",
  threeDSecure2Required: "4000000000003220",
  threeDSecureRequired: "4000000000003063",
  threeDSecureRequiredChargeDeclined: "4000008400001629",
  createDispute: "4000000000000259",
  createDisputeProductNotReceived: "4000000000002685",
  createDisputeInquiry: "4000000000001976",
  createMultipleDisputes: "4000000404000079",
  createIssuerFraudRecord: "4000000000005423",
  createCe3EligibleDispute: "4000000404000038",
  refundFail: "4000000000005126",
  pendingRefund: "4000000000007726",
};

const bankTokens: Record<string, string> = {
  success: "000123456789",
  accountClosed: "000111111113",
  noAccount: "000111111116",
  insufficientFunds: "000222222227",
  debitNotAuthorized: "000333333335",
  invalidCurrency: "000444444440",
  failMicrodeposits: "000666666661",
  dispute: "000555555559",
  processing: "000000000009",
  weeklyLimitExceeded: "000777777771",
};

/** `pm_card_visa`, `pm_card_visa_chargeDeclined` and the older `tok_…` spellings. */
export function cardNumberOfToken(token: string): string | undefined {
  const name = /^(?:pm_card|tok)_(.+)$/.exec(token)?.[1];
  if (name === undefined) return undefined;
  return cardTokens[name] ?? cardTokens[name.replace(/^visa_/, "")] ?? numberOfCountry(name.toUpperCase());
}

export function bankNumberOfToken(token: string): string | undefined {
  const name = /^pm_usBankAccount_(.+)$/.exec(token)?.[1];
  return name === undefined ? undefined : bankTokens[name];
}
