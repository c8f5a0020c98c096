import { type ReactNode, useState } from "react";

/**
 * A value that may change under the reader's eyes: read out politely, on a tint that fades. `on` is what is compared.
 */
export function LiveValue({ on, children }: { on: string; children: ReactNode }) {
  const [seen, setSeen] = useState({ on, changes: 0 });
  if (seen.on !== on) setSeen({ on, changes: seen.changes + 1 });
  return (
    <span aria-live="polite" aria-atomic="true">
      <span key={seen.changes} className={seen.changes > 0 ? "ui-changed" : undefined}>
        {children}
      </span>
    </span>
  );
}
