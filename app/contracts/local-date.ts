import { dateFormat } from "./date-format.ts";
import { keep } from "./keep.ts";

/** A business day, `YYYY-MM-DD`, without a time zone of its own. */
export type LocalDate = string & { readonly __brand: "LocalDate" };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** The date of `YYYY-MM-DD` text, or null when no calendar has that day (2026-02-30, 0000-00-00). */
export function parseLocalDate(text: string): LocalDate | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const made = new Date(Date.UTC(year, month - 1, day));
  const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return same && year >= 1900 ? (text as LocalDate) : null;
}

/** As `parseLocalDate`, for text that our own database or code vouches for. Throws on anything else. */
export function localDate(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(`not a date: ${text.slice(0, 40)}`);
  return parsed;
}

const NUMERIC = { year: "numeric", month: "2-digit", day: "2-digit" } as const;

/** The business day an instant falls on in an IANA time zone. */
export function localDateOf(instant: Date, zone: string): LocalDate {
  const parts = dateFormat("en-CA", { ...NUMERIC, timeZone: zone }).formatToParts(instant);
  const pick = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return localDate(`${pick("year").padStart(4, "0")}-${pick("month")}-${pick("day")}`);
}

const toUtcMs = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`);
const fromUtcMs = (ms: number): LocalDate => localDate(new Date(ms).toISOString().slice(0, 10));

export const addDays = (date: LocalDate, days: number): LocalDate => fromUtcMs(toUtcMs(date) + days * DAY_MS);

/** Same day some months on; the last of the month when that month is shorter (Jan 31 + 1 = Feb 28 or 29). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromUtcMs(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => (toUtcMs(to) - toUtcMs(from)) / DAY_MS;

/** Monday to Friday; public holidays are the biller's policy and not known here. */
export function addBusinessDays(date: LocalDate, days: number): LocalDate {
  let at = date;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    const weekday = new Date(toUtcMs(at)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}

const STYLES = {
  short: { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" },
  long: { month: "long", day: "numeric", year: "numeric", timeZone: "UTC" },
  day: { month: "short", day: "numeric", timeZone: "UTC" },
  weekday: { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const written = keep<string>(5_000);

/** "Nov 27, 2026" in the reader's language. Kept: the pages of a month name the same few days over and over. */
export function formatLocalDate(date: LocalDate, style: keyof typeof STYLES = "short", locale = "en-US"): string {
  return written(`${date} ${style} ${locale}`, () => dateFormat(locale, STYLES[style]).format(toUtcMs(date)));
}
