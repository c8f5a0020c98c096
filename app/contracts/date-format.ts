const kept = new Map<string, Intl.DateTimeFormat>();
const MOST_KEPT = 200;

/** A formatter for dates, made once for the same words: making one costs fifty times what using it does. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size === MOST_KEPT) kept.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  kept.set(key, made);
  return made;
}
