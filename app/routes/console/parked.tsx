import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PackageCheck } from "lucide-react";

import { PARKED_WORDS } from "#app/contracts/messages/policies.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Moment } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { listParkedEvents } from "#server/domains/payments/index.ts";

export const meta: MetaFunction = () => [{ title: "Parked events" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    return { events: await listParkedEvents(ctx.db) };
  });

/** What the payment processor told us that changed no books: kept, and here for a person to look at. */
export default function ParkedPage() {
  const { events } = useLoaderData<typeof loader>();
  return (
    <ConsolePage>
      <PageHeader
        title="Parked events"
        lead="What the payment processor told us and our books do not know yet: payouts, and events of an unknown kind. The newest 100."
      />
      {events.length > 0 ? (
        <Table
          caption="Parked events"
          rows={events}
          rowKey={(event) => event.id}
          columns={[
            {
              ...{ key: "type", header: "Event", phone: "title" },
              cell: ({ type }) => <span className="font-medium">{type}</span>,
            },
            {
              ...{ key: "object", header: "About", phone: "sub" },
              cell: ({ objectId, id }) => <span className="font-mono text-ink-2 break-all">{objectId ?? id}</span>,
            },
            {
              key: "why",
              header: "Why it waits",
              phone: "detail",
              cell: ({ parkedReason }) => PARKED_WORDS[parkedReason ?? ""] ?? parkedReason ?? "–",
            },
            {
              ...{ key: "when", header: "When", align: "end", phone: "end" },
              cell: ({ eventCreatedAt }) => <Moment at={eventCreatedAt} />,
            },
          ]}
        />
      ) : (
        <EmptyState icon={PackageCheck} title="Nothing is parked">
          Every event of the processor has found its place in the books.
        </EmptyState>
      )}
    </ConsolePage>
  );
}
