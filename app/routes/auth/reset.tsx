import { type ActionFunctionArgs, data } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";

import { resetRequestForm } from "#app/contracts/forms/reset.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import { requestPasswordReset } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "New password" }];

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, resetRequestForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { ctx } = await ctxOf(args);
    const { email } = form.value;
    const sent = await requestPasswordReset({ ctx, input: { email, ip: serverOf(args).ip } });
    if (!sent.ok) return formReply(form.values, { message: authSentence(sent), status: 429 });
    return data({ ok: true as const, email, minutes: sent.value.minutes });
  });

export default function ResetPage() {
  const reply = useActionData<typeof action>();
  if (reply?.ok) return <Sent email={reply.email} minutes={reply.minutes} />;
  const errors = errorsOf(reply);
  return (
    <div className="grid gap-6">
      <PageHeader title="Choose a new password" lead="We mail you a link. It signs you out everywhere else." />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <Field name="email" label="E-mail" error={errors["email"]}>
          <TextInput type="email" autoComplete="username" defaultValue={reply?.values["email"]} />
        </Field>
        <SubmitButton wide>Mail me a link</SubmitButton>
      </Form>
      <BackToSignIn />
    </div>
  );
}

/** Says the same whether anybody signs in with this address or not. */
function Sent({ email, minutes }: { email: string; minutes: number }) {
  return (
    <div className="grid gap-6">
      <div role="status">
        <PageHeader
          title="Check your mail"
          lead={`If ${email} can sign in here, a link is on its way. It works once, for ${minutes} minutes.`}
        />
      </div>
      <BackToSignIn />
    </div>
  );
}

const BackToSignIn = () => (
  <p>
    <Link to="/sign-in" className="ui-link inline-flex min-h-11 items-center">
      Back to sign-in
    </Link>
  </p>
);
