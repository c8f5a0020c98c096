import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Invite } from "#server/domains/accounts/index.ts";

import { NewPasswordField } from "./new-password-field.tsx";

type InviteProps<To extends Invite["to"]> = {
  invite: Extract<Invite, { to: To }>;
  least: number;
  name: string;
  errors: Readonly<Record<string, string>>;
};

/** An invitation to a billing account. Who has a login already only says yes. */
export function AccountInvite({ invite, least, name, errors }: InviteProps<"account">) {
  const { accountNumber, accountName, email, hasLogin } = invite;
  return (
    <div className="grid gap-6">
      <PageHeader
        title="See and pay your bills"
        lead={`Account ${accountNumber}, ${isolated(accountName)}. You sign in as ${email}.`}
      />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        {hasLogin ? null : (
          <>
            <NameField name={name} error={errors["name"]} />
            <NewPasswordField
              least={least}
              error={errors["password"]}
              label="Password"
              optional
              hint={`At least ${least} characters. Without one, we mail you a code each time you sign in.`}
            />
          </>
        )}
        <SubmitButton wide>Open the account</SubmitButton>
      </Form>
    </div>
  );
}

const ROLE_WORDS: Record<string, string> = {
  rep: "a billing representative",
  supervisor: "a supervisor",
  admin: "an administrator",
};

export function StaffInvite({ invite, least, name, errors }: InviteProps<"staff">) {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Join the team"
        lead={`As ${ROLE_WORDS[invite.role] ?? invite.role}. You sign in as ${invite.email}.`}
      />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <NameField name={name} error={errors["name"]} />
        <NewPasswordField least={least} error={errors["password"]} label="Password" />
        <SubmitButton wide>Start</SubmitButton>
      </Form>
    </div>
  );
}

const NameField = ({ name, error }: { name: string; error: string | undefined }): ReactNode => (
  <Field name="name" label="Your name" error={error}>
    <TextInput autoComplete="name" defaultValue={name} />
  </Field>
);
