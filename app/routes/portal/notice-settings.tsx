import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { MAIL_TOPIC_WORDS, MUST_BE_SENT_WORDS } from "#app/contracts/messages/mail-topics.ts";
import { requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { getLogin, readMailWishes, wishMails } from "#server/domains/auth/index.ts";
import { MAIL_TOPICS, mayBeOff } from "#server/domains/notifications/index.ts";

export const meta = () => [{ title: "Which mails you get" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, signedIn } = await requireCustomer(args);
    const [login, off] = await Promise.all([getLogin(ctx.db, signedIn.loginId), readMailWishes(ctx)]);
    return {
      email: login.email,
      topics: MAIL_TOPICS.map((topic) => ({ topic, may: mayBeOff(topic), on: !off.includes(topic) })),
      saved: new URL(args.request.url).searchParams.has("saved"),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireCustomer(args);
    const chosen = (await args.request.formData()).getAll("topic");
    const wanted = Object.fromEntries(MAIL_TOPICS.map((topic) => [topic, chosen.includes(topic)]));
    await wishMails({ ctx, input: { wanted } });
    return redirect("/settings/notices?saved", 303);
  });

export default function NoticeSettings() {
  const { email, topics, saved } = useLoaderData<typeof loader>();
  return (
    <div className="grid max-w-2xl gap-8">
      <div className="grid gap-4">
        <PageHeader
          title="Which mails you get"
          lead={`They go to ${email}. What you switch off is still told here, under Notices.`}
        />
        {saved ? (
          <Notice tone="settled" live>
            Saved.
          </Notice>
        ) : null}
      </div>
      <Form method="post" className="grid gap-6">
        <fieldset className="grid gap-1">
          <legend className="sr-only">Mails you can switch off</legend>
          {topics
            .filter(({ may }) => may)
            .map(({ topic, on }) => (
              <Checkbox key={topic} name="topic" value={topic} defaultChecked={on} hint={MAIL_TOPIC_WORDS[topic].hint}>
                {MAIL_TOPIC_WORDS[topic].title}
              </Checkbox>
            ))}
        </fieldset>
        <div>
          <SubmitButton>Save</SubmitButton>
        </div>
      </Form>
      <section aria-labelledby="always" className="grid gap-3">
        <SectionHeader id="always" title="Always sent" />
        <p className="text-ink-2">{MUST_BE_SENT_WORDS}</p>
        <ul className="grid gap-2">
          {topics
            .filter(({ may }) => !may)
            .map(({ topic }) => (
              <li key={topic}>
                {MAIL_TOPIC_WORDS[topic].title}
                <span className="ui-hint block">{MAIL_TOPIC_WORDS[topic].hint}</span>
              </li>
            ))}
        </ul>
      </section>
    </div>
  );
}
