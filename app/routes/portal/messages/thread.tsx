import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { type ComposerReply } from "#app/features/conversation/composer-reply.ts";
import { Thread } from "#app/features/conversation/thread.tsx";
import { requireCustomer } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { postToThread } from "#app/http/post-to-thread.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { Link } from "#app/ui/link.tsx";
import { useReply } from "#app/ui/use-reply.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? data.thread.conversation.title : "Messages" },
];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireCustomer(args);
    const number = args.params["number"] ?? "";
    return { thread: await readThread(ctx, { which: { number }, request: args.request }) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireCustomer(args);
    const number = args.params["number"] ?? "";
    return postToThread(ctx, { request: args.request, which: { number }, back: `/messages/${number}` });
  });

export default function MessagesThreadPage() {
  const { thread } = useLoaderData<typeof loader>();
  const reply: ComposerReply | undefined = useReply<typeof action>();
  const { id, number, title, state } = thread.conversation;
  return (
    <div className="grid max-w-3xl gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h1 className="text-20">{title}</h1>
        <Link to="/messages">All messages</Link>
      </div>
      {state === "closed" ? (
        <p className="text-14 text-ink-2">This conversation is closed. Write to open it again.</p>
      ) : null}
      <div className="thread-page">
        <Thread key={id} data={thread} path={`/messages/${number}`} reply={reply} />
      </div>
    </div>
  );
}
