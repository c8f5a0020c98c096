import type Stripe from "stripe";

import { refusal } from "../call/stripe-fault.ts";
import { newId } from "../ids.ts";
import { newPayout } from "../objects/payout.ts";
import { insertDocument, loadDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { addBusinessDays } from "../time/business-days.ts";
import { schedule } from "../time/schedule.ts";
import { emit } from "../webhooks/emit.ts";
import { balances } from "./balances.ts";
import { book } from "./book.ts";

/** Sends money to the merchant's bank. It leaves the balance now, and arrives two business days later. */
export async function payOut(
  work: Work,
  order: {
    amount: number;
    currency: string;
    automatic: boolean;
    description: string | null;
    statementDescriptor?: string | null;
    metadata: Record<string, string>;
  },
): Promise<Stripe.Payout> {
  const available = (await balances(work)).available.get(order.currency) ?? 0;
  if (order.amount <= 0 || order.amount > available)
    throw refusal({
      code: "balance_insufficient",
      message: `You have insufficient funds in your Stripe account for this transfer: ${available} ${order.currency} are available.`,
    });
  const arrivesMs = addBusinessDays(work.nowMs, 2);
  const payout = newPayout({
    ...order,
    id: newId("po"),
    created: nowSeconds(work),
    arrivalDate: Math.floor(arrivesMs / 1000),
  });
  payout.statement_descriptor = order.statementDescriptor ?? null;
  if (order.automatic) await takeLines(work, payout);
  const line = await book(work, {
    amount: -order.amount,
    currency: order.currency,
    type: "payout",
    reportingCategory: "payout",
    source: payout.id,
    description: "STRIPE PAYOUT",
  });
  payout.balance_transaction = line.id;
  payout.status = "in_transit";
  await insertDocument(work, { kind: "payout", doc: payout });
  await emit(work, "payout.created", { object: payout });
  await schedule(work, { duty: "payout_arrives", subject: payout.id, dueMs: arrivesMs });
  return payout;
}

/** An automatic payout is made of the lines that have become available since the last one. */
async function takeLines(work: Work, { id, currency }: Stripe.Payout): Promise<void> {
  await work.tx`
    update stripe_sandbox.documents
    set inner_facts = inner_facts || ${JSON.stringify({ payout: id })}::text::jsonb
    where kind = 'balance_transaction' and doc->>'currency' = ${currency} and not inner_facts ? 'payout'
      and (doc->>'available_on')::bigint <= ${nowSeconds(work)}`;
}

/** The bank has a payout from the moment it was made, so it comes too late to call it back. */
export async function cancelPayout(work: Work, id: string): Promise<never> {
  const { doc: payout } = await loadDocument(work, "payout", id);
  throw refusal({
    message: `Payouts can only be canceled while they are pending; ${id} has a status of ${payout.status}.`,
  });
}

export async function arrivePayout(work: Work, id: string): Promise<void> {
  const { doc: payout } = await lockDocument(work, "payout", id);
  if (payout.status !== "in_transit") return;
  payout.status = "paid";
  payout.trace_id = { status: "supported", value: `0210000${payout.id.slice(-8)}` };
  if (payout.automatic) payout.reconciliation_status = "completed";
  await saveDocument(work, { kind: "payout", doc: payout });
  await emit(work, "payout.paid", { object: payout, previous: { status: "in_transit" } });
  if (payout.automatic) await emit(work, "payout.reconciliation_completed", { object: payout });
}

/** The bank sends a payout back, also days after it was reported as paid. */
export async function failPayout(work: Work, id: string): Promise<Stripe.Payout> {
  const { doc: payout } = await lockDocument(work, "payout", id);
  if (payout.status !== "in_transit" && payout.status !== "paid")
    throw refusal({ message: `Payout ${id} has a status of ${payout.status} and cannot fail.` });
  const line = await book(work, {
    amount: payout.amount,
    currency: payout.currency,
    type: "payout_failure",
    reportingCategory: "payout_reversal",
    source: payout.id,
    description: "STRIPE PAYOUT FAILURE",
  });
  const before = { status: payout.status };
  payout.status = "failed";
  payout.failure_code = "account_closed";
  payout.failure_message = "The bank account has been closed.";
  payout.failure_balance_transaction = line.id;
  await saveDocument(work, { kind: "payout", doc: payout });
  await emit(work, "payout.failed", { object: payout, previous: before });
  return payout;
}
