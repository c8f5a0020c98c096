import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";

const TOKENS: Record<string, string> = {
  YYYY: "(?<year>\\d{4})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{2})",
  D: "(?<day>\\d{1,2})",
};
/** A time of day after the date, as spreadsheets like to add, is understood and left out. */
const TIME = "(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\\d{2}:?\\d{2})?)?";

const compiled = new Map<string, RegExp | null>();

function patternOf(format: string): RegExp | null {
  const known = compiled.get(format);
  if (known !== undefined) return known;
  const parts = format.match(/YYYY|MM|M|DD|D|[^A-Za-z]/g) ?? [];
  const named = (name: string) => parts.filter((part) => (TOKENS[part] ?? "").includes(`<${name}>`)).length === 1;
  const whole = parts.join("") === format && named("year") && named("month") && named("day");
  const source = parts.map((part) => TOKENS[part] ?? part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("");
  const pattern = whole ? new RegExp(`^${source}${TIME}$`) : null;
  compiled.set(format, pattern);
  return pattern;
}

/** Whether a format names year, month and day once each and nothing else but separators. */
export const isDateFormat = (format: string): boolean => format.length <= 20 && patternOf(format) !== null;

/** Reads a date written in `format`; null when the text has another shape or no calendar has that day. */
export function parseDate(text: string, format: string): LocalDate | null {
  const groups = patternOf(format)?.exec(text.trim())?.groups;
  if (!groups) return null;
  const { year = "", month = "", day = "" } = groups;
  return parseLocalDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}
