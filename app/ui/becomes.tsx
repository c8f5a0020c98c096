import { type ReactNode } from "react";

import { ArrowRight } from "./icons.ts";

/** What something is and what it becomes: a mark of our own, for no typeface need have the arrow. */
export function Becomes({ before, after }: { before: ReactNode; after: ReactNode }) {
  return (
    <span className="ui-becomes">
      {before}
      <ArrowRight size={12} role="img" aria-label="becomes" />
      {after}
    </span>
  );
}
