import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { PLAN_EVERY_WORDS } from "#app/contracts/messages/plans.ts";
import { money } from "#app/contracts/money.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Day } from "#app/ui/date.tsx";
import { Field, FieldError } from "#app/ui/field.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { Select } from "#app/ui/select.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type TermsValues = {
  bills: readonly string[];
  instalments: string;
  every: string;
  first: string;
  down: string;
};

export type TermsBounds = { least: number; most: number; first: LocalDate; last: LocalDate };
export type TermsBill = { id: string; number: string; dueOn: LocalDate; payableMinor: bigint };

export type TermsFieldsProps = {
  bills: readonly TermsBill[];
  values: TermsValues;
  bounds: TermsBounds;
  errors: Readonly<Record<string, string>>;
  currency: Currency;
};

/** Which bills, how many instalments, how often, from when, and how much at once. */
export function TermsFields({ bills, values, bounds, errors, currency }: TermsFieldsProps) {
  return (
    <>
      <fieldset className="ui-field" id="f-bills" tabIndex={-1}>
        <legend className="ui-label mb-1.5">Bills on the plan</legend>
        {bills.map((bill) => (
          <Checkbox key={bill.id} name="bills" value={bill.id} defaultChecked={values.bills.includes(bill.id)}>
            <span className="flex justify-between gap-4">
              <span>
                {bill.number}, due <Day date={bill.dueOn} style="short" />
              </span>
              <Money value={money(bill.payableMinor, currency)} />
            </span>
          </Checkbox>
        ))}
        {errors["bills"] ? <FieldError id="f-bills-error" text={errors["bills"]} /> : null}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="instalments" label="Instalments" error={errors["instalments"]}>
          <Select defaultValue={values.instalments}>
            {Array.from({ length: bounds.most - bounds.least + 1 }, (_, at) => String(bounds.least + at)).map(
              (count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ),
            )}
          </Select>
        </Field>
        <Field name="every" label="How often">
          <Select defaultValue={values.every}>
            {Object.entries(PLAN_EVERY_WORDS).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          name="first"
          label="First instalment on"
          error={errors["first"]}
          hint={
            <>
              From <Day date={bounds.first} style="short" /> to <Day date={bounds.last} style="short" />.
            </>
          }
        >
          <TextInput type="date" defaultValue={values.first} min={bounds.first} max={bounds.last} />
        </Field>
        <Field name="down" label="Paid at once" optional error={errors["down"]} hint="A down payment lowers the rest.">
          <MoneyInput currency={currency} defaultValue={values.down} />
        </Field>
      </div>
    </>
  );
}
