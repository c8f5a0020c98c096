import { type z } from "zod";

import { optionalText } from "./fields.ts";

type Texts = { line1: string; city: string; postalCode: string; country: string; tooLong: string };

/** The fields of a postal address, to spread into a form. */
export const addressFields = ({ tooLong }: Texts) => ({
  line1: optionalText(120, tooLong),
  line2: optionalText(120, tooLong),
  city: optionalText(80, tooLong),
  region: optionalText(80, tooLong),
  postalCode: optionalText(20, tooLong),
  country: optionalText(60, tooLong),
});

type Fields = Record<"line1" | "line2" | "city" | "region" | "postalCode" | "country", string | null>;

export type FormAddress = {
  line1: string;
  line2?: string | undefined;
  city: string;
  region?: string | undefined;
  postalCode: string;
  country: string;
};

/**
 * An address is whole or it is absent: `alone` names the fields that may stand without the rest (an account's postal
 * code proves who claims it). Adds a sentence for each part that is missing.
 */
export function readAddress(fields: Fields, ctx: z.RefinementCtx, texts: Texts): FormAddress | null {
  const { line1, line2, city, region, postalCode, country } = fields;
  if (!line1 && !line2 && !city && !region) return null;
  const code = country?.toUpperCase() ?? null;
  if (line1 && city && postalCode && code && /^[A-Z]{2}$/.test(code)) {
    return { line1, line2: line2 ?? undefined, city, region: region ?? undefined, postalCode, country: code };
  }
  const missing = { line1: !line1, city: !city, postalCode: !postalCode, country: !code || !/^[A-Z]{2}$/.test(code) };
  for (const name of ["line1", "city", "postalCode", "country"] as const) {
    if (missing[name]) ctx.addIssue({ code: "custom", path: [name], message: texts[name] });
  }
  return null;
}
