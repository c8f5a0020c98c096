import { join } from "node:path";

import Stripe from "stripe";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";

import { parametersOf } from "./catalogue/parameters.ts";

const DAY = 86_400_000;
const resources = join(import.meta.dirname, "../../node_modules/stripe/esm/resources");
/** Where the SDK declares what Stripe documents of each object. */
const declared: Record<string, string> = {
  account: "Accounts#Account",
  balance: "Balance#Balance",
  balance_transaction: "BalanceTransactions#BalanceTransaction",
  charge: "Charges#Charge",
  confirmation_token: "ConfirmationTokens#ConfirmationToken",
  customer: "Customers#Customer",
  dispute: "Disputes#Dispute",
  mandate: "Mandates#Mandate",
  payment_intent: "PaymentIntents#PaymentIntent",
  payment_method: "PaymentMethods#PaymentMethod",
  payout: "Payouts#Payout",
  refund: "Refunds#Refund",
  setup_attempt: "SetupAttempts#SetupAttempt",
  setup_intent: "SetupIntents#SetupIntent",
};
const params: Record<string, string> = {
  "post /v1/customers": "Customers#CustomerCreateParams",
  "post /v1/customers/:id": "Customers#CustomerUpdateParams",
  "get /v1/customers": "Customers#CustomerListParams",
  "get /v1/customers/:id/payment_methods": "Customers#CustomerListPaymentMethodsParams",
  "post /v1/payment_methods": "PaymentMethods#PaymentMethodCreateParams",
  "post /v1/payment_methods/:id": "PaymentMethods#PaymentMethodUpdateParams",
  "post /v1/payment_methods/:id/attach": "PaymentMethods#PaymentMethodAttachParams",
  "get /v1/payment_methods": "PaymentMethods#PaymentMethodListParams",
  "post /v1/payment_intents": "PaymentIntents#PaymentIntentCreateParams",
  "post /v1/payment_intents/:id": "PaymentIntents#PaymentIntentUpdateParams",
  "post /v1/payment_intents/:id/confirm": "PaymentIntents#PaymentIntentConfirmParams",
  "post /v1/payment_intents/:id/capture": "PaymentIntents#PaymentIntentCaptureParams",
  "post /v1/payment_intents/:id/cancel": "PaymentIntents#PaymentIntentCancelParams",
  "get /v1/payment_intents": "PaymentIntents#PaymentIntentListParams",
  "post /v1/setup_intents": "SetupIntents#SetupIntentCreateParams",
  "post /v1/setup_intents/:id": "SetupIntents#SetupIntentUpdateParams",
  "post /v1/setup_intents/:id/confirm": "SetupIntents#SetupIntentConfirmParams",
  "get /v1/setup_intents": "SetupIntents#SetupIntentListParams",
  "post /v1/charges/:id": "Charges#ChargeUpdateParams",
  "get /v1/charges": "Charges#ChargeListParams",
  "post /v1/refunds": "Refunds#RefundCreateParams",
  "get /v1/refunds": "Refunds#RefundListParams",
  "post /v1/disputes/:id": "Disputes#DisputeUpdateParams",
  "get /v1/disputes": "Disputes#DisputeListParams",
  "post /v1/payouts": "Payouts#PayoutCreateParams",
  "get /v1/payouts": "Payouts#PayoutListParams",
  "get /v1/balance_transactions": "BalanceTransactions#BalanceTransactionListParams",
  "get /v1/events": "Events#EventListParams",
};

let t: TestDatabase;
let standIn: StandIn;
let checker: ts.TypeChecker;
let program: ts.Program;

