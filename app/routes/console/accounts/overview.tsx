import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";

import { startConversationForm } from "#app/contracts/forms/account.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { ConversationRows } from "#app/features/accounts/conversation-rows.tsx";
import { accountBillPath, accountPartPath, accountPaymentPath } from "#app/features/accounts/paths.ts";
import { StartConversation } from "#app/features/accounts/start-conversation.tsx";
import { UnreadMail } from "#app/features/accounts/unread-mail.tsx";
import { ActivityTable } from "#app/features/activity/activity-table.tsx";
import { billRow } from "#app/features/bills/bill-row.ts";
import { BillTable } from "#app/features/bills/bill-table.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getAccountByNumber, getAccountPeople, listReadersOf } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { listConversationsOfAccount, openConversation } from "#server/domains/conversations/index.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { type Activity, listActivity, listReaders } from "#server/domains/statements/index.ts";

const BILLS_SHOWN = 8;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const [accountId, today] = [account.id, todayIn(account.zone, ctx.now)];
    const [bills, activity, conversations, { people }, billReaders, statement] = await Promise.all([
      listOpenBills(ctx.db, { accountId, today }),
      listActivity(ctx.db, { accountId, limit: 12 }),
      listConversationsOfAccount(ctx, { accountId }),
      getAccountPeople(ctx.db, accountId),
      listReadersOf(ctx.db, { account, topic: "bill" }),
      listReaders(ctx.db, account),
    ]);
    const { number, email, status, delivery } = account;
    const unread = {
      account: { number, email },
      bills: status === "active" && delivery === "electronic" ? billReaders : null,
      statement: statement.monthly ? statement : null,
    };
    return {
      ...{ number, bills: bills.slice(0, BILLS_SHOWN).map(billRow), openBills: bills.length },
      ...{ activity: activity.items, conversations: conversations.items.slice(0, 8), people, unread },
    };
  });

/** Starts a conversation with a customer, or goes on in the one that is open. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const form = await parseForm(args.request, startConversationForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { title, body, personLoginId } = form.value;
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const { people } = await getAccountPeople(ctx.db, account.id);
    const person = people.find((one) => one.loginId === personLoginId)?.loginId ?? null;
    const opened = await openConversation({
      ctx,
      input: {
        ...{ accountId: account.id, subject: "general", title, personLoginId: person },
        firstMessage: { clientId: randomUUID(), body },
      },
    });
    if (opened.ok) return redirect(`/console/c/${opened.value.conversation.number}`);
    return formReply(form.values, { message: "The message could not be sent. Shorten it, then send it again." });
  });

export default function AccountOverview() {
  const { number, bills, openBills, activity, conversations, people, unread } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const billPath = (bill: string) => accountBillPath(number, bill);
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
      <div className="grid min-w-0 content-start gap-8">
        <UnreadMail {...unread} />
        <section aria-labelledby="open-bills">
          <SectionHeader
            id="open-bills"
            title={openBills > BILLS_SHOWN ? `Open bills, the oldest of ${String(openBills)}` : "Open bills"}
            action={<Link to={accountPartPath(number, "bills")}>All bills</Link>}
          />
          {bills.length > 0 ? (
            <BillTable bills={bills} caption="Open bills" show="both" pathOf={billPath} />
          ) : (
            <p className="text-ink-2">Nothing is open.</p>
          )}
        </section>
        <section aria-labelledby="activity">
          <SectionHeader id="activity" title="What happened" />
          {activity.length > 0 ? (
            <ActivityTable
              items={activity}
              caption="What happened"
              pathOf={(item) => staffPath(item, { billPath, number })}
            />
          ) : (
            <p className="text-ink-2">Nothing yet: bills, payments, credits and disputes stand here.</p>
          )}
        </section>
      </div>
      <section aria-labelledby="conversations" className="min-w-0">
        <SectionHeader id="conversations" title="Conversations" />
        {conversations.length > 0 ? (
          <ConversationRows items={conversations} />
        ) : (
          <p className="text-ink-2">Nobody has written yet.</p>
        )}
        <StartConversation people={people} errors={errorsOf(reply)} values={reply?.values ?? {}} />
      </section>
    </div>
  );
}

/** Where the console tells a line of the history in full. */
type Paths = { billPath: (number: string) => string; number: string };

function staffPath(item: Activity, { billPath, number }: Paths): string | null {
  switch (item.kind) {
    case "bill":
      return billPath(item.number);
    case "credit":
      return item.billNumber === null ? null : billPath(item.billNumber);
    case "dispute":
      return `/console/disputes/${encodeURIComponent(item.number)}`;
    case "payment":
      return accountPaymentPath(number, encodeId("payment", item.id));
  }
}
