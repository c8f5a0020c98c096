import { listPage } from "../call/list.ts";
import { has, mergedMetadata, text } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { searchPage } from "../call/search.ts";
import { loadDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { emit } from "../webhooks/emit.ts";

async function update(call: Call) {
  const { doc: charge } = await lockDocument(call.work, "charge", call.id);
  charge.metadata = mergedMetadata(call.params, charge.metadata);
  if (has(call.params, "description")) charge.description = text(call.params, "description") ?? null;
  if (has(call.params, "receipt_email")) charge.receipt_email = text(call.params, "receipt_email") ?? null;
  await saveDocument(call.work, { kind: "charge", doc: charge });
  await emit(call.work, "charge.updated", { object: charge });
  return ok(charge);
}

async function list(call: Call) {
  const customer = text(call.params, "customer");
  const intent = text(call.params, "payment_intent");
  return listPage(call, "charge", {
    contains: { ...(customer ? { customer } : {}), ...(intent ? { payment_intent: intent } : {}) },
  });
}

export const chargeEndpoints: Endpoint[] = [
  { method: "get", path: "/v1/charges", run: list },
  { method: "get", path: "/v1/charges/search", run: (call) => searchPage(call, "charge") },
  {
    method: "get",
    path: "/v1/charges/:id",
    run: async (call) => ok((await loadDocument(call.work, "charge", call.id)).doc),
  },
  { method: "post", path: "/v1/charges/:id", run: update },
  {
    method: "get",
    path: "/v1/charges/:id/refunds",
    run: (call) => listPage(call, "refund", { contains: { charge: call.id } }),
  },
];
