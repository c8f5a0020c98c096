import { Form } from "@remix-run/react";

import { NewPasswordField } from "#app/features/auth/new-password-field.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type PasswordFormProps = { hasPassword: boolean; least: number; errors: Readonly<Record<string, string>> };

/** Who signs in with codes may choose a password; who has one proves it first. */
export function PasswordForm({ hasPassword, least, errors }: PasswordFormProps) {
  return (
    <section className="grid gap-4" aria-labelledby="password">
      <SectionHeader
        title="Password"
        id="password"
        action={hasPassword ? <Link to="/reset">Forgot it?</Link> : undefined}
      />
      {hasPassword ? null : (
        <p className="text-ink-2">You have none: each time you sign in, we mail you a code. That can stay so.</p>
      )}
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        {hasPassword ? (
          <Field name="current" label="Present password" error={errors["current"]}>
            <TextInput type="password" autoComplete="current-password" />
          </Field>
        ) : null}
        <NewPasswordField least={least} error={errors["password"]} />
        <div>
          <SubmitButton variant="secondary" name="intent" value="password">
            {hasPassword ? "Change password" : "Set password"}
          </SubmitButton>
        </div>
      </Form>
    </section>
  );
}
