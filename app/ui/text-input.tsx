import { forwardRef, type InputHTMLAttributes } from "react";

import { useFieldControl } from "./field.tsx";

export type TextInputProps = InputHTMLAttributes<HTMLInputElement>;

/** One line of text, inside a `Field`. */
export const TextInput = forwardRef<HTMLInputElement, TextInputProps>(function TextInput(
  { type = "text", ...rest },
  ref,
) {
  return <input {...useFieldControl()} {...rest} ref={ref} type={type} className="ui-input" />;
});
