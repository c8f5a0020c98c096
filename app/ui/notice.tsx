import { type ReactNode } from "react";

import { CircleAlert, CircleCheck, Clock, Info, Scale } from "./icons.ts";
import { type Tone } from "./status.tsx";

const ICONS = { settled: CircleCheck, waiting: Clock, overdue: CircleAlert, dispute: Scale, done: Info };

/** One sentence about a state, and what to do. `live` reads it out when it appears. */
export function Notice({ tone = "done", live, children }: { tone?: Tone; live?: boolean; children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <div className="ui-notice" data-tone={tone} role={live ? (tone === "overdue" ? "alert" : "status") : undefined}>
      <Icon size={20} aria-hidden="true" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
