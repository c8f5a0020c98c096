import { type ReactNode } from "react";

/** A form that most readers do not need, behind its name. The platform's own: works without script. */
export function Disclosure({ label, open = false, children }: { label: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="ui-disclosure" open={open}>
      <summary>{label}</summary>
      <div className="ui-disclosure-body">{children}</div>
    </details>
  );
}
