import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";

import { createStripeSandbox, type StripeSandbox } from "./index.ts";

const secret = "whsec_contract";

let database: TestDatabase;
let sandbox: StripeSandbox;
let stripe: Stripe;
let nowMs = Date.UTC(2026, 10, 23, 15);
const listeners: (() => void)[] = [];
const problems: unknown[] = [];

const clock = {
  now: () => new Date(nowMs),
  advance: (ms: number) => {
    nowMs += ms;
    for (const listener of listeners) listener();
    return Promise.resolve();
  },
  onAdvance: (listener: () => void) => void listeners.push(listener),
};

function build(): StripeSandbox {
  return createStripeSandbox({
    sql: database.adminSql,
    clock,
    log: { info: () => undefined, error: (facts) => void problems.push(facts) },
    webhook: { url: "http://127.0.0.1:9/hooks/stripe", secret },
    background: false,
  });
}

function client(): Stripe {
  return new Stripe("sk_test_contract", { ...sandbox.apiBase, maxNetworkRetries: 0, telemetry: false });
}

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = build();
  await sandbox.start();
  stripe = client();
});

afterAll(async () => {
  await sandbox.stop();
  await database.drop();
  expect(problems).toEqual([]);
});

async function failing(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("it succeeded");
}

function pay(method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 10_000,
    currency: "usd",
    confirm: true,
    payment_method: method,
    allowed_payment_method_types: ["card", "us_bank_account"],
    ...more,
  });
}

function charge(intent: Stripe.PaymentIntent): Promise<Stripe.Charge> {
  return stripe.charges.retrieve(String(intent.latest_charge), { expand: ["balance_transaction"] });
}

async function eventTypes(intent: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 }))
    if (JSON.stringify(event.data.object).includes(intent)) types.unshift(event.type);
  return types;
}

describe("a card payment", () => {
  it("succeeds at once, with its charge, its fee and its events", async () => {
    const intent = await pay("pm_card_visa", { metadata: { attempt: "pay_1" } });
    expect(intent).toMatchObject({ status: "succeeded", amount_received: 10_000, metadata: { attempt: "pay_1" } });
    const settled = await charge(intent);
    expect(settled.balance_transaction).toMatchObject({
      amount: 10_000,
      fee: 320,
      net: 9_680,
      fee_details: [{ amount: 320, type: "stripe_fee" }],
    });
    expect(await eventTypes(intent.id)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "charge.updated",
      "payment_intent.succeeded",
    ]);
  });

  it.each([
    ["pm_card_chargeDeclined", "card_declined", "generic_decline"],
    ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
    ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"],
  ])("is declined with its reason: %s", async (method, code, declineCode) => {
    const error = await failing(pay(method));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ code, decline_code: declineCode, statusCode: 402 });
    expect(error.payment_intent).toMatchObject({ status: "requires_payment_method", payment_method: null });
    const intent = await stripe.paymentIntents.retrieve(String(error.payment_intent?.id));
    expect(intent.last_payment_error).toMatchObject({ code, decline_code: declineCode, type: "card_error" });
    expect(await charge(intent)).toMatchObject({ status: "failed", failure_code: code, paid: false });
  });
});
