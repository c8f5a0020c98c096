/** Why an account, or somebody on it, could not be changed. */
export type AccountRefusalFacts =
  | { reason: "changed_meanwhile" }
  | { reason: "unknown_zone" }
  | { reason: "email_needed" }
  | { reason: "too_many_contacts" }
  | { reason: "belongs_to_staff" }
  | { reason: "has_access"; right: AccountRightName }
  | { reason: "last_manager" | "link_over" }
  | { reason: "too_many_attempts"; retryAfterSeconds: number }
  | { reason: "already_decided" };

export type AccountRightName = keyof typeof RIGHT_NAMES;

export function accountRefusalText(refusal: AccountRefusalFacts): string {
  switch (refusal.reason) {
    case "changed_meanwhile":
      return "Somebody else changed this account while you were editing. Nothing of yours is lost: look at what stands now, then save again.";
    case "unknown_zone":
      return ACCOUNT_FIELD_TEXTS.zone;
    case "email_needed":
      return "Electronic bills need an e-mail address. Enter one, or send paper.";
    case "too_many_contacts":
      return "This account has 50 contacts. Remove one that is no longer needed first.";
    case "belongs_to_staff":
      return "This address signs in to the console. A member of staff needs another address to be a customer.";
    case "has_access":
      return `This person reaches the account already, with the right to ${RIGHT_NAMES[refusal.right].toLowerCase()}.`;
    case "last_manager":
      return "Somebody has to manage this account. Let another person manage it first.";
    case "link_over":
      return "This invitation has been accepted or withdrawn already.";
    case "too_many_attempts":
      return "That is a lot of invitations at once. Wait a quarter of an hour, then go on.";
    case "already_decided":
      return "Somebody else decided this claim a moment ago.";
  }
}

export const RIGHT_NAMES = { view: "View", pay: "Pay", manage: "Manage" } as const;

/** What each right lets a person do, where somebody chooses one. */
export const RIGHT_MEANINGS = {
  view: "Sees bills and payments, writes to us, disputes a bill",
  pay: "All of that, and pays",
  manage: "All of that, sees everybody’s messages, and says who else may",
} as const;

export const ACCOUNT_FIELD_TEXTS = {
  name: "Enter who is billed.",
  email: "Enter an e-mail address, such as ana@example.com.",
  zone: "Enter a time zone such as America/New_York.",
  locale: "Choose a language.",
  delivery: "Choose how bills are sent.",
  right: "Choose what this person may do.",
  contactName: "Enter the contact's name.",
  checked: "Say how you made sure who it is, for the log.",
  message: "Write the first message.",
  title: "Say what it is about.",
  line1: "Enter the street and number, or leave the rest of the address empty.",
  city: "Enter the city, or leave the rest of the address empty.",
  postalCode: "Enter the postal code.",
  country: "Enter the country by its two letters, such as US.",
  tooLong: "This is too long.",
} as const;

export const ACCOUNT_LABELS = {
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  line1: "Street and number",
  line2: "Apartment, floor",
  city: "City",
  region: "State or region",
  postalCode: "Postal code",
  country: "Country",
  zone: "Time zone",
  locale: "Language",
  delivery: "Bills by",
} as const;

export const DELIVERY_NAMES = { electronic: "E-mail", paper: "Paper" } as const;

/** What an entry of an account's log says. An action that is not here shows its own name. */
export const AUDIT_WORDS: Readonly<Record<string, string>> = {
  "account.updated": "Changed the details",
  "account.released": "Released the imported account",
  "account.invite": "Invited somebody",
  "account.revoke_invite": "Withdrew an invitation",
  "account.accept_invite": "Accepted an invitation",
  "account.claim": "Claimed the account",
  "autopay.set_up": "Turned autopay on",
  "autopay.stopped": "Turned autopay off",
  "statements.monthly": "Changed monthly statements",
  "collections.paused": "Paused reminders and late fees",
  "collections.resumed": "Let reminders and late fees go on",
  "contact.added": "Added a contact",
  "contact.changed": "Changed a contact",
  "contact.removed": "Removed a contact",
  "access.changed": "Changed somebody’s right",
  "access.revoked": "Took access away",
  "claim_request.approved": "Approved a claim",
  "claim_request.refused": "Refused a claim",
};

/** That an account's bills, its monthly statements or both reach nobody, and why. `off`: who switched mails about them off. */
export function nobodyGets({ bills, statements, off, email }: Unread): string {
  const what = [...(bills ? ["bills"] : []), ...(statements ? ["monthly statements"] : [])].join(" or ");
  const why =
    off.length > 0
      ? `${off.join(" and ")} switched mails about them off.`
      : `${email === null ? "it has no e-mail address" : `no mail can go to ${email}`}, and nobody signs in to it.`;
  return `Nobody gets this account’s ${what} by mail: ${why}`;
}

type Unread = { bills: boolean; statements: boolean; off: readonly string[]; email: string | null };
