/** Why somebody pays less than a bill asks for; the last one lets them keep it to themselves. */
export const SHORT_REASONS = {
  later: "I pay the rest later",
  cannot: "I cannot pay all of it",
  disagree: "I do not agree with all of it",
  someone_else: "Somebody else pays the rest, such as an insurer",
  paid_elsewhere: "I paid part of it another way",
  other: "Something else",
  unsaid: "I would rather not say",
} as const;

export type ShortReason = keyof typeof SHORT_REASONS;

export const SHORT_REASON_ASKED = "Choose why you pay less than the bill asks for. You need not say.";
/** The payer's own words have this much room. */
export const SHORT_NOTE_MAX = 300;

/** As staff read it; a word that is no longer in the list stands for itself. */
export const shortReasonText = (reason: string): string => SHORT_REASONS[reason as ShortReason] ?? reason;
