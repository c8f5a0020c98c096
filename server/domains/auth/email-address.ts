/** One spelling of an address for limits and look-ups: the same letters in another case or form are the same address. */
export const emailKey = (email: string): string => email.normalize("NFKC").trim().toLowerCase();
