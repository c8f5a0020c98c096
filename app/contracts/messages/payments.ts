/** Why a payment did not go through, and what to do, in one or two sentences. */
export const PAYMENT_FAILURES = {
  card_declined: "Your bank declined the card and did not say why. Try another card, or ask your bank.",
  insufficient_funds: "There is not enough money on that card or account. Try another one, or a smaller amount.",
  expired_card: "The card has expired. Use another one.",
  incorrect_cvc: "The security code did not match. Check the three or four digits on the card and try again.",
  incorrect_number: "The card number is not right. Check it and try again.",
  incorrect_postal_code: "The postal code did not match what your bank has on file. Check it and try again.",
  card_lost_or_stolen: "Your bank declined the card. Try another one.",
  authentication_failed: "Your bank could not confirm that it is you. Try again, or use another card.",
  processing_error: "Your bank could not be reached just now. Nothing was charged; try again in a few minutes.",
  limit_exceeded: "The amount is above what that card or account allows. Try another one, or a smaller amount.",
  bank_account_closed: "That bank account is closed. Use another one.",
  bank_account_unusable:
    "That bank account could not be found or does not take debits. Check the numbers or use another.",
  debit_not_authorized: "The bank says this debit was not authorized. Ask your bank, or pay another way.",
  verification_failed: "The bank account could not be verified. Start again, or pay another way.",
  form_expired: "The form was open too long. Nothing was charged; enter the card again.",
  amount_too_small: "The amount is too small to be charged.",
  amount_too_large: "The amount is too large for one payment. Pay it in parts.",
  method_not_usable: "That card or account cannot be used for this payment. Choose another one.",
  other: "The payment did not go through and nothing was charged. Try again, or pay another way.",
} as const;

export type PaymentFailure = keyof typeof PAYMENT_FAILURES;

/** The sentence for a failure code as it is stored; an unknown one gets the general sentence. */
export const paymentFailureText = (code: string | null): string =>
  PAYMENT_FAILURES[(code ?? "other") as PaymentFailure] ?? PAYMENT_FAILURES.other;
