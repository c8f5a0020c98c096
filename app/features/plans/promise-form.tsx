import { Form } from "@remix-run/react";
import { useState } from "react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { ComingFees } from "#app/features/bills/coming-fees.tsx";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { ComingBillFee } from "#server/domains/collections/index.ts";

export type PromiseFormProps = {
  formKey: string;
  first: LocalDate;
  last: LocalDate;
  /** Late fees that come while a promise waits: it stops reminders only. */
  coming: readonly ComingBillFee[];
  /** The day of a form that came back. */
  sent?: string | undefined;
  error: string | undefined;
  docked?: boolean;
};

/** The day by which somebody says they will pay what is asked for now. `docked`: its button stays in a thumb's reach. */
export function PromiseForm({ formKey, first, last, coming, sent, error, docked = true }: PromiseFormProps) {
  const [day, setDay] = useState<string>(sent ?? last);
  const button = (
    <SubmitButton name="intent" value="promise">
      Promise this day
    </SubmitButton>
  );
  return (
    <Form method="post" className="grid max-w-[34rem] gap-4" noValidate>
      <input type="hidden" name="key" value={formKey} />
      <Field name="day" label="To be paid by" error={error} hint="Reminders wait until that day is over.">
        <TextInput
          {...{ type: "date", min: first, max: last, defaultValue: day }}
          onChange={(event) => {
            setDay(event.currentTarget.value);
          }}
        />
      </Field>
      <ComingFees fees={coming} on={day} />
      {error === undefined ? null : <ErrorFocus of={error} />}
      {docked ? <ActionBar>{button}</ActionBar> : <div>{button}</div>}
    </Form>
  );
}
