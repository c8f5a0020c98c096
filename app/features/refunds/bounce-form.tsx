import { Form } from "@remix-run/react";
import { useState } from "react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type BounceFormProps = {
  today: LocalDate;
  formKey: string;
  /** What comes out, and from where. */
  effect: string;
  sent: Readonly<Record<string, string>> | null;
  errors: Readonly<Record<string, string>>;
};

/** A check or transfer that the bank sent back: rare, so it stands behind its name. */
export function BounceForm({ today, formKey, effect, sent, errors }: BounceFormProps) {
  const [key] = useState(formKey);
  return (
    <Disclosure label="The bank sent it back" open={sent !== null}>
      <Form method="post" className="grid max-w-[34rem] gap-4" noValidate>
        <input type="hidden" name="intent" value="bounce" />
        <input type="hidden" name="key" value={key} />
        <ErrorSummary errors={errors} />
        <p className="text-ink-2">{effect}</p>
        <Field name="bouncedOn" label="Day it came back" error={errors["bouncedOn"]}>
          <TextInput type="date" max={today} defaultValue={sent?.["bouncedOn"] ?? today} />
        </Field>
        <Field name="reason" label="Reason of the bank" error={errors["reason"]}>
          <TextInput defaultValue={sent?.["reason"] ?? ""} maxLength={200} />
        </Field>
        <div>
          <SubmitButton variant="danger">Book it as sent back</SubmitButton>
        </div>
      </Form>
    </Disclosure>
  );
}
