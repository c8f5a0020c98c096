import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { MAIL_TOPIC_WORDS } from "#app/contracts/messages/mail-topics.ts";
import { LinkOver } from "#app/features/auth/link-over.tsx";
import { ctxOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { findUnsubscribe, unsubscribe } from "#server/domains/notifications/index.ts";

export const meta = () => [{ title: "Stop these mails" }, { name: "referrer", content: "same-origin" }];

const tokenOf = ({ params }: { params: Record<string, string | undefined> }) => params["token"] ?? "";

/** Looks only: a mail program that opens links ahead of its reader stops nothing. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    return findUnsubscribe(ctx, tokenOf(args));
  });

/** Pressed by a person, or posted by their mail program with nothing but `List-Unsubscribe=One-Click` (RFC 8058). */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    const token = tokenOf(args);
    const off = (await readForm(args.request)).get("intent") !== "again";
    const done = await unsubscribe({ ctx, input: { token, off } });
    if (!done.ok) return new Response(null, { status: 404 });
    return redirect(`/unsubscribe/${token}`, 303);
  });

export default function UnsubscribePage() {
  const found = useLoaderData<typeof loader>();
  if (found === null) return <LinkOver way={{ to: "/settings/notices", label: "Choose what you are told" }} />;
  const { title } = MAIL_TOPIC_WORDS[found.topic];
  return (
    <div className="grid gap-6">
      <div role="status">
        <PageHeader
          title={found.off ? "You get no more of these" : `Stop mails about “${title}”?`}
          lead={
            found.off
              ? `Mails about “${title}” are switched off for this address. They are still told in your account.`
              : "Everything else is still sent, and these are still told in your account."
          }
        />
      </div>
      <Form method="post">
        <SubmitButton wide name="intent" value={found.off ? "again" : "stop"}>
          {found.off ? "Send them again" : "Stop these mails"}
        </SubmitButton>
      </Form>
      <ButtonLink wide to="/settings/notices">
        Choose all your mails
      </ButtonLink>
    </div>
  );
}
