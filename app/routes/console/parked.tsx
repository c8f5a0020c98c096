import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { parkedForm } from "#app/contracts/forms/refund.ts";
import { PARKED_REFUSALS } from "#app/contracts/messages/by-hand.ts";
import { PARKED_WORDS } from "#app/contracts/messages/policies.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { WorkOff } from "#app/features/business/work-off.tsx";
import { LossList } from "#app/features/refunds/loss-list.tsx";
import { PackageCheck } from "#app/ui/icons.ts";
import { Answer } from "#app/ui/answer.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Moment } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { listLosses, listParkedEvents, workOffEvent } from "#server/domains/payments/index.ts";

export const meta: MetaFunction = () => [{ title: "Parked events" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    const [events, losses] = await Promise.all([listParkedEvents(ctx.db), listLosses(ctx.db)]);
    return { events, losses };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "supervisor");
    const form = await parseForm(args.request, parkedForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { event: eventId, how, reason } = form.value;
    const input = how === "again" ? { eventId, how } : { eventId, how, reason: reason ?? "" };
    const done = await workOffEvent({ ctx, input });
    if (done.ok) return { ok: true as const };
    if (done.reason === "still_parked") {
      const message = `Tried again, and it waits still. ${PARKED_WORDS[done.why] ?? done.why}.`;
      return formReply(form.values, { message });
    }
    const message = PARKED_REFUSALS[done.reason];
    return formReply(form.values, done.reason === "reason_needed" ? { errors: { reason: message } } : { message });
  });

/** What the payment processor told us that changed no books: kept, and here for a person to look at. */
export default function ParkedPage() {
  const { events, losses } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const refused = reply?.ok === false ? reply : null;
  return (
    <ConsolePage>
      <PageHeader
        title="Parked events"
        lead="What the payment processor told us and our books have no place for. Try one again once the reason is gone, or put it aside with what you found. The newest 100."
      />
      {reply?.ok ? <Answer of={reply}>Worked off. The audit log keeps who did it.</Answer> : null}
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
              ...{ key: "when", header: "When", phone: "end" },
              cell: ({ eventCreatedAt }) => <Moment at={eventCreatedAt} />,
            },
            {
              ...{ key: "work", header: "Work off" },
              cell: ({ id, type }) => (
                <WorkOff event={id} type={type} reply={refused?.values["event"] === id ? refused : null} />
              ),
            },
          ]}
        />
      ) : (
        <EmptyState icon={PackageCheck} title="Nothing is parked">
          Every event of the processor has found its place in the books.
        </EmptyState>
      )}
      <LossList losses={losses} />
    </ConsolePage>
  );
}
