import { setTimeout } from "node:timers/promises";

import { readKnobs, type Knobs } from "../knobs/knobs.ts";
import { type Sandbox } from "../sandbox.ts";
import { signatureHeader } from "./sign.ts";

const answerWithinMs = 10_000;
const leaseMs = 30_000;
const batch = 8;
const attemptsAllowed = 16;

type Delivery = { id: string; event_id: string; attempts: number };

/** 1 s, 2 s, 4 s … up to an hour: at least once, for about a day and a half. */
function backoffMs(attempts: number): number {
  return Math.min(3_600_000, 1_000 * 2 ** attempts);
}

/** Claims a few that are due, in the order the knob asks for. A lease, so that a crash gives them back. */
async function claim(sandbox: Sandbox, order: Knobs["webhooks"]["order"], ignoreWait: boolean): Promise<Delivery[]> {
  const { sql } = sandbox;
  const now = Date.now();
  const by = { as_is: sql`not_before_ms, id`, reversed: sql`id desc`, shuffled: sql`random()` }[order];
  const rows = await sql<Delivery[]>`
    update stripe_sandbox.deliveries set leased_until_ms = ${now + leaseMs}
    where id in (
      select id from stripe_sandbox.deliveries
      where state = 'pending' and leased_until_ms < ${now} ${ignoreWait ? sql`` : sql`and not_before_ms <= ${now}`}
      order by ${by} limit ${batch} for update skip locked)
    returning id::text as id, event_id, attempts`;
  if (order === "shuffled") return [...rows];
  return [...rows].sort((a, b) => (order === "as_is" ? 1 : -1) * (Number(a.id) - Number(b.id)));
}

async function payloadOf(sandbox: Sandbox, eventId: string): Promise<string> {
  const [row] = await sandbox.sql<{ doc: unknown }[]>`
    select doc from stripe_sandbox.documents where kind = 'event' and id = ${eventId}`;
  const doc = typeof row?.doc === "string" ? (JSON.parse(row.doc) as unknown) : row?.doc;
  return JSON.stringify(doc, null, 2);
}

async function post(sandbox: Sandbox, payload: string): Promise<{ status: number | null; error: string | null }> {
  try {
    const response = await fetch(sandbox.webhookUrl(), {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(answerWithinMs),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signatureHeader(payload, sandbox.webhookSecret, Math.floor(Date.now() / 1000)),
      },
      body: payload,
    });
    await response.arrayBuffer();
    return { status: response.status, error: response.ok ? null : `answered ${response.status}` };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  }
}

async function deliverOne(sandbox: Sandbox, delivery: Delivery): Promise<boolean> {
  const { status, error } = await post(sandbox, await payloadOf(sandbox, delivery.event_id));
  const attempts = delivery.attempts + 1;
  const state = error === null ? "delivered" : attempts >= attemptsAllowed ? "failed" : "pending";
  await sandbox.sql`
    update stripe_sandbox.deliveries
    set state = ${state}, attempts = ${attempts}, last_status = ${status}, last_error = ${error},
        leased_until_ms = 0, not_before_ms = ${Date.now() + backoffMs(attempts)}
    where id = ${delivery.id}::text::bigint`;
  if (error === null) await markEventDelivered(sandbox, delivery.event_id);
  return error === null;
}

async function markEventDelivered(sandbox: Sandbox, eventId: string): Promise<void> {
  await sandbox.sql`
    update stripe_sandbox.documents set doc = jsonb_set(doc, '{pending_webhooks}', '0')
    where kind = 'event' and id = ${eventId}`;
}

/** Delivers a batch, one after another: Stripe promises no order, but a calm system sees one. */
export async function deliverBatch(
  sandbox: Sandbox,
  ignoreWait = false,
): Promise<{ tried: number; delivered: number }> {
  const { webhooks } = await readKnobs(sandbox.sql);
  if (webhooks.paused) return { tried: 0, delivered: 0 };
  const claimed = await claim(sandbox, webhooks.order, ignoreWait);
  let delivered = 0;
  for (const delivery of claimed) if (await deliverOne(sandbox, delivery)) delivered += 1;
  return { tried: claimed.length, delivered };
}

const lookAgainMs = 25;
const mostLooks = 400;

/**
 * Delivers what may be delivered by now, and waits for what somebody else is delivering. What is paused, delayed or was
 * refused waits for its time.
 */
export async function deliverDue(sandbox: Sandbox): Promise<void> {
  for (let looks = 0; looks < mostLooks;) {
    const { delivered } = await deliverBatch(sandbox);
    if (delivered > 0) continue;
    if (!(await isUnderWay(sandbox))) return;
    looks += 1;
    await setTimeout(lookAgainMs);
  }
}

async function isUnderWay({ sql }: Sandbox): Promise<boolean> {
  const rows = await sql`
    select 1 from stripe_sandbox.deliveries where state = 'pending' and leased_until_ms >= ${Date.now()} limit 1`;
  return rows.length > 0;
}

/** Delivers until nothing waits, or until a whole batch is refused. */
export async function drainDeliveries(sandbox: Sandbox): Promise<void> {
  for (;;) {
    const { tried, delivered } = await deliverBatch(sandbox, true);
    if (tried === 0 || delivered === 0) return;
  }
}
