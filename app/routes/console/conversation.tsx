import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useCallback, useState } from "react";

import { type CreditCommand } from "#app/contracts/credit-command.ts";

import { accountBillPath } from "#app/features/accounts/paths.ts";
import { type ComposerReply } from "#app/features/conversation/composer-reply.ts";
import { BillPathProvider } from "#app/features/conversation/bill-path.tsx";
import { Thread } from "#app/features/conversation/thread.tsx";
import { AccountPane } from "#app/features/console/account-pane.tsx";
import { ConversationHead } from "#app/features/console/conversation-head.tsx";
import { CreditForm } from "#app/features/console/credit-form.tsx";
import { creditOn } from "#app/features/console/credit-values.ts";
import { useCreditLine } from "#app/features/console/use-credit-line.tsx";
import { CasePanel } from "#app/features/disputes/case-panel.tsx";
import { readBeside } from "#app/http/conversation-page.server.ts";
import { Button } from "#app/ui/button.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { postToThread } from "#app/http/post-to-thread.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { useLiveAccount } from "#app/realtime/index.ts";
import { may } from "#server/domains/auth/index.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? data.thread.conversation.title : "Conversation" },
];

export { afterPreview as shouldRevalidate } from "#app/features/console/after-preview.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const number = args.params["number"] ?? "";
    const thread = await readThread(ctx, { which: { number }, request: args.request });
    const mayTakeOver = may(ctx.actor, "conversation.take_over");
    return { thread, beside: await readBeside(ctx, thread.conversation), mayTakeOver };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const number = args.params["number"] ?? "";
    return postToThread(ctx, { request: args.request, which: { number }, back: `/console/c/${number}` });
  });

/** A conversation at the reps' side: the thread, and beside it the account, the case, or the form that gives a credit. */
export default function ConsoleConversationPage() {
  const { thread, beside, mayTakeOver } = useLoaderData<typeof loader>();
  const reply: ComposerReply | undefined = useReply<typeof action>();
  const { id, accountId } = thread.conversation;
  useLiveAccount(accountId);
  return <Conversation key={id} {...{ thread, beside, mayTakeOver, reply }} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Conversation({ thread, beside, mayTakeOver, reply }: Loaded & { reply: ComposerReply | undefined }) {
  const { number, accountNumber } = thread.conversation;
  const { money, bills } = beside;
  const [params] = useSearchParams();
  const asked = bills.find((bill) => bill.number === params.get("credit"));
  const [giving, setGiving] = useState<{ command: CreditCommand | null } | null>(
    asked ? { command: creditOn(asked) } : null,
  );
  const [sideShown, setSideShown] = useState(false);
  const credit = useCreditLine({ ...{ number, money, bills }, onForm: (command) => setGiving({ command }) });
  const endGiving = useCallback(() => {
    setGiving(null);
    // Back to where the keyboard was: the thread.
    document.querySelector<HTMLElement>(".composer textarea")?.focus();
  }, []);
  return (
    <div className="talk" data-side={sideShown || giving ? "" : undefined}>
      <div className="talk-main">
        <ConversationHead
          conversation={thread.conversation}
          meId={thread.me.loginId}
          mayTakeOver={mayTakeOver}
          onCredit={() => setGiving(giving ? null : { command: null })}
          onAccount={() => setSideShown(!sideShown)}
        />
        <BillPathProvider path={(bill) => accountBillPath(accountNumber, bill)}>
          <Thread
            data={thread}
            path={`/console/c/${number}`}
            reply={reply}
            onCommand={credit.run}
            onType={credit.type}
            above={credit.line}
          />
        </BillPathProvider>
      </div>
      <section className="talk-side" aria-label="Account">
        <div className="talk-back">
          <Button onClick={() => (setSideShown(false), setGiving(null))}>Back to the conversation</Button>
        </div>
        {giving ? (
          <CreditForm
            {...{ number, money, bills, limit: beside.limit, formKey: beside.formKey, command: giving.command }}
            keptAs={`credit ${thread.me.loginId} ${number}`}
            onDone={endGiving}
          />
        ) : null}
        {/* Out of sight, not gone: what is typed into a decision waits for the credit to be given. */}
        <div className="contents" hidden={giving !== null}>
          {beside.dispute ? <CasePanel dispute={beside.dispute} formKey={beside.formKey} /> : null}
          <AccountPane {...beside} conversation={number} />
        </div>
      </section>
    </div>
  );
}
