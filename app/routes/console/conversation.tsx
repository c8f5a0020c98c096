import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { accountBillPath } from "#app/features/accounts/paths.ts";
import { type ComposerReply } from "#app/features/conversation/composer-reply.ts";
import { BillPathProvider } from "#app/features/conversation/bill-path.tsx";
import { Thread } from "#app/features/conversation/thread.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { postToThread } from "#app/http/post-to-thread.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { useLiveAccount } from "#app/realtime/index.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? data.thread.conversation.title : "Conversation" },
];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const number = args.params["number"] ?? "";
    return { thread: await readThread(ctx, { which: { number }, request: args.request }) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const number = args.params["number"] ?? "";
    return postToThread(ctx, { request: args.request, which: { number }, back: `/console/c/${number}` });
  });

/** A conversation at the reps' side. */
export default function ConsoleConversationPage() {
  const { thread } = useLoaderData<typeof loader>();
  const reply: ComposerReply | undefined = useActionData<typeof action>();
  const { id, number, title, personName, accountId, accountNumber } = thread.conversation;
  useLiveAccount(accountId);
  return (
    <div className="flex h-dvh flex-col">
      <h1 className="border-b border-line p-3 text-16">
        {personName ?? "Customer"} · {title}
      </h1>
      <div className="min-h-0 flex-1">
        <BillPathProvider path={(bill) => accountBillPath(accountNumber, bill)}>
          <Thread key={id} data={thread} path={`/console/c/${number}`} reply={reply} />
        </BillPathProvider>
      </div>
    </div>
  );
}
