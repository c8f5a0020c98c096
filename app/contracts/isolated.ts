/** A letter that runs from right to left: Hebrew, Arabic and the scripts beside them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name, or words that somebody typed, for the middle of a sentence of ours that is a text (a page isolates by `<bdi>`):
 * where it runs from right to left, U+2068 and U+2069 keep it from turning the words and numbers around it.
 */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** As isolated, for every text in the facts of a sentence. What a program reads is left as it is (paths, addresses), and so is what stands apart word for word. */
export function isolatedFacts<T>(facts: T): T {
  if (typeof facts === "string") return isolated(facts) as T;
  if (typeof facts !== "object" || facts === null) return facts;
  if (Array.isArray(facts)) return facts.map(isolatedFacts) as T;
  const entries = Object.entries(facts).map(([key, value]) => [key, AS_IT_IS.test(key) ? value : isolatedFacts(value)]);
  return Object.fromEntries(entries) as T;
}

const AS_IT_IS = /path$|^email$|^said$/i;
