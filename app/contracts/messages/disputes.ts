/** A case's state as people read it. */
export const DISPUTE_STATE_WORDS = {
  open: "Received",
  acknowledged: "Being looked into",
  investigating: "Being looked into",
  waiting_on_customer: "Waiting for your answer",
  resolved_for_customer: "Decided for you",
  resolved_partially: "Decided in part",
  denied: "Not granted",
  appealed: "Appealed",
  withdrawn: "Withdrawn",
  closed: "Closed",
  reopened: "Opened again",
} as const;

/** The same for staff, to whom "you" is the wrong word. */
export const DISPUTE_STATE_STAFF_WORDS = {
  ...DISPUTE_STATE_WORDS,
  open: "New",
  acknowledged: "Acknowledged",
  investigating: "Investigating",
  waiting_on_customer: "Waiting for customer",
  resolved_for_customer: "For the customer",
  denied: "Denied",
} as const;

/** Why a customer disputes, as the form offers it. */
export const DISPUTE_REASON_WORDS = {
  wrong_amount: "The amount is wrong",
  charged_twice: "I was charged twice",
  not_received: "I did not get this",
  not_mine: "This is not mine",
  quality: "Something was wrong with it",
  already_paid: "I paid this already",
  canceled: "I had canceled it",
  other: "Something else",
  imported: "Disputed in the old system",
} as const;

/** A line of a case's timeline. */
export const DISPUTE_EVENT_WORDS: Readonly<Record<string, string>> = {
  filed: "Filed",
  imported: "Disputed in the old system",
  acknowledge: "We confirmed that we have it",
  investigate: "We began to look into it",
  ask_customer: "We asked a question",
  customer_replied: "Answered",
  resolve_for_customer: "Decided for the customer",
  resolve_partially: "Decided in part",
  deny: "Not granted",
  withdraw: "Withdrawn",
  appeal: "Appealed",
  reopen: "Opened again",
  assigned: "Given to somebody",
  close: "Closed",
  closed_by_payment: "Closed when it was paid",
};