beforeAll(async () => {
  const files = [...Object.values(declared), ...Object.values(params)].map((name) => fileOf(name));
  program = ts.createProgram([...new Set(files)], {
    ...{ strict: true, skipLibCheck: true, noEmit: true, types: [] },
    ...{
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  });
  checker = program.getTypeChecker();
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2026-11-23T15:00:00Z"));
}, 120_000);
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const fileOf = (name: string) => join(resources, `${name.split("#")[0] ?? ""}.d.ts`);

function typeOf(name: string): ts.Type {
  const file = program.getSourceFile(fileOf(name));
  const module = file && checker.getSymbolAtLocation(file);
  const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name.split("#")[1]);
  if (!symbol) throw new Error(`the SDK does not declare ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

const has = (type: ts.Type, flag: ts.TypeFlags) => (type.flags & flag) !== 0;

/** What is not as the SDK says: fields that are missing, unknown, or of another kind. */
function wrongs(value: unknown, type: ts.Type, path: string): string[] {
  if (type.isUnion()) return wrongsOfUnion(value, type, path);
  if (value === null) return has(type, ts.TypeFlags.Null) ? [] : [`${path} is null`];
  if (typeof value === "string") {
    if (type.isStringLiteral()) return type.value === value ? [] : [`${path} is ${value}`];
    return has(type, ts.TypeFlags.String) || type.isIntersection() ? [] : [`${path} is a text`];
  }
  if (typeof value === "number") return has(type, ts.TypeFlags.NumberLike) ? [] : [`${path} is a number`];
  if (typeof value === "boolean") {
    if (has(type, ts.TypeFlags.BooleanLiteral)) {
      return checker.typeToString(type) === String(value) ? [] : [`${path} is ${String(value)}`];
    }
    return [`${path} is a boolean`];
  }
  if (!has(type, ts.TypeFlags.Object)) return [`${path} is an object`];
  if (Array.isArray(value)) {
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return item ? value.flatMap((one, at) => wrongs(one, item, `${path}[${String(at)}]`)) : [`${path} is a list`];
  }
  return wrongsOfObject(value as Record<string, unknown>, type, path);
}

/** An open list of words (`'a' | 'b' | OtherString`) takes the words that are documented. */
function wrongsOfUnion(value: unknown, type: ts.UnionType, path: string): string[] {
  const words = type.types.filter((one) => one.isStringLiteral()).map((one) => one.value);
  if (typeof value === "string" && words.length > 0) return words.includes(value) ? [] : [`${path} is ${value}`];
  // An object is told what is wrong with it, not that there could have been none.
  const objects = type.types.filter((one) => has(one, ts.TypeFlags.Object));
  const meant = typeof value === "object" && value !== null && objects.length > 0 ? objects : type.types;
  const tries = meant.map((one) => wrongs(value, one, path)).sort((a, b) => a.length - b.length);
  return tries[0] ?? [];
}

function wrongsOfObject(value: Record<string, unknown>, type: ts.Type, path: string): string[] {
  const properties = checker.getPropertiesOfType(type);
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const names = new Set(properties.map((one) => one.name));
  const unknown = index ? [] : Object.keys(value).filter((name) => !names.has(name));
  return [
    ...unknown.map((name) => `${path}.${name} is not documented`),
    ...properties.flatMap((property) => {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const { name } = property;
      if (!(name in value)) return optional ? [] : [`${path}.${name} is missing`];
      return wrongs(value[name], checker.getTypeOfSymbol(property), `${path}.${name}`);
    }),
  ];
}

const never = { automatic_payment_methods: { enabled: true, allow_redirects: "never" as const } };
const consent = {
  customer_acceptance: { type: "online" as const, online: { ip_address: "192.0.2.1", user_agent: "test" } },
};
const bank = {
  type: "us_bank_account" as const,
  us_bank_account: {
    routing_number: "110000000",
    account_number: "000123456789",
    account_holder_type: "individual" as const,
  },
  billing_details: { name: "Ada", email: "ada@example.com" },
};

/** One of everything, in every state it can be in. */
async function liveThrough(): Promise<void> {
  const { stripe } = standIn;
  const pay = async (method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) => {
    const params = {
      amount: 5000,
      currency: "usd",
      confirm: true,
      payment_method: method,
      ...never,
      mandate_data: consent,
    };
    try {
      return await stripe.paymentIntents.create({ ...params, ...more });
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError) return null;
      throw error;
    }
  };
  const { id: customer } = await stripe.customers.create({
    name: "Ada",
    shipping: { name: "Ada", address: { line1: "1 St" } },
  });
  const paid = await pay("pm_card_bypassPending", { customer, setup_future_usage: "off_session" });
  await stripe.refunds.create({ payment_intent: paid?.id ?? "", amount: 1000 });
  for (const method of ["pm_card_chargeDeclined", "pm_card_radarBlock", "pm_card_threeDSecure2Required", "pm_card_br"])
    await pay(method);
  for (const method of ["pm_card_refundFail", "pm_card_pendingRefund", "pm_usBankAccount_success"]) {
    const intent = await pay(method);
    if (intent?.status === "processing") await standIn.advance(8 * DAY).then(() => standIn.sandbox.drain());
    await stripe.refunds.create({ payment_intent: intent?.id ?? "" });
  }
  for (const evidence of ["winning_evidence", "losing_evidence"]) {
    const intent = await pay("pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent?.id ?? "" })).data;
    await stripe.disputes.update(dispute?.id ?? "", { evidence: { uncategorized_text: evidence } });
  }
  for (const method of [
    "pm_card_createDisputeInquiry",
    "pm_usBankAccount_dispute",
    "pm_usBankAccount_insufficientFunds",
  ])
    await pay(method);
  const held = await pay("pm_card_visa", { capture_method: "manual" });
  await stripe.paymentIntents.capture(held?.id ?? "", { amount_to_capture: 4000 });
  await stripe.paymentIntents.cancel((await pay("pm_card_visa", { capture_method: "manual" }))?.id ?? "");
  const small = {
    allowed_payment_method_types: ["us_bank_account" as const],
    payment_method_data: bank,
    mandate_data: consent,
    confirm: true,
  };
  const asked = await stripe.paymentIntents.create({ amount: 5000, currency: "usd", ...small });
  await stripe.paymentIntents.verifyMicrodeposits(asked.id, { amounts: [32, 45] });
  const setup = await stripe.setupIntents.create({ customer, ...small });
  await stripe.setupIntents.verifyMicrodeposits(setup.id, { descriptor_code: "SM11AA" });
  await stripe.setupIntents.create({ customer, payment_method: "pm_card_visa", confirm: true, ...never });
  await stripe.setupIntents.create({ payment_method: "pm_card_authenticationRequired", confirm: true, ...never });
  await stripe.payouts.create({ amount: 100, currency: "usd" });
  await standIn.advance(16 * DAY);
  await standIn.sandbox.drain();
}

/** Every object as each event told it, and as it stands now. */
async function everyObject(): Promise<{ object: string }[]> {
  const { stripe } = standIn;
  const found: { object: string }[] = [
    await stripe.balance.retrieve(),
    await stripe.rawRequest("GET", "/v1/account"),
  ] as never;
  for await (const event of stripe.events.list({ limit: 100 })) found.push(event.data.object as never);
  for await (const one of stripe.balanceTransactions.list({ limit: 100 })) found.push(one);
  for await (const one of stripe.setupIntents.list({ limit: 100, expand: ["data.mandate", "data.latest_attempt"] })) {
    found.push(...[one.mandate, one.latest_attempt].filter((other) => other !== null && typeof other === "object"));
  }
  const { id } = await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
  found.push(await stripe.confirmationTokens.retrieve(id));
  return JSON.parse(JSON.stringify(found)) as { object: string }[];
}

describe("every object of the stand-in", () => {
  it("carries every field that Stripe documents for it, and none besides", { timeout: 120_000 }, async () => {
    await liveThrough();
    const objects = await everyObject();
    const found = new Set<string>();
    for (const one of objects) {
      const name = declared[one.object];
      for (const wrong of name === undefined ? ["is not declared"] : wrongs(one, typeOf(name), one.object))
        found.add(wrong);
    }
    expect([...found]).toEqual([]);
    expect(new Set(objects.map(({ object }) => object))).toEqual(new Set(Object.keys(declared)));
    expect(objects.length).toBeGreaterThan(100);
  });
});

describe("the comparison itself", () => {
  it("tells a field that is missing, one too many, and one of another kind", async () => {
    const customer = JSON.parse(JSON.stringify(await standIn.stripe.customers.create({}))) as Record<string, unknown>;
    const { livemode, ...lacking } = customer;
    expect(livemode).toBe(false);
    const spoilt = { ...lacking, delinquent: "no", colour: "blue", tax_exempt: "sometimes", address: { city: 1 } };
    expect(wrongs(spoilt, typeOf("Customers#Customer"), "customer").sort()).toEqual([
      "customer.address.city is a number",
      "customer.address.country is missing",
      "customer.address.line1 is missing",
      "customer.address.line2 is missing",
      "customer.address.postal_code is missing",
      "customer.address.state is missing",
      "customer.colour is not documented",
      "customer.delinquent is a text",
      "customer.livemode is missing",
      "customer.tax_exempt is sometimes",
    ]);
  });
});

describe("every endpoint of the stand-in", () => {
  it.each(Object.entries(params))("%s knows the parameters that Stripe documents", (endpoint, name) => {
    const [method = "", path = ""] = endpoint.split(" ");
    const documented = checker.getPropertiesOfType(typeOf(name)).map((one) => one.name);
    expect(new Set(parametersOf({ method, path }))).toEqual(new Set(documented));
  });
});
