import { z } from "zod";

import { parseCurrency } from "../currency.ts";
import { BUSINESS_FIELD_TEXTS as TEXTS, LANGUAGE_NAMES } from "../messages/business.ts";
import { optionalEmail, optionalText, requiredText, version } from "./fields.ts";
import { addressFields, readAddress } from "./postal-address.ts";

const languages = Object.keys(LANGUAGE_NAMES) as (keyof typeof LANGUAGE_NAMES)[];

export const language = z.enum(languages, { error: TEXTS.locale });

/** Who the biller is: the page and `npm run setup` read it alike. */
export const businessForm = z
  .object({
    name: requiredText(120, { needed: TEXTS.name, tooLong: TEXTS.tooLong }),
    legalName: optionalText(160, TEXTS.tooLong),
    zone: requiredText(64, { needed: TEXTS.zone, tooLong: TEXTS.zone }),
    currency: z
      .string({ error: TEXTS.currency })
      .transform(parseCurrency)
      .refine((code) => code !== null, { error: TEXTS.currency }),
    locale: language,
    ...addressFields(TEXTS),
    phone: optionalText(40, TEXTS.tooLong),
    supportEmail: optionalEmail(TEXTS.email),
    senderName: optionalText(80, TEXTS.tooLong).refine((name) => !/["<>\r\n]/.test(name ?? ""), {
      error: TEXTS.senderName,
    }),
    senderEmail: optionalEmail(TEXTS.email),
    paymentTermDays: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, { error: TEXTS.termDays })
      .transform(Number)
      .refine((days) => days <= 365, { error: TEXTS.termDays }),
    terms: optionalText(4_000, TEXTS.tooLong),
    version,
  })
  .transform(
    ({ line1, line2, city, region, postalCode, country, version: expectedVersion, currency, ...rest }, ctx) => {
      const address = readAddress({ line1, line2, city, region, postalCode, country }, ctx, TEXTS);
      if (currency === null) return z.NEVER;
      return { draft: { ...rest, currency, address }, expectedVersion };
    },
  );

type BusinessFacts = Omit<z.output<typeof businessForm>["draft"], "locale"> & { locale: string };

/** What the form shows of what stands: the other way round. */
export function businessValues({ address, ...facts }: BusinessFacts, currentVersion: number): Record<string, string> {
  const flat = { ...facts, ...address, version: currentVersion };
  return Object.fromEntries(
    Object.entries(flat).map(([name, value]) => [name, value === null ? "" : String(value ?? "")]),
  );
}
