/** Why a pay link opens nothing any more. */
export type LinkOver = "expired" | "revoked" | "replaced";

export const LINK_OVER_WORDS: Record<LinkOver, { title: string; text: string }> = {
  expired: {
    title: "This link has expired",
    text: "Links to a bill work for a limited time, so that an old mail does not open it for ever.",
  },
  revoked: {
    title: "This link no longer works",
    text: "It was switched off. The bill itself has not gone away.",
  },
  replaced: {
    title: "There is a newer link",
    text: "A newer link to this bill took the place of this one. Look for the newest mail about it.",
  },
};

export const LOOKUP_NAMES = {
  mail: "Mail the links to the address on file",
  show: "Show the bills at once",
} as const;
