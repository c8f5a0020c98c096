import type Stripe from "stripe";

import { balances } from "../flows/balances.ts";
import { listFaults } from "../knobs/faults.ts";
import { readKnobs, type Knobs } from "../knobs/knobs.ts";
import { inWork, type Sandbox } from "../sandbox.ts";
import { idOf } from "../objects/nothing.ts";
import { listDocuments, loadDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";

export type DeliveryRow = {
  id: string;
  event_id: string;
  event_type: string;
  state: string;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
};

export type OpsState = {
  now: string;
  /** The biller's. */
  zone: string;
  knobs: Knobs;
  faults: unknown[];
  balance: { available: Record<string, number>; pending: Record<string, number> };
  /** Saved ones, each with whose it is. */
  cards: { method: Stripe.PaymentMethod; owner: string }[];
  paymentIntents: Stripe.PaymentIntent[];
  charges: Stripe.Charge[];
  disputes: Stripe.Dispute[];
  refunds: Stripe.Refund[];
  payouts: Stripe.Payout[];
  webhooks: { pending: number; recent: DeliveryRow[] };
};

export async function recentDeliveries(sandbox: Sandbox, limit: number): Promise<DeliveryRow[]> {
  const rows = await sandbox.sql<DeliveryRow[]>`
    select id::text as id, event_id, event_type, state, attempts, last_status, last_error
    from stripe_sandbox.deliveries order by id desc limit ${limit}`;
  return [...rows];
}

export async function countPending(sandbox: Sandbox): Promise<number> {
  const [row] = await sandbox.sql<{ waiting: string }[]>`
    select count(*)::text as waiting from stripe_sandbox.deliveries where state = 'pending'`;
  return Number(row?.waiting ?? 0);
}

async function savedCards(work: Work, most: number): Promise<OpsState["cards"]> {
  const { data } = await listDocuments(work, "payment_method", { limit: 4 * most, contains: { type: "card" } });
  const saved = data.filter(({ customer }) => customer !== null).slice(0, most);
  return Promise.all(
    saved.map(async (method) => {
      const customerId = idOf(method.customer) ?? "";
      return { method, owner: (await loadDocument(work, "customer", customerId)).doc.name ?? customerId };
    }),
  );
}

/** Everything the ops page shows, in one look. */
export async function readOpsState(sandbox: Sandbox): Promise<OpsState> {
  const window = { limit: 15 };
  const lists = await inWork(sandbox, async (work) => {
    const { available, pending } = await balances(work);
    return {
      balance: { available: Object.fromEntries(available), pending: Object.fromEntries(pending) },
      cards: await savedCards(work, window.limit),
      paymentIntents: (await listDocuments(work, "payment_intent", window)).data,
      charges: (await listDocuments(work, "charge", window)).data,
      disputes: (await listDocuments(work, "dispute", window)).data,
      refunds: (await listDocuments(work, "refund", window)).data,
      payouts: (await listDocuments(work, "payout", window)).data,
    };
  });
  return {
    now: sandbox.clock.now().toISOString(),
    zone: await sandbox.zone(),
    knobs: await readKnobs(sandbox.sql),
    faults: await listFaults(sandbox.sql),
    ...lists,
    webhooks: { pending: await countPending(sandbox), recent: await recentDeliveries(sandbox, 30) },
  };
}
