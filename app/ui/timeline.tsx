import { type ReactNode } from "react";

import { type Tone, ToneMark } from "./status.tsx";

export type TimelineItem = { key: string; tone?: Tone; what: ReactNode; when?: ReactNode; note?: ReactNode };

/** What happened, newest last, and what comes next as the last item. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol className="ui-timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key}>
          <ToneMark tone={item.tone ?? "done"} className="ui-timeline-mark" />
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium">{item.what}</span>
            {item.when ? <span className="ui-timeline-note">{item.when}</span> : null}
          </div>
          {item.note ? <div className="ui-timeline-note max-w-[68ch]">{item.note}</div> : null}
        </li>
      ))}
    </ol>
  );
}
