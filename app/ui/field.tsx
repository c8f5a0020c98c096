import { createContext, type ReactNode, useContext } from "react";

import { CircleAlert } from "./icons.ts";

type FieldFacts = { id: string; name: string; describedBy: string | undefined; invalid: boolean; required: boolean };

const FieldContext = createContext<FieldFacts | null>(null);

export type FieldProps = {
  /** The form field's name. Its id is `f-<name>` unless `id` says otherwise (two forms on a page). */
  name: string;
  id?: string;
  label: string;
  /** Keeps the label for screen readers only, where the place says it already. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Not required: the label says so. Fields are required unless they say otherwise. */
  optional?: boolean;
  children: ReactNode;
};

/** Label, hint and error around one control, wired for screen readers. The control inside takes name and id from here. */
export function Field({ name, id = `f-${name}`, label, hideLabel, hint, error, optional, children }: FieldProps) {
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className="ui-field">
      <label className={hideLabel ? "sr-only" : "ui-label"} htmlFor={id}>
        {label}
        {optional ? <span className="ui-optional"> (optional)</span> : null}
      </label>
      <FieldContext.Provider value={{ id, name, describedBy, invalid: Boolean(error), required: !optional }}>
        {children}
      </FieldContext.Provider>
      {error ? <FieldError id={errorId} text={error} /> : null}
      {hint ? (
        <p className="ui-hint" id={hintId}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function FieldError({ id, text }: { id: string; text: string }) {
  return (
    <p className="ui-error" id={id}>
      <CircleAlert size={16} aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

/**
 * The attributes a control takes from the `Field` around it. `required` is announced, not enforced by the browser:
 * our own sentences say what is missing, with and without script.
 */
export function useFieldControl() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    name: field.name,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
    "aria-required": field.required || undefined,
  };
}
