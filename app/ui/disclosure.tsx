import { type ReactNode } from "react";

export type DisclosureProps = {
  label: string;
  /** What it is about, read out only: where the row says it already. */
  about?: string;
  open?: boolean;
  children: ReactNode;
};

/** A form that most readers do not need, behind its name. The platform's own: works without script. */
export function Disclosure({ label, about, open = false, children }: DisclosureProps) {
  return (
    <details className="ui-disclosure" open={open}>
      <summary>
        {label}
        {about === undefined ? null : (
          <span className="sr-only">
            : <bdi>{about}</bdi>
          </span>
        )}
      </summary>
      <div className="ui-disclosure-body">{children}</div>
    </details>
  );
}
