import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { messageRefusal } from "#app/contracts/messages/conversation.ts";
import { askKeptAs } from "#app/features/conversation/ask-kept-as.ts";
import { type ComposerReply } from "#app/features/conversation/composer-reply.ts";
import { ConversationList } from "#app/features/conversation/conversation-list.tsx";
import { StartForm } from "#app/features/conversation/start-form.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { readAbout } from "#app/http/conversation-subject.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { listConversationsOfAccount, openConversation } from "#server/domains/conversations/index.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta: MetaFunction = () => [{ title: "Messages" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const { searchParams } = new URL(args.request.url);
    const about = await readAbout(ctx, account, searchParams.get("about") ?? "");
    const cursor = searchParams.get("cursor");
    const page = await listConversationsOfAccount(ctx, { accountId: account.id, cursor });
    const { subject, subjectId = null } = about.subject;
    const active = page.items.find(
      (one) =>
        one.state !== "closed" &&
        one.personLoginId === customer.loginId &&
        one.subject === subject &&
        one.subjectId === subjectId,
    );
    if (active && searchParams.has("about")) throw redirect(`/messages/${active.number}`);
    const keptAs = askKeptAs(customer.loginId, about.subject);
    const ask = active ? null : { about: about.about, title: about.title, clientId: formKeyFor(account.id), keptAs };
    return { items: page.items, nextCursor: page.nextCursor, ask };
  });

const startForm = z.object({
  clientId: z.uuid(),
  body: z.string(),
  about: z.string().max(80).default(""),
  stay: z.literal("1").optional(),
});

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const form = await parseForm(args.request, startForm);
    if (!form.ok) return data<ComposerReply>(form.reply, { status: 422 });
    const { clientId, body, about, stay } = form.value;
    const elsewhere = otherAccount(clientId, account);
    if (elsewhere !== null)
      return formReply({ ...form.values, clientId: formKeyFor(account.id) }, { message: elsewhere, status: 409 });
    const { subject, title } = await readAbout(ctx, account, about);
    const opened = await openConversation({
      ctx,
      input: { ...subject, accountId: account.id, title, firstMessage: { clientId, body } },
    });
    if (!opened.ok) return formReply(form.values, { message: messageRefusal(opened) });
    if (stay === "1") return data<ComposerReply>({ ok: true });
    throw redirect(`/messages/${opened.value.conversation.number}`);
  });

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export default function MessagesPage() {
  const { items, nextCursor, ask } = useLoaderData<typeof loader>();
  const reply: ComposerReply | undefined = useReply<typeof action>();
  return (
    <div className="grid max-w-3xl gap-10">
      <PageHeader title="Messages" lead="A person answers. What you ask and what we say is kept here." />
      {ask ? (
        <section aria-labelledby="ask">
          <SectionHeader id="ask" title={ask.about ? `Ask about ${lowerFirst(ask.title)}` : "Ask us"} />
          <StartForm
            {...{ about: ask.about, clientId: ask.clientId, keptAs: ask.keptAs, reply }}
            label="Your message"
          />
        </section>
      ) : null}
      {items.length > 0 ? (
        <section aria-labelledby="threads">
          <SectionHeader id="threads" title="Conversations" />
          <ConversationList items={items} />
          <Pagination label="Conversations" older={nextCursor && `/messages?cursor=${nextCursor}`} />
        </section>
      ) : null}
    </div>
  );
}
