import type Stripe from "stripe";

import { listPage } from "../call/list.ts";
import { group, has, mergedMetadata, text, texts } from "../call/params.ts";
import { searchPage } from "../call/search.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { badParameter, notFound } from "../call/stripe-fault.ts";
import { newId } from "../ids.ts";
import { methodById } from "../flows/take-method.ts";
import { attachMethod } from "../flows/attach.ts";
import { newCustomer } from "../objects/customer.ts";
import { addressFrom, shippingFrom } from "../objects/shipping.ts";
import { insertDocument, loadDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";

function checkEmail(email: string | undefined): void {
  if (email === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return;
  throw badParameter({ code: "email_invalid", param: "email", message: `Invalid email address: ${email}` });
}

function apply(call: Call, customer: Stripe.Customer): void {
  const { params } = call;
  checkEmail(text(params, "email"));
  for (const field of ["email", "name", "phone", "description"] as const)
    if (has(params, field)) customer[field] = text(params, field) ?? null;
  customer.metadata = mergedMetadata(params, customer.metadata);
  const address = group(params, "address");
  if (has(params, "address")) customer.address = address ? addressFrom(address) : null;
  if (has(params, "shipping")) customer.shipping = shippingFrom(params);
  const locales = texts(params, "preferred_locales");
  if (locales) customer.preferred_locales = locales;
  const settings = group(params, "invoice_settings");
  if (settings && has(settings, "default_payment_method"))
    customer.invoice_settings.default_payment_method = text(settings, "default_payment_method") ?? null;
}

async function create(call: Call) {
  const { work, params } = call;
  const customer = newCustomer({ id: newId("cus"), created: nowSeconds(work) });
  apply(call, customer);
  await insertDocument(work, { kind: "customer", doc: customer });
  await emit(work, "customer.created", { object: customer });
  const method = text(params, "payment_method");
  if (method) {
    const { doc } = await methodById(work, method);
    await attachMethod(work, doc.id, { customer: customer.id, authenticated: false });
  }
  return ok(customer);
}

async function update(call: Call) {
  const { doc: customer, inner } = await lockDocument(call.work, "customer", call.id);
  if (inner.deleted) throw notFound("customer", call.id);
  apply(call, customer);
  await saveDocument(call.work, { kind: "customer", doc: customer });
  await emit(call.work, "customer.updated", { object: customer });
  return ok(customer);
}

async function retrieve(call: Call) {
  const { doc, inner } = await loadDocument(call.work, "customer", call.id);
  return ok(inner.deleted ? { id: doc.id, object: "customer", deleted: true } : doc);
}

async function remove(call: Call) {
  const { doc: customer, inner } = await lockDocument(call.work, "customer", call.id);
  if (inner.deleted) throw notFound("customer", call.id);
  await saveDocument(call.work, { kind: "customer", doc: customer, inner: { ...inner, deleted: true } });
  await emit(call.work, "customer.deleted", { object: customer });
  return ok({ id: customer.id, object: "customer", deleted: true });
}

async function ownedBy(call: Call): Promise<void> {
  const { inner } = await loadDocument(call.work, "customer", call.id);
  if (inner.deleted) throw notFound("customer", call.id);
}

async function paymentMethods(call: Call) {
  await ownedBy(call);
  const type = text(call.params, "type");
  return listPage(call, "payment_method", { contains: { customer: call.id, ...(type ? { type } : {}) } });
}

async function paymentMethod(call: Call) {
  await ownedBy(call);
  const id = call.path.split("/").at(-1) ?? "";
  const { doc } = await loadDocument(call.work, "payment_method", id);
  if (doc.customer !== call.id) throw notFound("payment_method", id);
  return ok(doc);
}

async function list(call: Call) {
  const email = text(call.params, "email");
  return listPage(call, "customer", email ? { contains: { email } } : {});
}

export const customerEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/customers", run: create },
  { method: "get", path: "/v1/customers", run: list },
  { method: "get", path: "/v1/customers/search", run: (call) => searchPage(call, "customer") },
  { method: "get", path: "/v1/customers/:id", run: retrieve },
  { method: "post", path: "/v1/customers/:id", run: update },
  { method: "delete", path: "/v1/customers/:id", run: remove },
  { method: "get", path: "/v1/customers/:id/payment_methods", run: paymentMethods },
  { method: "get", path: "/v1/customers/:id/payment_methods/:method", run: paymentMethod },
];
