import { type ReactNode } from "react";

/** Holds a screen's one main action in the thumb's reach on a phone, in its place on wider screens. */
export function ActionBar({ children }: { children: ReactNode }) {
  return <div className="ui-action-bar">{children}</div>;
}
