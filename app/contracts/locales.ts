/** Languages that dates and amounts can be written in. The words of the pages are English for now. */
export const LOCALES = [
  "en-US",
  "en-GB",
  "en-CA",
  "en-AU",
  "es-US",
  "es-ES",
  "es-MX",
  "fr-CA",
  "fr-FR",
  "de-DE",
] as const;
