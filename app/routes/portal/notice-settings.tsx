import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { MUST_BE_SENT_WORDS } from "#app/contracts/messages/mail-topics.ts";
import { TopicRows } from "#app/features/notices/topic-rows.tsx";
import { requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { getLogin, readMailWishes, wishMails } from "#server/domains/auth/index.ts";
import { MAIL_TOPICS, mayBeOff } from "#server/domains/notifications/index.ts";

export const meta = () => [{ title: "What you are told" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, signedIn } = await requireCustomer(args);
    const [login, { mailOff, quiet }] = await Promise.all([getLogin(ctx.db, signedIn.loginId), readMailWishes(ctx)]);
    return {
      email: login.email,
      topics: MAIL_TOPICS.map((topic) => ({
        topic,
        mail: mayBeOff(topic) ? !mailOff.includes(topic) : ("always" as const),
        rings: !quiet.includes(topic),
      })),
      saved: new URL(args.request.url).searchParams.has("saved"),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireCustomer(args);
    const form = await readForm(args.request);
    const wishes = (name: string) => {
      const chosen = form.getAll(name);
      return Object.fromEntries(MAIL_TOPICS.map((topic) => [topic, chosen.includes(topic)]));
    };
    await wishMails({ ctx, input: { wanted: wishes("mail"), ring: wishes("ring") } });
    return redirect("/settings/notices?saved", 303);
  });

export default function NoticeSettings() {
  const { email, topics, saved } = useLoaderData<typeof loader>();
  return (
    <div className="grid max-w-2xl gap-8">
      <div className="grid gap-4">
        <PageHeader
          title="What you are told"
          lead={`Mails go to ${email}. The bell counts what is new here. Whatever you switch off still stands under Notices.`}
        />
        {saved ? (
          <Notice tone="settled" live>
            Saved.
          </Notice>
        ) : null}
      </div>
      <Form method="post" className="grid gap-6">
        <TopicRows topics={topics} />
        <p className="ui-hint">{MUST_BE_SENT_WORDS}</p>
        <div>
          <SubmitButton>Save</SubmitButton>
        </div>
      </Form>
    </div>
  );
}
