import type Stripe from "stripe";

import { listPage } from "../call/list.ts";
import { flag, has, mergedMetadata, requiredText, text, type Form } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { refusal } from "../call/stripe-fault.ts";
import { confirmSetup } from "../flows/confirm-setup.ts";
import { methodById } from "../flows/take-method.ts";
import { verifyMicrodeposits } from "../flows/verify-microdeposits.ts";
import { newId } from "../ids.ts";
import { newSetupIntent } from "../objects/setup-intent.ts";
import { insertDocument, loadDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { methodTypesFrom } from "./method-types.ts";

async function apply(work: Work, intent: Stripe.SetupIntent, params: Form): Promise<void> {
  const customer = text(params, "customer");
  if (customer !== undefined) {
    await namedDocument(work, "customer", { id: customer, param: "customer" });
    intent.customer = customer;
  }
  if (has(params, "description")) intent.description = text(params, "description") ?? null;
  intent.metadata = mergedMetadata(params, intent.metadata ?? {});
  const method = text(params, "payment_method");
  if (method !== undefined) {
    intent.payment_method = (await methodById(work, method)).doc.id;
    intent.status = "requires_confirmation";
  }
}

async function create(call: Call) {
  const { work, params } = call;
  const { types, allowed, automatic } = methodTypesFrom(params, "usd");
  const intent = newSetupIntent({
    id: newId("seti"),
    created: nowSeconds(work),
    methodTypes: types,
    allowed,
    automatic,
    usage: text(params, "usage") ?? "off_session",
  });
  await apply(work, intent, params);
  await insertDocument(work, { kind: "setup_intent", doc: intent });
  await emit(work, "setup_intent.created", { object: intent });
  return flag(params, "confirm") ? confirmSetup(work, intent, params) : ok(intent);
}

async function update(call: Call) {
  const { doc: intent } = await lockDocument(call.work, "setup_intent", call.id);
  await apply(call.work, intent, call.params);
  return ok(await saveDocument(call.work, { kind: "setup_intent", doc: intent }));
}

async function confirm(call: Call) {
  const { doc: intent } = await lockDocument(call.work, "setup_intent", call.id);
  return confirmSetup(call.work, intent, call.params);
}

async function cancel(call: Call) {
  const { doc: intent } = await lockDocument(call.work, "setup_intent", call.id);
  if (intent.status === "succeeded" || intent.status === "canceled")
    throw refusal({
      code: "setup_intent_unexpected_state",
      message: `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
      extra: { setup_intent: intent },
    });
  intent.status = "canceled";
  intent.next_action = null;
  intent.cancellation_reason = (text(call.params, "cancellation_reason") ??
    null) as Stripe.SetupIntent.CancellationReason | null;
  await saveDocument(call.work, { kind: "setup_intent", doc: intent });
  await emit(call.work, "setup_intent.canceled", { object: intent });
  return ok(intent);
}

async function list(call: Call) {
  const customer = text(call.params, "customer");
  const method = text(call.params, "payment_method");
  return listPage(call, "setup_intent", {
    contains: { ...(customer ? { customer } : {}), ...(method ? { payment_method: method } : {}) },
  });
}

export const setupIntentEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/setup_intents", run: create },
  { method: "get", path: "/v1/setup_intents", run: list },
  {
    method: "get",
    path: "/v1/setup_intents/:id",
    run: async (call) => ok((await loadDocument(call.work, "setup_intent", call.id)).doc),
  },
  { method: "post", path: "/v1/setup_intents/:id", run: update },
  { method: "post", path: "/v1/setup_intents/:id/confirm", run: confirm },
  { method: "post", path: "/v1/setup_intents/:id/cancel", run: cancel },
  {
    method: "post",
    path: "/v1/setup_intents/:id/verify_microdeposits",
    run: (call) => verifyMicrodeposits(call.work, call.id, call.params),
  },
  {
    method: "get",
    path: "/v1/setup_attempts",
    run: (call) =>
      listPage(call, "setup_attempt", { contains: { setup_intent: requiredText(call.params, "setup_intent") } }),
  },
];
