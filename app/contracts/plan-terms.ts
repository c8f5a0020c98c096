export type TypedTerms = {
  bills: readonly string[];
  instalments: string;
  every: string;
  first: string;
  down: string;
};

/** Typed terms as one text: what was shown is what is sent. */
export const termsText = ({ bills, instalments, every, first, down }: TypedTerms): string =>
  JSON.stringify([[...bills].sort(), instalments, every, first, down.trim()]);
