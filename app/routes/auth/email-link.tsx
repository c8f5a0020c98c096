import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { LinkOver } from "#app/features/auth/link-over.tsx";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply } from "#app/http/forms.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { confirmEmailChange, findLink, undoEmailChange } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "Your e-mail address" }, { name: "referrer", content: "same-origin" }];

const tokenOf = ({ params }: { params: Record<string, string | undefined> }) => params["token"] ?? "";

/** Looks only: a mail program that opens links ahead of its reader changes nothing. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    const link = await findLink(ctx.db, { purpose: "change_email", token: tokenOf(args) });
    return link ? { email: link.email, undoes: link.payload["to"] === "undo" } : null;
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    const input = { token: tokenOf(args), ip: serverOf(args).ip };
    const undoes = (await readForm(args.request)).get("intent") === "undo";
    const done = await (undoes ? undoEmailChange : confirmEmailChange)({ ctx, input });
    if (done.ok) return { ok: true as const, email: done.value.email, undone: undoes };
    return formReply({}, { message: authSentence(done) });
  });

export default function EmailLinkPage() {
  const link = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (reply?.ok === true) return <Done email={reply.email} undone={reply.undone} />;
  if (link === null) return <LinkOver way={{ to: "/sign-in", label: "Go to sign-in" }} />;
  const { email, undoes } = link;
  return (
    <div className="grid gap-6">
      <PageHeader
        title={undoes ? "Undo the change" : "Use this address"}
        lead={
          undoes
            ? `Your login gets ${email} back. Everybody is signed out, and the password stops working.`
            : `From now on you sign in as ${email}. Everywhere you are signed in, you are signed out.`
        }
      />
      <Form method="post" className="grid gap-4">
        <ErrorSummary errors={errorsOf(reply)} />
        <SubmitButton wide name="intent" value={undoes ? "undo" : "confirm"}>
          {undoes ? "Undo it" : "Use this address"}
        </SubmitButton>
      </Form>
    </div>
  );
}

function Done({ email, undone }: { email: string; undone: boolean }) {
  return (
    <div className="grid gap-6">
      <div role="status">
        <PageHeader
          title={undone ? "It is undone" : "Your address is changed"}
          lead={undone ? `You sign in as ${email} again. Choose a new password first.` : `You sign in as ${email} now.`}
        />
      </div>
      <ButtonLink variant="primary" wide to={undone ? "/reset" : "/sign-in"}>
        {undone ? "Choose a new password" : "Sign in"}
      </ButtonLink>
    </div>
  );
}
