/** A credit by its kind, as customers read it. */
export const CREDIT_KIND_WORDS = {
  credit_note: "Credit note",
  goodwill: "Goodwill credit",
  waiver: "Waived charge",
  write_off: "Closed without payment",
  provisional: "Provisional credit",
} as const;

/** Where an open credit came from. */
export const CREDIT_SOURCE_WORDS = {
  payment: "paid ahead",
  credit_note: "from a credit note",
  goodwill: "from a goodwill credit",
} as const;
