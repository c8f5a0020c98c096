import { type FormEvent, forwardRef, type TextareaHTMLAttributes } from "react";

import { useFieldControl } from "./field.tsx";

/** Several lines of text that grow with what is written, inside a `Field`. */
export const Textarea = forwardRef<HTMLTextAreaElement, TextareaHTMLAttributes<HTMLTextAreaElement>>(function Textarea(
  { onInput, rows = 3, ...rest },
  ref,
) {
  const input = (event: FormEvent<HTMLTextAreaElement>) => {
    grow(event.currentTarget);
    onInput?.(event);
  };
  return <textarea {...useFieldControl()} {...rest} ref={ref} rows={rows} onInput={input} className="ui-input" />;
});

/** Newer browsers grow by CSS alone (`field-sizing`); the others are told here. */
function grow(area: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
