import { Form } from "@remix-run/react";

import { ButtonLink } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type EmailSectionProps = {
  email: string;
  proved: boolean;
  typed: string;
  errors: Record<string, string>;
  base: string;
};

/** The address a person signs in with. It changes once the new one has answered. */
export function EmailSection({ email, proved, typed, errors, base }: EmailSectionProps) {
  return (
    <section className="grid gap-4" aria-labelledby="email">
      <SectionHeader title="E-mail address" id="email" />
      <p className="text-ink-2">
        {email}. A new address counts once you have used the link we mail to it; the old one is told, and you sign in
        again.
      </p>
      {proved ? (
        <Form method="post" className="grid gap-4" noValidate>
          <ErrorSummary errors={errors} />
          <Field name="email" id="new-email" label="New address" error={errors["email"]}>
            <TextInput type="email" autoComplete="email" defaultValue={typed} />
          </Field>
          <div>
            <SubmitButton variant="secondary" name="intent" value="email">
              Mail me the link
            </SubmitButton>
          </div>
        </Form>
      ) : (
        <div>
          <ButtonLink to={`/confirm?to=${encodeURIComponent(`${base}/security`)}`}>Change your address</ButtonLink>
        </div>
      )}
    </section>
  );
}
