import type Stripe from "stripe";

import { listPage } from "../call/list.ts";
import { flag, has, integer, mergedMetadata, requiredText, text, type Form } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { searchPage } from "../call/search.ts";
import { badParameter, missingParameter } from "../call/stripe-fault.ts";
import { authenticate } from "../flows/authenticate.ts";
import { capturePayment, releaseHold } from "../flows/capture-payment.ts";
import { captureMethodFrom, confirmPayment } from "../flows/confirm-payment.ts";
import { methodById } from "../flows/take-method.ts";
import { unexpectedState } from "../flows/unexpected-state.ts";
import { verifyMicrodeposits } from "../flows/verify-microdeposits.ts";
import { newId } from "../ids.ts";
import { newPaymentIntent } from "../objects/payment-intent.ts";
import { idOf } from "../objects/nothing.ts";
import { shippingFrom } from "../objects/shipping.ts";
import { insertDocument, loadDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { methodTypesFrom } from "./method-types.ts";

const currencies = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));
/** Stripe's smallest charges; other currencies are near these. Source: docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const minimums: Record<string, number> = { usd: 50, eur: 50, gbp: 30, jpy: 50, cad: 50, aud: 50, mxn: 1000 };

function checkedAmount(params: Form, currency: string): number {
  const amount = integer(params, "amount");
  if (amount === undefined) throw missingParameter("amount");
  if (amount < 1)
    throw badParameter({
      code: "parameter_invalid_integer",
      param: "amount",
      message: "This value must be greater than or equal to 1.",
    });
  if (amount > 99_999_999)
    throw badParameter({
      code: "amount_too_large",
      param: "amount",
      message: "Amount must be no more than 999,999.99.",
    });
  const least = minimums[currency] ?? 1;
  if (amount < least)
    throw badParameter({
      code: "amount_too_small",
      param: "amount",
      message: `Amount must be at least ${least} ${currency}.`,
    });
  if (threeDecimals.has(currency) && amount % 10 !== 0)
    throw badParameter({
      code: "parameter_invalid_integer",
      param: "amount",
      message: `Amounts in ${currency} must be evenly divisible by 10.`,
    });
  return amount;
}

function checkedCurrency(params: Form): string {
  const currency = requiredText(params, "currency").toLowerCase();
  if (!currencies.has(currency)) throw badParameter({ param: "currency", message: `Invalid currency: ${currency}.` });
  return currency;
}

/** Currencies of three decimals are charged in steps of ten. Source: docs.stripe.com/currencies#three-decimal. */
const threeDecimals = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);

async function checkCustomer(work: Work, customer: string | undefined): Promise<void> {
  if (customer !== undefined) await namedDocument(work, "customer", { id: customer, param: "customer" });
}

function apply(params: Form, intent: Stripe.PaymentIntent): void {
  for (const field of [
    "customer",
    "description",
    "receipt_email",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
  ] as const)
    if (has(params, field)) intent[field] = text(params, field) ?? null;
  if (has(params, "setup_future_usage"))
    intent.setup_future_usage = (text(params, "setup_future_usage") ??
      null) as Stripe.PaymentIntent.SetupFutureUsage | null;
  if (has(params, "capture_method")) intent.capture_method = captureMethodFrom(params);
  if (has(params, "shipping")) intent.shipping = shippingFrom(params);
  intent.metadata = mergedMetadata(params, intent.metadata);
}

async function create(call: Call) {
  const { work, params } = call;
  const currency = checkedCurrency(params);
  const amount = checkedAmount(params, currency);
  if (flag(params, "confirm") !== true && has(params, "confirmation_token"))
    throw badParameter({
      param: "confirmation_token",
      message: "A confirmation token can only be used with confirm=true.",
    });
  await checkCustomer(work, text(params, "customer"));
  const { types, allowed, automatic } = methodTypesFrom(params, currency);
  const id = newId("pi");
  const intent = newPaymentIntent({
    id,
    created: nowSeconds(work),
    amount,
    currency,
    methodTypes: types,
    allowed,
    automatic,
  });
  apply(params, intent);
  await insertDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.created", { object: intent });
  if (flag(params, "confirm")) return confirmPayment(work, intent, params);
  return ok(await withMethod(work, intent, params));
}

