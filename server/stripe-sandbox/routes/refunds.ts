import { listPage } from "../call/list.ts";
import { integer, mergedMetadata, text } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { badParameter, missingParameter, refusal } from "../call/stripe-fault.ts";
import { refundCharge } from "../flows/refund-charge.ts";
import { idOf } from "../objects/nothing.ts";
import { loadDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { emit } from "../webhooks/emit.ts";

const reasons = new Set(["duplicate", "fraudulent", "requested_by_customer"]);

async function chargeOf(call: Call): Promise<string> {
  const charge = text(call.params, "charge");
  if (charge !== undefined) return (await namedDocument(call.work, "charge", { id: charge, param: "charge" })).doc.id;
  const intent = text(call.params, "payment_intent");
  if (intent === undefined) throw missingParameter("payment_intent");
  const { doc } = await namedDocument(call.work, "payment_intent", { id: intent, param: "payment_intent" });
  const latest = idOf(doc.latest_charge);
  if (latest === null) throw refusal({ message: "This PaymentIntent does not have a successful charge to refund." });
  return latest;
}

async function create(call: Call) {
  const reason = text(call.params, "reason");
  if (reason !== undefined && !reasons.has(reason))
    throw badParameter({ param: "reason", message: `Invalid reason: must be one of ${[...reasons].join(", ")}` });
  return ok(
    await refundCharge(call.work, {
      charge: await chargeOf(call),
      amount: integer(call.params, "amount"),
      reason,
      metadata: mergedMetadata(call.params),
    }),
  );
}

async function update(call: Call) {
  const { doc: refund } = await lockDocument(call.work, "refund", call.id);
  refund.metadata = mergedMetadata(call.params, refund.metadata ?? {});
  await saveDocument(call.work, { kind: "refund", doc: refund });
  await emit(call.work, "refund.updated", { object: refund });
  return ok(refund);
}

/** Only a refund that waits for its receiver can be cancelled; those of cards and bank accounts never do. */
async function cancel(call: Call): Promise<never> {
  const { doc: refund } = await loadDocument(call.work, "refund", call.id);
  throw refusal({
    message: `Refund ${refund.id} cannot be canceled because it has a status of ${String(refund.status)}.`,
  });
}

async function list(call: Call) {
  const charge = text(call.params, "charge");
  const intent = text(call.params, "payment_intent");
  return listPage(call, "refund", {
    contains: { ...(charge ? { charge } : {}), ...(intent ? { payment_intent: intent } : {}) },
  });
}

export const refundEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/refunds", run: create },
  { method: "get", path: "/v1/refunds", run: list },
  {
    method: "get",
    path: "/v1/refunds/:id",
    run: async (call) => ok((await loadDocument(call.work, "refund", call.id)).doc),
  },
  { method: "post", path: "/v1/refunds/:id", run: update },
  { method: "post", path: "/v1/refunds/:id/cancel", run: cancel },
];
