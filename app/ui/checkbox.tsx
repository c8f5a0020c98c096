import { type InputHTMLAttributes, type ReactNode } from "react";

export type CheckboxProps = InputHTMLAttributes<HTMLInputElement> & { children: ReactNode; hint?: ReactNode };

/** A yes or no with its words. The whole line can be pressed. */
export function Checkbox({ children, hint, ...rest }: CheckboxProps) {
  return (
    <label className="ui-check">
      <input {...rest} type="checkbox" className="ui-box" />
      <span className="min-w-0 grow">
        {children}
        {hint ? <span className="ui-hint block">{hint}</span> : null}
      </span>
    </label>
  );
}
