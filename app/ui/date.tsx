import { dateFormat } from "#app/contracts/date-format.ts";
import { formatLocalDate, type LocalDate } from "#app/contracts/local-date.ts";

import { useLocale } from "./locale.tsx";
import { MINUTE, useNow } from "./use-now.ts";

/** A business day: "Fri, Nov 27" (`day`: "Nov 27"), or with its year when that is not this one. */
export function Day({ date, style = "weekday" }: { date: LocalDate; style?: "short" | "long" | "weekday" | "day" }) {
  const { locale, now } = useLocale();
  const chosen = style === "long" || date.startsWith(String(now.getUTCFullYear())) ? style : "short";
  // In full on hover, where the year is left out.
  const full = chosen === "weekday" || chosen === "day" ? formatLocalDate(date, "long", locale) : undefined;
  return (
    <time dateTime={date} title={full}>
      {formatLocalDate(date, chosen, locale)}
    </time>
  );
}

/** A moment, in the account's zone: "3 min ago" while it is younger than a day, then the date, with its year when that is not this one. In full on hover. */
export function Moment({ at, absolute = false }: { at: Date; absolute?: boolean }) {
  const { locale, zone } = useLocale();
  const now = useNow();
  const full = dateFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: zone }).format(at);
  const yearOf = (when: Date) => dateFormat("en", { year: "numeric", timeZone: zone }).format(when);
  const short: Intl.DateTimeFormatOptions = yearOf(at) === yearOf(now) ? SHORT : { ...SHORT, year: "numeric" };
  const age = now.getTime() - at.getTime();
  const recent = !absolute && age >= -MINUTE && age < DAY;
  return (
    <time dateTime={at.toISOString()} title={full}>
      {recent ? ago(age, locale) : dateFormat(locale, { ...short, timeZone: zone }).format(at)}
    </time>
  );
}

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SHORT: Intl.DateTimeFormatOptions = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };

function ago(age: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  if (age < MINUTE) return "just now";
  return age < HOUR
    ? relative.format(-Math.floor(age / MINUTE), "minute")
    : relative.format(-Math.floor(age / HOUR), "hour");
}
