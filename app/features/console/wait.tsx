import { dateFormat } from "#app/contracts/date-format.ts";
import { useLocale } from "#app/ui/locale.tsx";
import { MINUTE, useNow } from "#app/ui/use-now.ts";

import { warmthOf, waitedText } from "./waiting.ts";

/** How long somebody has waited for an answer: short words whose colour warms with the minutes. */
export function Wait({ since }: { since: Date }) {
  const { locale, zone } = useLocale();
  const now = useNow();
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / MINUTE));
  const from = dateFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: zone }).format(since);
  return (
    <time
      className="wait"
      dateTime={since.toISOString()}
      data-warmth={warmthOf(minutes)}
      title={`Waiting since ${from}`}
    >
      <span className="sr-only">waiting </span>
      {waitedText(minutes)}
    </time>
  );
}