async function withMethod(work: Work, intent: Stripe.PaymentIntent, params: Form): Promise<Stripe.PaymentIntent> {
  const method = text(params, "payment_method");
  if (method !== undefined) {
    intent.payment_method = (await methodById(work, method)).doc.id;
    intent.status = "requires_confirmation";
  }
  return saveDocument(work, { kind: "payment_intent", doc: intent });
}

async function update(call: Call) {
  const { work, params } = call;
  const { doc: intent } = await lockDocument(work, "payment_intent", call.id);
  const locked = ["amount", "currency", "payment_method", "customer"].filter((field) => has(params, field));
  if (
    locked.length > 0 &&
    !["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)
  )
    throw unexpectedState(intent, "updated");
  await checkCustomer(work, text(params, "customer"));
  if (has(params, "currency")) intent.currency = checkedCurrency(params);
  if (has(params, "amount")) intent.amount = checkedAmount(params, intent.currency);
  apply(params, intent);
  return ok(await withMethod(work, intent, params));
}

async function confirm(call: Call) {
  const { doc: intent } = await lockDocument(call.work, "payment_intent", call.id);
  return confirmPayment(call.work, intent, call.params);
}

const reasons = new Set(["duplicate", "fraudulent", "requested_by_customer", "abandoned"]);

async function cancel(call: Call) {
  const { work } = call;
  const { doc: intent } = await lockDocument(work, "payment_intent", call.id);
  if (intent.status === "succeeded" || intent.status === "canceled") throw unexpectedState(intent, "canceled");
  const reason = text(call.params, "cancellation_reason");
  if (reason !== undefined && !reasons.has(reason))
    throw badParameter({ param: "cancellation_reason", message: `Invalid cancellation_reason: ${reason}` });
  if (intent.status === "requires_capture") await releaseHold(work, intent);
  const charge = idOf(intent.latest_charge);
  if (intent.status === "processing" && charge !== null) {
    const { doc } = await lockDocument(work, "charge", charge);
    Object.assign(doc, {
      status: "failed",
      failure_code: "charge_canceled",
      failure_message: "The payment was canceled.",
    });
    await saveDocument(work, { kind: "charge", doc });
    await emit(work, "charge.failed", { object: doc });
  }
  intent.status = "canceled";
  intent.canceled_at = nowSeconds(work);
  intent.cancellation_reason = (reason ?? null) as Stripe.PaymentIntent.CancellationReason | null;
  intent.next_action = null;
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.canceled", { object: intent });
  return ok(intent);
}

async function list(call: Call) {
  const customer = text(call.params, "customer");
  return listPage(call, "payment_intent", customer ? { contains: { customer } } : {});
}

/** Not Stripe's: what a test does instead of pressing the button on the bank's page. */
async function pressAuthenticate(call: Call) {
  const outcome = text(call.params, "outcome") === "fail" ? "fail" : "complete";
  await authenticate(call.work, call.id, outcome);
  return ok((await loadDocument(call.work, "payment_intent", call.id)).doc);
}

export const paymentIntentEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/payment_intents", run: create },
  { method: "get", path: "/v1/payment_intents", run: list },
  { method: "get", path: "/v1/payment_intents/search", run: (call) => searchPage(call, "payment_intent") },
  {
    method: "get",
    path: "/v1/payment_intents/:id",
    run: async (call) => ok((await loadDocument(call.work, "payment_intent", call.id)).doc),
  },
  { method: "post", path: "/v1/payment_intents/:id", run: update },
  { method: "post", path: "/v1/payment_intents/:id/confirm", run: confirm },
  {
    method: "post",
    path: "/v1/payment_intents/:id/capture",
    run: (call) => capturePayment(call.work, call.id, call.params),
  },
  { method: "post", path: "/v1/payment_intents/:id/cancel", run: cancel },
  {
    method: "post",
    path: "/v1/payment_intents/:id/verify_microdeposits",
    run: (call) => verifyMicrodeposits(call.work, call.id, call.params),
  },
  { method: "post", path: "/v1/test_helpers/payment_intents/:id/authenticate", run: pressAuthenticate },
];
