import { notFound } from "../call/stripe-fault.ts";
import { type Sandbox } from "../sandbox.ts";

/** Queues one more delivery of an event, whatever became of the others. */
export async function redeliver(sandbox: Sandbox, eventId: string): Promise<{ queued: string }> {
  const rows = await sandbox.sql`
    insert into stripe_sandbox.deliveries (event_id, event_type, state, not_before_ms)
    select id, doc->>'type', 'pending', 0 from stripe_sandbox.documents where kind = 'event' and id = ${eventId}
    returning id`;
  if (rows.length === 0) throw notFound("event", eventId);
  return { queued: eventId };
}
