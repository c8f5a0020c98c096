import { json, type LoaderFunctionArgs } from "@remix-run/node";

import { askKeptAs } from "#app/features/conversation/ask-kept-as.ts";
import { type ActiveThread } from "#app/features/conversation/dock-sheet.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { readAbout } from "#app/http/conversation-subject.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor } from "#app/http/form-key.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { listConversationsOfAccount } from "#server/domains/conversations/index.ts";

/**
 * What the dock opens: the person's own conversation that has something unread, else the one about what the page shows
 * (`?about=`), else the one that moved last. Once one is open, it is that one (`?stays=`), also when it is closed meanwhile:
 * what is being written goes where it was begun.
 */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const { items } = await listConversationsOfAccount(ctx, { accountId: account.id });
    const theirs = items.filter((one) => one.personLoginId === customer.loginId);
    const own = theirs.filter((one) => one.state !== "closed");
    const { searchParams } = new URL(args.request.url);
    const { subject } = await readAbout(ctx, account, searchParams.get("about") ?? "");
    const opened = theirs.find((one) => one.number === searchParams.get("stays"));
    const here = own.find((one) => one.subjectId !== null && one.subjectId === subject.subjectId);
    const chosen = opened ?? own.find(({ unread }) => unread > 0) ?? here ?? own[0];
    const thread = chosen ? await readThread(ctx, { which: { id: chosen.id }, request: args.request }) : null;
    const keptAs = askKeptAs(customer.loginId, { subject: "general" });
    return json<ActiveThread>({ thread, clientId: formKeyFor(account.id), keptAs });
  });
