/** What the server answered to the last press of a pay form. */
export type PayReply = {
  errors: Record<string, string>;
  values: Record<string, string>;
  /** Asks before money becomes credit. */
  becomesCredit: boolean;
  /** Nothing is asked for any more: what the payer was about to pay, as they would type it, can be kept as credit. */
  asCredit: string | null;
  /** A step at the bank, and the page that tells how it went. */
  next: { clientSecret: string; path: string } | null;
  /** After a real attempt the next one has a key of its own. */
  formKey: string | null;
};
