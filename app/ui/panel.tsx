import { type ReactNode } from "react";

/** A bordered ground for things that belong together. Never one inside another. */
export function Panel({ children, label, flush }: { children: ReactNode; label?: string; flush?: boolean }) {
  const inside = flush ? children : <div className="ui-panel-body">{children}</div>;
  return label ? (
    <section className="ui-panel" aria-label={label}>
      {inside}
    </section>
  ) : (
    <div className="ui-panel">{inside}</div>
  );
}
