import { type ReactNode } from "react";

import { type LucideIcon } from "./icons.ts";

export type EmptyStateProps = { icon?: LucideIcon; title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here yet: what would stand here, and one thing to do. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {Icon ? <Icon aria-hidden="true" strokeWidth={1.75} /> : null}
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div className="ui-empty-action">{action}</div> : null}
    </div>
  );
}
