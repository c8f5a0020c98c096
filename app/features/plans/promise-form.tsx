import { Form } from "@remix-run/react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type PromiseFormProps = {
  formKey: string;
  first: LocalDate;
  last: LocalDate;
  /** The day of a form that came back. */
  sent?: string | undefined;
  error: string | undefined;
  docked?: boolean;
};

/** The day by which somebody says they will pay what is asked for now. `docked`: its button stays in a thumb's reach. */
export function PromiseForm({ formKey, first, last, sent, error, docked = true }: PromiseFormProps) {
  const button = (
    <SubmitButton name="intent" value="promise">
      Promise this day
    </SubmitButton>
  );
  return (
    <Form method="post" className="grid max-w-[34rem] gap-4" noValidate>
      <input type="hidden" name="key" value={formKey} />
      <Field name="day" label="To be paid by" error={error} hint="Reminders wait until that day is over.">
        <TextInput type="date" defaultValue={sent ?? last} min={first} max={last} />
      </Field>
      {error === undefined ? null : <ErrorFocus of={error} />}
      {docked ? <ActionBar>{button}</ActionBar> : <div>{button}</div>}
    </Form>
  );
}
