import { type ReactNode } from "react";

export type SegmentedProps = {
  name: string;
  legend: string;
  options: readonly { value: string; label: ReactNode }[];
  wide?: boolean;
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
};

/** Two to four short choices beside each other. A radio group, so arrows move and forms carry it. */
export function Segmented({ name, legend, options, wide, defaultValue, value, onChange }: SegmentedProps) {
  return (
    <fieldset>
      <legend className="sr-only">{legend}</legend>
      <div className="ui-segments" data-wide={wide ? "" : undefined}>
        {options.map((option) => (
          <label key={option.value} className="ui-segment">
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={option.value}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value, onChange: () => onChange?.(option.value) })}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
