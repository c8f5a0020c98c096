import { ComingFees } from "#app/features/bills/coming-fees.tsx";
import { Field } from "#app/ui/field.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { ComingBillFee } from "#server/domains/collections/index.ts";

export type PayDates = { first: string; last: string };

export type WhenChoiceProps = {
  dates: PayDates;
  when: string;
  onChange: (when: string) => void;
  /** A date takes from a saved method only. */
  saved: boolean;
  error: string | undefined;
  /** The date chosen so far. */
  on: string;
  onDate: (on: string) => void;
  /** Late fees that come to what is chosen while it waits. */
  coming: readonly ComingBillFee[];
};

/** Now, or on a day of the payer's choice. */
export function WhenChoice({ dates, when, onChange, saved, error, on, onDate, coming }: WhenChoiceProps) {
  return (
    <RadioRows
      name="when"
      legend="When"
      value={when}
      onChange={onChange}
      rows={[
        { value: "now", label: "Now" },
        {
          ...{ value: "date", label: "On a date", disabled: !saved },
          note: saved
            ? "Taken by itself. You can change or cancel it until then."
            : "Needs a saved card or bank account.",
          open: (
            <div className="grid gap-4">
              <Field name="on" label="Date" error={error}>
                <TextInput
                  {...{ type: "date", min: dates.first, max: dates.last, defaultValue: on }}
                  onChange={(event) => {
                    onDate(event.currentTarget.value);
                  }}
                />
              </Field>
              <ComingFees fees={coming} on={on} />
            </div>
          ),
        },
      ]}
    />
  );
}
