import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";

import { newPasswordForm } from "#app/contracts/forms/reset.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { LinkOver } from "#app/features/auth/link-over.tsx";
import { NewPasswordField } from "#app/features/auth/new-password-field.tsx";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { openSession } from "#app/http/sign-in.server.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { findLink, MIN_PASSWORD_LENGTH, resetPassword } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "New password" }, { name: "referrer", content: "same-origin" }];

const tokenOf = ({ params }: { params: Record<string, string | undefined> }) => params["token"] ?? "";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    const link = await findLink(ctx.db, { purpose: "reset", token: tokenOf(args) });
    return { email: link?.email ?? null, least: MIN_PASSWORD_LENGTH };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, newPasswordForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { ctx } = await ctxOf(args);
    const input = { token: tokenOf(args), password: form.value.password, ip: serverOf(args).ip };
    const result = await resetPassword({ ctx, input });
    if (result.ok) return openSession(args, result.value);
    const sentence = authSentence(result);
    return result.reason.startsWith("password_")
      ? formReply({}, { errors: { password: sentence } })
      : formReply({}, { message: sentence });
  });

export default function NewPasswordPage() {
  const { email, least } = useLoaderData<typeof loader>();
  const errors = errorsOf(useActionData<typeof action>());
  if (email === null) return <LinkOver way={{ to: "/reset", label: "Have a new link mailed" }} />;
  return (
    <div className="grid gap-6">
      <PageHeader title="Choose a new password" lead={`For ${email}. Everywhere else, you are signed out.`} />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <NewPasswordField least={least} error={errors["password"]} />
        <SubmitButton wide>Save and sign in</SubmitButton>
      </Form>
    </div>
  );
}
