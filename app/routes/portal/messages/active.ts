import { randomUUID } from "node:crypto";

import { json, type LoaderFunctionArgs } from "@remix-run/node";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readThread } from "#app/http/thread.server.ts";
import { listConversationsOfAccount } from "#server/domains/conversations/index.ts";

/** What the dock opens: the person's own conversation that has something unread, else the one that moved last. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const { items } = await listConversationsOfAccount(ctx, { accountId: account.id });
    const own = items.filter((one) => one.state !== "closed" && one.personLoginId === customer.loginId);
    const chosen = own.find(({ unread }) => unread > 0) ?? own[0];
    const thread = chosen ? await readThread(ctx, { which: { id: chosen.id }, request: args.request }) : null;
    return json<{ thread: ThreadData | null; clientId: string }>({ thread, clientId: randomUUID() });
  });
