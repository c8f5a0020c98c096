/** What a receipt says of its payment. */
export const RECEIPT_WORDS = {
  settled: { state: "Paid", sentence: "Thank you." },
  taken_back: { state: "Paid, and taken back by the bank", sentence: "What it had paid is owed again." },
  /** Where the payment does not say with what. */
  method: "–",
} as const;
