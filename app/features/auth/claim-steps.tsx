import { Form } from "@remix-run/react";

import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

type Texts = Readonly<Record<string, string>>;
type StepProps = { values: Texts; errors: Texts };

/** What stands on a bill, and who asks. */
export function ClaimStep({ values, errors }: StepProps) {
  return (
    <div className="grid gap-6">
      <PageHeader title="Open your account" lead="With one of your bills at hand, this takes a minute." />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <Field
          name="accountNumber"
          label="Account number"
          hint="At the top of each bill."
          error={errors["accountNumber"]}
        >
          <TextInput autoComplete="off" spellCheck={false} defaultValue={values["accountNumber"]} />
        </Field>
        <Field name="postalCode" label="Postal code" hint="Where your bills go." error={errors["postalCode"]}>
          <TextInput autoComplete="postal-code" defaultValue={values["postalCode"]} />
        </Field>
        <Field name="name" label="Your name" error={errors["name"]}>
          <TextInput autoComplete="name" defaultValue={values["name"]} />
        </Field>
        <Field
          name="email"
          label="Your e-mail"
          hint="Where we write if we have no address for this account yet."
          error={errors["email"]}
        >
          <TextInput type="email" autoComplete="email" defaultValue={values["email"]} />
        </Field>
        <SubmitButton wide name="intent" value="start">
          Go on
        </SubmitButton>
      </Form>
      <p>
        <Link to="/sign-in" className="ui-link inline-flex min-h-11 items-center">
          You have signed in before?
        </Link>
      </p>
    </div>
  );
}

const KEPT = ["accountNumber", "postalCode", "name", "email"] as const;

/** The code from the mail to the address on file. Says the same whatever is true. */
export function ClaimCodeStep({ values, errors, minutes }: StepProps & { minutes: number | null }) {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Check the mail we have on file"
        lead={`If account number and postal code belong together, a code is on its way to the address we have for the account.${
          minutes === null ? "" : ` It works once, for ${minutes} minutes.`
        }`}
      />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        {KEPT.map((name) => (
          <input key={name} type="hidden" name={name} value={values[name] ?? ""} />
        ))}
        <Field name="code" label="Code" hint="8 digits, from the newest mail." error={errors["code"]}>
          <TextInput autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={40} />
        </Field>
        <SubmitButton wide name="intent" value="finish">
          Open the account
        </SubmitButton>
      </Form>
      <p className="text-ink-2">
        No mail? If we have no address for the account, somebody here checks it and writes to {values["email"]}, usually
        within a business day.
      </p>
      <p>
        <Link to="/claim" reloadDocument className="ui-link inline-flex min-h-11 items-center">
          Start again
        </Link>
      </p>
    </div>
  );
}
