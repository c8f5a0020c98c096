import { Fragment, type ReactNode } from "react";

import { FieldError } from "./field.tsx";

export type RadioRow = {
  value: string;
  label: ReactNode;
  note?: ReactNode;
  /** At the far end of the row: an amount, an expiry. */
  end?: ReactNode;
  disabled?: boolean;
  /** Opens under the row while it is chosen (by CSS: works without script). */
  open?: ReactNode;
};

export type RadioRowsProps = {
  name: string;
  legend: string;
  hideLegend?: boolean;
  rows: readonly RadioRow[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: (value: string) => void;
  error?: string | null | undefined;
};

/** One choice out of a few, as rows: saved cards, when to pay, a reason. */
export function RadioRows(props: RadioRowsProps) {
  const { name, legend, hideLegend, rows, defaultValue, value, onChange, error } = props;
  const errorId = error ? `f-${name}-error` : undefined;
  return (
    <fieldset className="ui-field" aria-describedby={errorId} id={`f-${name}`} tabIndex={-1}>
      <legend className={hideLegend ? "sr-only" : "ui-label mb-1.5"}>{legend}</legend>
      <div className="ui-radio-rows">
        {rows.map((row) => (
          <Fragment key={row.value}>
            <label className="ui-radio-row">
              <input
                type="radio"
                className="ui-box"
                name={name}
                value={row.value}
                disabled={row.disabled}
                aria-invalid={error ? true : undefined}
                {...(value === undefined
                  ? { defaultChecked: row.value === defaultValue }
                  : { checked: row.value === value, onChange: () => onChange?.(row.value) })}
              />
              <span className="ui-radio-text">
                {row.label}
                {row.note ? <span className="ui-radio-note block">{row.note}</span> : null}
              </span>
              {row.end}
            </label>
            {row.open ? <div className="ui-radio-open">{row.open}</div> : null}
          </Fragment>
        ))}
      </div>
      {error && errorId ? <FieldError id={errorId} text={error} /> : null}
    </fieldset>
  );
}
