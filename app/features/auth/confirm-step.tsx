import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

import { FactorCodeField } from "./factor-code-field.tsx";

export type ConfirmWay = "factor" | "password" | "mail" | "mailed";
type ConfirmStepProps = {
  email: string;
  way: ConfirmWay;
  errors: Record<string, string>;
  request?: string;
  children?: ReactNode;
};

const LEADS: Record<ConfirmWay, string> = {
  factor: "This changes how you sign in, so we ask for a code from your authenticator app first.",
  password: "This changes how you sign in, so we ask for your password first.",
  mail: "This changes how you sign in, so we mail you a code first.",
  mailed: "A code is on its way to you.",
};

/** Before a change that matters: who it is, once more. */
export function ConfirmStep({ email, way, errors, request = "", children }: ConfirmStepProps) {
  return (
    <div className="grid gap-6">
      <PageHeader title="Confirm it is you" lead={LEADS[way]} />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        {way === "mailed" ? <input type="hidden" name="request" value={request} /> : null}
        <Proof way={way} errors={errors} />
      </Form>
      {children}
      <p>
        <Link to="/" className="ui-link inline-flex min-h-11 items-center">
          Leave everything as it is
        </Link>
      </p>
    </div>
  );
}

function Proof({ way, errors }: Pick<ConfirmStepProps, "way" | "errors">) {
  if (way === "factor")
    return (
      <>
        <FactorCodeField error={errors["code"]} recovery />
        <SubmitButton wide name="intent" value="factor">
          Confirm
        </SubmitButton>
      </>
    );
  if (way === "password")
    return (
      <>
        <Field name="password" label="Password" error={errors["password"]}>
          <TextInput type="password" autoComplete="current-password" autoFocus />
        </Field>
        <SubmitButton wide name="intent" value="password">
          Confirm
        </SubmitButton>
      </>
    );
  if (way === "mail")
    return (
      <SubmitButton wide name="intent" value="mail_code">
        Mail me a code
      </SubmitButton>
    );
  return (
    <>
      <Field name="code" label="Code" hint="8 digits, from the newest mail." error={errors["code"]}>
        <TextInput autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={40} />
      </Field>
      <SubmitButton wide name="intent" value="mailed_code">
        Confirm
      </SubmitButton>
    </>
  );
}
