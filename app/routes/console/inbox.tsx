import { type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useParams } from "@remix-run/react";
import { useCallback, useState } from "react";

import { KeyHelp } from "#app/features/console/key-help.tsx";
import { QueueList } from "#app/features/console/queue-list.tsx";
import { useConsoleKeys } from "#app/features/console/use-console-keys.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readPanes } from "#app/http/preferences.server.ts";
import { useLiveInbox } from "#app/realtime/index.ts";
import { useNavigate } from "#app/ui/link.tsx";
import { Panes } from "#app/ui/panes.tsx";
import { useRowKeys } from "#app/ui/use-row-keys.ts";
import { countInbox, INBOX_QUEUES, listInbox } from "#server/domains/conversations/index.ts";

export const meta = () => [{ title: "Inbox" }];

export { afterPreview as shouldRevalidate } from "#app/features/console/after-preview.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const asked = new URL(args.request.url).searchParams;
    const queue = INBOX_QUEUES.find((one) => one === asked.get("queue")) ?? "waiting";
    const who = { db: ctx.db, actor: ctx.actor };
    const [page, counts] = await Promise.all([listInbox(who, { queue, cursor: asked.get("after") }), countInbox(who)]);
    return { ...page, counts, queue, meId: staff.loginId, widths: readPanes(args.request) };
  });

/** The reps' workplace: the queue stays while conversations come and go beside it. */
export default function InboxPage() {
  const { items, nextCursor, counts, queue, meId, widths } = useLoaderData<typeof loader>();
  const { number } = useParams();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  useLiveInbox();
  useRowKeys();
  useConsoleKeys({
    onCredit: useCallback(() => document.querySelector<HTMLElement>('[aria-keyshortcuts="c"]')?.click(), []),
    onHelp: useCallback(() => setHelp(true), []),
    onEscape: useCallback(() => {
      // First out of what is open beside the thread, then out of the conversation.
      const cancel = [...document.querySelectorAll<HTMLElement>('[aria-keyshortcuts="Escape"]')].find((button) =>
        button.checkVisibility(),
      );
      if (cancel) cancel.click();
      else navigate(`/console?queue=${queue}`);
    }, [navigate, queue]),
  });
  return (
    <>
      <Panes
        labels={{ start: "Queue", middle: "Conversation" }}
        widths={widths}
        active={number === undefined ? "start" : "middle"}
        start={
          <div className="pane">
            <h1 className="sr-only">Inbox</h1>
            <QueueList rows={items} {...{ counts, queue, nextCursor, meId }} active={number} />
          </div>
        }
        middle={<Outlet />}
      />
      <KeyHelp open={help} onOpenChange={setHelp} />
    </>
  );
}
