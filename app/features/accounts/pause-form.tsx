import { Form } from "@remix-run/react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type PauseFormProps = {
  bills: readonly { number: string }[];
  today: LocalDate;
  sent: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
};

/** Nobody is reminded, and nothing charged, of the account or one bill: until a day, or until somebody ends it. */
export function PauseForm({ bills, today, sent, errors }: PauseFormProps) {
  return (
    <Form method="post" className="grid max-w-[34rem] gap-4" noValidate>
      <ErrorSummary errors={errors} />
      <Field name="bill" label="What to pause" error={errors["bill"]}>
        <Select defaultValue={sent["bill"] ?? ""}>
          <option value="">The whole account</option>
          {bills.map(({ number }) => (
            <option key={number} value={number}>
              Bill {number}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        name="untilOn"
        label="Last day"
        optional
        error={errors["untilOn"]}
        hint="Empty: until somebody ends the pause."
      >
        <TextInput type="date" min={today} defaultValue={sent["untilOn"] ?? ""} />
      </Field>
      <Field name="reason" label="Why" error={errors["reason"]} hint="Only staff read it.">
        <TextInput defaultValue={sent["reason"] ?? ""} maxLength={300} />
      </Field>
      <div>
        <SubmitButton name="intent" value="pause">
          Pause reminders and fees
        </SubmitButton>
      </div>
    </Form>
  );
}
