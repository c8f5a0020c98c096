/** What Stripe answers for each of its documented refusals. Source: docs.stripe.com/testing, docs.stripe.com/declines/codes. */
export type Decline = {
  code: string;
  declineCode?: string;
  message: string;
  adviceCode?: "try_again_later" | "do_not_try_again" | "confirm_card_data";
  networkCode?: string;
  /** Refused before the bank was asked. */
  blocked?: boolean;
};

const declined = "Your card was declined.";

export const declines = {
  generic: {
    code: "card_declined",
    declineCode: "generic_decline",
    message: declined,
    adviceCode: "try_again_later",
    networkCode: "01",
  },
  insufficientFunds: {
    code: "card_declined",
    declineCode: "insufficient_funds",
    message: "Your card has insufficient funds.",
    adviceCode: "try_again_later",
    networkCode: "51",
  },
  lostCard: {
    code: "card_declined",
    declineCode: "lost_card",
    message: declined,
    adviceCode: "do_not_try_again",
    networkCode: "41",
  },
  stolenCard: {
    code: "card_declined",
    declineCode: "stolen_card",
    message: declined,
    adviceCode: "do_not_try_again",
    networkCode: "43",
  },
  fraudulent: {
    code: "card_declined",
    declineCode: "fraudulent",
    message: declined,
    adviceCode: "do_not_try_again",
    blocked: true,
  },
  velocity: {
    code: "card_declined",
    declineCode: "card_velocity_exceeded",
    message: "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    adviceCode: "try_again_later",
    networkCode: "65",
  },
  expiredCard: {
    code: "expired_card",
    declineCode: "expired_card",
    message: "Your card has expired.",
    adviceCode: "do_not_try_again",
    networkCode: "54",
  },
  incorrectCvc: {
    code: "incorrect_cvc",
    declineCode: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    adviceCode: "confirm_card_data",
    networkCode: "N7",
  },
  processingError: {
    code: "processing_error",
    declineCode: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    adviceCode: "try_again_later",
    networkCode: "96",
  },
  authenticationRequired: {
    code: "authentication_required",
    declineCode: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
    networkCode: "1A",
  },
} as const satisfies Record<string, Decline>;

export type DeclineName = keyof typeof declines;

/** Why a bank debit comes back. */
export const bankFailures = {
  accountClosed: { code: "account_closed", message: "The customer's bank account has been closed." },
  noAccount: { code: "no_account", message: "The customer's bank account could not be located." },
  insufficientFunds: {
    code: "insufficient_funds",
    message: "The customer's account has insufficient funds to cover this payment.",
  },
  debitNotAuthorized: {
    code: "debit_not_authorized",
    message: "The customer has notified their bank that this payment was unauthorized.",
  },
  invalidCurrency: {
    code: "invalid_currency",
    message:
      "The bank was unable to process this payment because of its currency. This is most likely because the customer's account cannot accept payments in that currency.",
  },
  tokenDeactivated: {
    code: "tokenized_account_number_deactivated",
    message: "The tokenized account number has been deactivated by the bank.",
  },
} as const;

export type BankFailure = keyof typeof bankFailures;
