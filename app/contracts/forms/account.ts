import { z } from "zod";

import { ACCOUNT_FIELD_TEXTS as TEXTS } from "../messages/accounts.ts";
import { language } from "./business.ts";
import { email, optionalEmail, optionalText, requiredText, version } from "./fields.ts";
import { addressFields, readAddress } from "./postal-address.ts";

/** An account's details as its page edits them. The postal code stands also without an address: it proves a claim. */
export const accountForm = z
  .object({
    name: requiredText(160, { needed: TEXTS.name, tooLong: TEXTS.tooLong }),
    email: optionalEmail(TEXTS.email),
    phone: optionalText(40, TEXTS.tooLong),
    ...addressFields(TEXTS),
    zone: requiredText(64, { needed: TEXTS.zone, tooLong: TEXTS.zone }),
    locale: language,
    delivery: z.enum(["electronic", "paper"], { error: TEXTS.delivery }),
    version,
  })
  .transform(({ line1, line2, city, region, country, version: expectedVersion, ...rest }, ctx) => {
    const address = readAddress({ line1, line2, city, region, country, postalCode: rest.postalCode }, ctx, TEXTS);
    return { changes: { ...rest, address }, expectedVersion };
  });

const rights = ["view", "pay", "manage"] as const;
const right = z.enum(rights, { error: TEXTS.right });

export const inviteForm = z.object({
  intent: z.literal("invite"),
  email: email(TEXTS.email),
  name: optionalText(120, TEXTS.tooLong),
  right,
});

export const accessForm = z.object({
  intent: z.literal("access"),
  loginId: z.guid(),
  /** "none" takes the access away. */
  right: z.enum([...rights, "none"], { error: TEXTS.right }),
  version,
});

export const contactForm = z.object({
  intent: z.literal("contact"),
  contactId: z.guid().or(z.literal("")),
  contactName: requiredText(120, { needed: TEXTS.contactName, tooLong: TEXTS.tooLong }),
  contactEmail: optionalEmail(TEXTS.email),
  contactPhone: optionalText(40, TEXTS.tooLong),
  note: optionalText(500, TEXTS.tooLong),
  isPrimary: z.literal("yes").optional(),
  version,
});

export const removeContactForm = z.object({ intent: z.literal("remove_contact"), contactId: z.guid(), version });

/** A customer has lost the phone. Who it is has been checked, and how is what the log wants to know. */
const resetFactorForm = z.object({
  intent: z.literal("reset_factor"),
  loginId: z.guid(),
  reason: requiredText(300, { needed: TEXTS.checked, tooLong: TEXTS.tooLong }),
});

/** Everything the people page of an account can be asked to do. */
export const peopleForm = z.discriminatedUnion("intent", [
  inviteForm,
  accessForm,
  contactForm,
  removeContactForm,
  resetFactorForm,
]);

/** Everything that whoever manages an account can do about its people. */
export const ownPeopleForm = z.discriminatedUnion("intent", [
  inviteForm,
  accessForm,
  z.object({ intent: z.literal("revoke_invite"), inviteId: z.guid() }),
]);

export const startConversationForm = z.object({
  title: requiredText(120, { needed: TEXTS.title, tooLong: TEXTS.tooLong }),
  body: requiredText(8_000, { needed: TEXTS.message, tooLong: TEXTS.tooLong }),
  personLoginId: z.guid().or(z.literal("")),
});

export const decideClaimForm = z.object({ requestId: z.guid(), decision: z.enum(["approve", "refuse"]), right });
