import type Stripe from "stripe";

import { listPage } from "../call/list.ts";
import { integer, mergedMetadata, requiredText, text } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { badParameter, missingParameter } from "../call/stripe-fault.ts";
import { balances } from "../flows/balances.ts";
import { cancelPayout, payOut } from "../flows/pay-out.ts";
import { loadDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { emit } from "../webhooks/emit.ts";

function lines(amounts: Map<string, number>) {
  const known = amounts.size > 0 ? amounts : new Map([["usd", 0]]);
  return [...known].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
}

async function balance(call: Call) {
  const { available, pending } = await balances(call.work);
  const answer: Stripe.Balance = {
    object: "balance",
    available: lines(available),
    connect_reserved: [...(available.size > 0 ? available.keys() : ["usd"])].map((currency) => ({
      amount: 0,
      currency,
    })),
    livemode: false,
    pending: lines(pending),
    refund_and_dispute_prefunding: { available: [], pending: [] },
  };
  return ok(answer);
}

async function listTransactions(call: Call) {
  const contains: Record<string, string> = {};
  for (const field of ["type", "source", "currency"]) {
    const value = text(call.params, field);
    if (value !== undefined) contains[field] = value;
  }
  const payout = text(call.params, "payout");
  if (payout === undefined) return listPage(call, "balance_transaction", { contains });
  const { doc } = await namedDocument(call.work, "payout", { id: payout, param: "payout" });
  if (!doc.automatic)
    throw badParameter({
      param: "payout",
      message: "Balance transaction history can only be filtered on automatic payouts, not manual.",
    });
  return listPage(call, "balance_transaction", { contains, inner: { payout } });
}

async function createPayout(call: Call) {
  const amount = integer(call.params, "amount");
  if (amount === undefined) throw missingParameter("amount");
  return ok(
    await payOut(call.work, {
      amount,
      currency: requiredText(call.params, "currency"),
      automatic: false,
      description: text(call.params, "description") ?? null,
      statementDescriptor: text(call.params, "statement_descriptor") ?? null,
      metadata: mergedMetadata(call.params),
    }),
  );
}

async function updatePayout(call: Call) {
  const { doc: payout } = await lockDocument(call.work, "payout", call.id);
  payout.metadata = mergedMetadata(call.params, payout.metadata ?? {});
  await saveDocument(call.work, { kind: "payout", doc: payout });
  await emit(call.work, "payout.updated", { object: payout });
  return ok(payout);
}

async function listPayouts(call: Call) {
  const status = text(call.params, "status");
  return listPage(call, "payout", status ? { contains: { status } } : {});
}

export const balanceEndpoints: Endpoint[] = [
  { method: "get", path: "/v1/balance", run: balance },
  { method: "get", path: "/v1/balance_transactions", run: listTransactions },
  {
    method: "get",
    path: "/v1/balance_transactions/:id",
    run: async (call) => ok((await loadDocument(call.work, "balance_transaction", call.id)).doc),
  },
  { method: "post", path: "/v1/payouts", run: createPayout },
  { method: "get", path: "/v1/payouts", run: listPayouts },
  { method: "post", path: "/v1/payouts/:id", run: updatePayout },
  {
    method: "post",
    path: "/v1/payouts/:id/cancel",
    run: (call) => cancelPayout(call.work, call.id),
  },
  {
    method: "get",
    path: "/v1/payouts/:id",
    run: async (call) => ok((await loadDocument(call.work, "payout", call.id)).doc),
  },
];
