import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

import { FactorCodeField } from "./factor-code-field.tsx";

type FactorStepProps = {
  email: string;
  to: string;
  errors: Record<string, string>;
  /** For whoever has lost the phone and the paper. */
  lost: string;
  children?: ReactNode;
};

/** The second step of signing in. */
export function FactorStep({ email, to, errors, lost, children }: FactorStepProps) {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="One more step"
        lead={`Signing in as ${email}. Open your authenticator app and type its code.`}
      />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="to" value={to} />
        <FactorCodeField error={errors["code"]} recovery />
        <SubmitButton wide>Sign in</SubmitButton>
      </Form>
      {children}
      <p className="text-ink-2">{lost}</p>
      <Form method="post" action="/sign-out" reloadDocument>
        <button className="ui-link inline-flex min-h-11 items-center">Sign in as somebody else</button>
      </Form>
    </div>
  );
}
