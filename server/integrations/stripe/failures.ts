import { type FailureCode } from "#server/platform/processor.ts";

/** Stripe's decline and error codes, as docs.stripe.com/declines/codes and /error-codes list them, in our words. */
const CODES: Record<string, FailureCode> = {
  insufficient_funds: "insufficient_funds",
  withdrawal_count_limit_exceeded: "limit_exceeded",
  card_velocity_exceeded: "limit_exceeded",
  charge_exceeds_source_limit: "limit_exceeded",
  charge_exceeds_weekly_limit: "limit_exceeded",
  charge_exceeds_transaction_limit: "limit_exceeded",
  expired_card: "expired_card",
  invalid_expiry_month: "expired_card",
  invalid_expiry_year: "expired_card",
  incorrect_cvc: "incorrect_cvc",
  invalid_cvc: "incorrect_cvc",
  incorrect_number: "incorrect_number",
  invalid_number: "incorrect_number",
  incorrect_zip: "incorrect_postal_code",
  incorrect_address: "incorrect_postal_code",
  // Stripe asks not to tell the holder of a stolen card that we know.
  lost_card: "card_declined",
  stolen_card: "card_declined",
  pickup_card: "card_declined",
  fraudulent: "card_declined",
  authentication_required: "authentication_failed",
  payment_intent_authentication_failure: "authentication_failed",
  setup_intent_authentication_failure: "authentication_failed",
  processing_error: "processing_error",
  issuer_not_available: "processing_error",
  try_again_later: "processing_error",
  account_closed: "bank_account_closed",
  bank_account_closed: "bank_account_closed",
  no_account: "bank_account_unusable",
  invalid_account_number: "bank_account_unusable",
  bank_account_restricted: "bank_account_unusable",
  bank_account_unusable: "bank_account_unusable",
  debit_not_authorized: "debit_not_authorized",
  payment_method_microdeposit_failed: "verification_failed",
  payment_method_microdeposit_verification_timeout: "verification_failed",
  payment_method_microdeposit_verification_attempts_exceeded: "verification_failed",
  confirmation_token_expired: "form_expired",
  payment_intent_payment_attempt_expired: "form_expired",
  amount_too_small: "amount_too_small",
  amount_too_large: "amount_too_large",
  payment_intent_incompatible_payment_method: "method_not_usable",
  payment_method_not_available: "method_not_usable",
  invalid_currency: "method_not_usable",
  resource_missing: "method_not_usable",
  card_declined: "card_declined",
  payment_method_provider_decline: "card_declined",
};

/** Our word for what Stripe says; the more particular decline code wins over the code. */
export function failureOf(code: string | undefined, declineCode: string | undefined): FailureCode {
  return CODES[declineCode ?? ""] ?? CODES[code ?? ""] ?? "other";
}
