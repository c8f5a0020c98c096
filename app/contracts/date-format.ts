import { keep } from "./keep.ts";

const formats = keep<Intl.DateTimeFormat>(200);

/** A formatter for dates, made once for the same words: making one costs fifty times what using it does. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  formats(`${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
