import { Form } from "@remix-run/react";

import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

import { PasskeyButton } from "./passkey-button.tsx";

type StepProps = { to: string; email: string; errors: Record<string, string> };

/** E-mail and password, or a code by mail: one form, two buttons. */
export function PasswordStep({ to, email, errors, signedOut }: StepProps & { signedOut: boolean }) {
  return (
    <div className="grid gap-6">
      <PageHeader title="Sign in" lead="See what you owe, pay it, and write to us." />
      {signedOut ? <Notice tone="settled">You are signed out.</Notice> : null}
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="to" value={to} />
        <Field name="email" label="E-mail" error={errors["email"]}>
          <TextInput type="email" autoComplete="username" defaultValue={email} />
        </Field>
        <Field name="password" label="Password" error={errors["password"]}>
          <TextInput type="password" autoComplete="current-password" />
        </Field>
        <div className="grid gap-2">
          <SubmitButton wide name="intent" value="password">
            Sign in
          </SubmitButton>
          <SubmitButton wide variant="secondary" name="intent" value="mail_code">
            Mail me a code instead
          </SubmitButton>
        </div>
      </Form>
      <PasskeyButton purpose="sign_in" to={to} label="Sign in with a passkey" />
      <p className="flex flex-wrap gap-x-6">
        <Link to="/reset" className="ui-link inline-flex min-h-11 items-center">
          Forgot your password?
        </Link>
        <Link to="/claim" className="ui-link inline-flex min-h-11 items-center">
          First time here?
        </Link>
        <Link to="/lookup" className="ui-link inline-flex min-h-11 items-center">
          Pay without signing in
        </Link>
      </p>
    </div>
  );
}

type CodeFacts = { minutes: number | null; request: string };

/** The code from the mail. Says the same whether the address has a login or not. */
export function CodeStep({ to, email, errors, minutes, request }: StepProps & CodeFacts) {
  return (
    <div className="grid gap-6">
      <PageHeader title="Check your mail" lead={leadOf(email, minutes)} />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="request" value={request} />
        <Field name="code" label="Code" hint="8 digits, from the newest mail." error={errors["code"]}>
          <TextInput
            autoComplete="one-time-code"
            inputMode="numeric"
            autoFocus
            maxLength={40}
            className="ui-input tabular"
          />
        </Field>
        <div className="grid gap-2">
          <SubmitButton wide name="intent" value="code">
            Sign in
          </SubmitButton>
          <SubmitButton wide variant="secondary" name="intent" value="mail_code">
            Send another code
          </SubmitButton>
        </div>
      </Form>
      <p>
        <Link to="/sign-in" reloadDocument className="ui-link inline-flex min-h-11 items-center">
          Use another e-mail or a password
        </Link>
      </p>
    </div>
  );
}

const leadOf = (email: string, minutes: number | null): string =>
  `If ${email} can sign in here, a code is on its way.${minutes === null ? "" : ` It works once, for ${minutes} minutes.`}`;
