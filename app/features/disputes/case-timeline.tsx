import { DISPUTE_EVENT_WORDS } from "#app/contracts/messages/disputes.ts";
import { money } from "#app/contracts/money.ts";
import { Moment } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Tone } from "#app/ui/status.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { DisputeDetail, DisputeEvent } from "#server/domains/disputes/index.ts";

/** What a case went through. Who of the staff did it is named once: the owner. */
export function CaseTimeline({ dispute }: { dispute: DisputeDetail }) {
  return (
    <Timeline
      label="What happened"
      items={dispute.events
        .filter((event) => event.kind !== "assigned")
        .map((event) => ({
          key: event.id,
          tone: toneOf(event),
          what: DISPUTE_EVENT_WORDS[event.kind] ?? event.kind,
          when: <Moment at={event.occurredAt} />,
          note: <Note event={event} dispute={dispute} />,
        }))}
    />
  );
}

function Note({ event, dispute }: { event: DisputeEvent; dispute: DisputeDetail }) {
  const given = event.facts["givenMinor"];
  const minor = typeof given === "string" && /^\d+$/.test(given) ? BigInt(given) : 0n;
  return (
    <>
      {minor > 0n ? (
        <p>
          <Money value={money(minor, dispute.amount.currency)} /> was taken off.
        </p>
      ) : null}
      {event.note ? <p dir="auto">{event.note}</p> : null}
    </>
  );
}

function toneOf({ kind }: DisputeEvent): Tone {
  if (kind === "resolve_for_customer" || kind === "resolve_partially") return "settled";
  if (kind === "ask_customer") return "waiting";
  return kind === "filed" || kind === "appeal" || kind === "reopen" ? "dispute" : "done";
}
