import { type SelectHTMLAttributes } from "react";

import { useFieldControl } from "./field.tsx";

/** The platform's own select, inside a `Field`: it knows every keyboard and every phone. */
export function Select(props: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...useFieldControl()} {...props} className="ui-input" />;
}
