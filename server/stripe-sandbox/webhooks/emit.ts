import type Stripe from "stripe";

import { newId } from "../ids.ts";
import { readKnobs } from "../knobs/knobs.ts";
import { insertDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";

export const apiVersion = "2026-10-28.endive";

/** How long webhooks gather before an unusual order is made of them. */
const gatherMs = 1_500;

/** `Stripe.Event` is a union over every type; ours are built from a type and the object that belongs to it. */
function asEvent(event: Record<string, unknown>): Stripe.Event {
  return event as unknown as Stripe.Event;
}

/** Records what happened, with the object as it is now, and queues the webhook in the same transaction. */
export async function emit(
  work: Work,
  type: string,
  change: { object: unknown; previous?: Record<string, unknown> },
): Promise<void> {
  const event = asEvent({
    id: newId("evt"),
    object: "event",
    api_version: apiVersion,
    created: nowSeconds(work),
    data: {
      object: structuredClone(change.object),
      ...(change.previous === undefined ? {} : { previous_attributes: change.previous }),
    },
    livemode: false,
    pending_webhooks: 1,
    request: { id: work.request.id, idempotency_key: work.request.idempotencyKey },
    type,
  });
  await insertDocument(work, { kind: "event", doc: event });
  await queueDeliveries(work, event);
}

async function queueDeliveries(work: Work, event: Stripe.Event): Promise<void> {
  const { webhooks } = await readKnobs(work.tx);
  const state = webhooks.drop.includes(event.type) || webhooks.drop.includes("*") ? "dropped" : "pending";
  const wait = webhooks.delayMs + (webhooks.order === "as_is" ? 0 : gatherMs);
  for (let copy = 0; copy <= webhooks.duplicate; copy += 1) {
    await work.tx`
      insert into stripe_sandbox.deliveries (event_id, event_type, state, not_before_ms)
      values (${event.id}, ${event.type}, ${state}, ${Date.now() + wait})`;
  }
}
