/** What people choose about, in the words of the page and of the link in a mail. */
export const MAIL_TOPIC_WORDS = {
  bill: { title: "New bills", hint: "With a link to look at it and pay." },
  reminder: { title: "Reminders", hint: "Before a bill is due, and when it is late." },
  statement: { title: "Statements", hint: "When a new one is ready." },
  receipt: { title: "Receipts", hint: "When a payment has arrived or is on its way." },
  credit: { title: "Credits", hint: "When we credit something to your account." },
  refund: { title: "Refunds", hint: "When money goes back to you, or could not." },
  draft: { title: "Payments by themselves", hint: "Before each one is taken, with its amount and day." },
  failed: { title: "Failed payments", hint: "When a payment did not go through, and what happens next." },
  returned: { title: "Returned bank debits", hint: "When your bank takes a payment back." },
  card: { title: "Expiring cards", hint: "30 and 7 days before a card that is in use expires." },
  plan: { title: "Payment plans", hint: "Offers, what you agreed to, missed and finished instalments." },
  dispute: { title: "Disputes", hint: "When one is looked at, and when it is decided." },
  reply: { title: "Answers", hint: "When somebody has answered you while you were away." },
} as const;

/** Why some have no switch. */
export const MUST_BE_SENT_WORDS =
  "The rules of cards and bank debits ask us to write to you about money that is taken by itself: those mails are always sent.";
