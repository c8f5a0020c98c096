/**
 * Whether the postal code on file is the one typed. Spaces, hyphens and case do not count, and of an American ZIP+4 the
 * first five digits are enough. An account without one on file fits nothing.
 */
export function postalCodeFits(onFile: string | null, typed: string): boolean {
  const kept = bare(onFile ?? "");
  return kept !== "" && kept === bare(typed);
}

function bare(code: string): string {
  const text = code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return /^\d{9}$/.test(text) ? text.slice(0, 5) : text;
}

/** As numbers are compared when a person types them from a letter. */
export const typedNumber = (number: string): string => number.normalize("NFKC").trim();
