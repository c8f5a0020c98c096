import { randomUUID } from "node:crypto";

import { json, type LoaderFunctionArgs } from "@remix-run/node";

import { askKeptAs } from "#app/features/conversation/ask-kept-as.ts";
import { type ActiveThread } from "#app/features/conversation/dock-sheet.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { readAbout } from "#app/http/conversation-subject.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { listConversationsOfAccount } from "#server/domains/conversations/index.ts";

/**
 * What the dock opens: the person's own conversation that has something unread, else the one about what the page shows
 * (`?about=`), else the one that moved last.
 */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const { items } = await listConversationsOfAccount(ctx, { accountId: account.id });
    const own = items.filter((one) => one.state !== "closed" && one.personLoginId === customer.loginId);
    const { subject } = await readAbout(ctx, account, new URL(args.request.url).searchParams.get("about") ?? "");
    const here = own.find((one) => one.subjectId !== null && one.subjectId === subject.subjectId);
    const chosen = own.find(({ unread }) => unread > 0) ?? here ?? own[0];
    const thread = chosen ? await readThread(ctx, { which: { id: chosen.id }, request: args.request }) : null;
    const keptAs = askKeptAs(customer.loginId, { subject: "general" });
    return json<ActiveThread>({ thread, clientId: randomUUID(), keptAs });
  });
