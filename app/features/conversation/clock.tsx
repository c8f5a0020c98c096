import { dateFormat } from "#app/contracts/date-format.ts";
import { useLocale } from "#app/ui/locale.tsx";

/** The time of day of a message, in the account's zone; the whole date on hover. */
export function Clock({ at }: { at: string }) {
  const { locale, zone } = useLocale();
  const date = new Date(at);
  const short = dateFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" }).format(date);
  const full = dateFormat(locale, { timeZone: zone, dateStyle: "full", timeStyle: "short" }).format(date);
  return (
    <time className="thread-time" dateTime={at} title={full}>
      {short}
    </time>
  );
}
