/** Why the biller, or one of its policies, could not be saved. */
export type BusinessRefusalFacts =
  | { reason: "unknown_zone" }
  | { reason: "currency_in_use" }
  | { reason: "changed_meanwhile" }
  | { reason: "reason_needed" };

export function businessRefusalText(refusal: BusinessRefusalFacts): string {
  switch (refusal.reason) {
    case "unknown_zone":
      return BUSINESS_FIELD_TEXTS.zone;
    case "currency_in_use":
      return "There are accounts already, and their books are kept in the currency they began with. It cannot change now.";
    case "changed_meanwhile":
      return "Somebody else saved a change while you were editing. Look at what stands now, then save again.";
    case "reason_needed":
      return "Say why this changes, for the log.";
  }
}

export const BUSINESS_FIELD_TEXTS = {
  name: "Enter the name your customers know you by.",
  zone: "Enter a time zone such as America/New_York.",
  currency: "Enter a currency by its three letters, such as USD.",
  locale: "Choose a language.",
  email: "Enter an e-mail address, such as billing@example.com.",
  senderName: "Enter a name without quotation marks or brackets.",
  termDays: "Enter a number of days from 0 to 365.",
  line1: "Enter the street and number, or leave the whole address empty.",
  city: "Enter the city, or leave the whole address empty.",
  postalCode: "Enter the postal code, or leave the whole address empty.",
  country: "Enter the country by its two letters, such as US.",
  tooLong: "This is too long.",
} as const;

/** The questions of the page and of `npm run setup`, in their order. */
export const BUSINESS_LABELS = {
  name: "Business name",
  legalName: "Legal name",
  zone: "Time zone",
  currency: "Currency",
  locale: "Language",
  line1: "Street and number",
  line2: "Suite, floor",
  city: "City",
  region: "State or region",
  postalCode: "Postal code",
  country: "Country",
  phone: "Phone",
  supportEmail: "E-mail for customers' questions",
  senderName: "Sender's name in mail",
  senderEmail: "Sender's address in mail",
  paymentTermDays: "Days to pay a bill",
  terms: "Terms, printed on each bill",
} as const;

export const LANGUAGE_NAMES = {
  "en-US": "English (United States)",
  "en-GB": "English (United Kingdom)",
  "en-CA": "English (Canada)",
  "en-AU": "English (Australia)",
} as const;
