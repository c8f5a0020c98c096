import { listPage } from "../call/list.ts";
import { group, has, mergedMetadata, requiredText, text } from "../call/params.ts";
import { keptError, ok, type Call, type Endpoint } from "../call/reply.ts";
import { docUrl, refusal } from "../call/stripe-fault.ts";
import { conductOf } from "../catalogue/cards.ts";
import { declines, type Decline } from "../catalogue/declines.ts";
import { attachMethod } from "../flows/attach.ts";
import { billingFrom, draftFromParams, redisplayFrom } from "../flows/draft-method.ts";
import { checkOwner, checkUnspent, insertMethod, methodById } from "../flows/take-method.ts";
import { idOf } from "../objects/nothing.ts";
import { loadDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { type Document } from "../store/kinds.ts";
import { emit } from "../webhooks/emit.ts";

async function create(call: Call) {
  const { work, params } = call;
  const draft = draftFromParams(params, { nowMs: work.nowMs, verifiedBank: false });
  return ok((await insertMethod(work, draft, mergedMetadata(params))).doc);
}

async function update(call: Call) {
  const { doc: method } = await lockDocument(call.work, "payment_method", call.id);
  method.metadata = mergedMetadata(call.params, method.metadata ?? {});
  if (has(call.params, "billing_details")) method.billing_details = billingFrom(call.params, method.billing_details);
  const redisplay = redisplayFrom(call.params);
  if (redisplay) method.allow_redisplay = redisplay;
  const card = group(call.params, "card");
  if (card && method.card) {
    method.card.exp_month = Number(text(card, "exp_month") ?? method.card.exp_month);
    method.card.exp_year = Number(text(card, "exp_year") ?? method.card.exp_year);
  }
  await saveDocument(call.work, { kind: "payment_method", doc: method });
  await emit(call.work, "payment_method.updated", { object: method });
  return ok(method);
}

function declineOf({ inner }: Document<"payment_method">): Decline | undefined {
  if (inner.instrument?.type !== "card") return undefined;
  const conduct = conductOf(inner.instrument.behaviour);
  return conduct.decline && !conduct.attachable ? declines[conduct.decline] : undefined;
}

/** Saving a card asks its bank for a zero amount, so a card that is always declined cannot be saved either. */
async function attach(call: Call) {
  const { work } = call;
  const customer = requiredText(call.params, "customer");
  await namedDocument(work, "customer", { id: customer, param: "customer" });
  const method = await methodById(work, call.id);
  checkUnspent(method);
  checkOwner(method.doc, customer);
  if (method.inner.instrument?.type === "us_bank_account" && !method.inner.instrument.verified)
    throw refusal({
      message: "You must verify this bank account with a SetupIntent or a PaymentIntent before you attach it.",
    });
  const decline = declineOf(method);
  if (decline) {
    const { code, declineCode, message, adviceCode } = decline;
    return keptError(402, {
      type: "card_error",
      code,
      ...(declineCode ? { decline_code: declineCode } : {}),
      ...(adviceCode ? { advice_code: adviceCode } : {}),
      message,
      doc_url: docUrl(code),
    });
  }
  return ok(await attachMethod(work, method.doc.id, { customer, authenticated: false }));
}

async function detach(call: Call) {
  const { doc: method, inner } = await lockDocument(call.work, "payment_method", call.id);
  const customer = idOf(method.customer);
  if (customer === null)
    throw refusal({
      message: "The payment method you provided is not attached to a customer so detachment is impossible.",
    });
  method.customer = null;
  await saveDocument(call.work, { kind: "payment_method", doc: method, inner: { ...inner, spent: true } });
  await emit(call.work, "payment_method.detached", { object: method, previous: { customer } });
  return ok(method);
}

async function list(call: Call) {
  const customer = text(call.params, "customer");
  const type = text(call.params, "type");
  return listPage(call, "payment_method", {
    contains: { ...(customer ? { customer } : {}), ...(type ? { type } : {}) },
  });
}

export const paymentMethodEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/payment_methods", run: create },
  { method: "get", path: "/v1/payment_methods", run: list },
  {
    method: "get",
    path: "/v1/payment_methods/:id",
    run: async (call) => ok((await loadDocument(call.work, "payment_method", call.id)).doc),
  },
  { method: "post", path: "/v1/payment_methods/:id", run: update },
  { method: "post", path: "/v1/payment_methods/:id/attach", run: attach },
  { method: "post", path: "/v1/payment_methods/:id/detach", run: detach },
];
