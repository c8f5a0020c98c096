import Stripe from "stripe";
import { z } from "zod";

import { Fault } from "#server/platform/faults.ts";
import { type IntentAnswer, type Processor, type StartIntent } from "#server/platform/processor.ts";

import { toDisputeFacts } from "./dispute-facts.ts";
import { failureOf } from "./failures.ts";
import { givingBack } from "./giving-back.ts";
import { INTENT_EXPANSIONS, methodFactsOf, toIntentFacts } from "./intent-facts.ts";
import { retrieveSetup, startSetup } from "./setup-intents.ts";

export type StripeKeys = {
  mode: "sandbox" | "test" | "live";
  /** Where the SDK sends its calls: Stripe, or the stand-in on loopback. */
  apiBase: string;
  secretKey: string;
  webhookSecret: string;
  /** How long one call may take before it is asked again. */
  timeoutMs?: number;
};

const TIMEOUT_MS = 20_000;
/** Stripe's own default tolerance: an older signature is a replay. */
const TOLERANCE_S = 300;
/** How many of a customer's newest intents are looked through for one we never heard of. */
const LOOK_BACK = 20;

/** The card processor over Stripe's SDK. With real keys or with the stand-in it is the same code. */
export function createProcessor(keys: StripeKeys): Processor {
  const stripe = connect(keys);
  const expand = INTENT_EXPANSIONS;
  const retrieve = async (intentId: string) =>
    toIntentFacts(await asked(() => stripe.paymentIntents.retrieve(intentId, { expand })));
  return {
    mode: keys.mode === "sandbox" ? "sandbox" : "live",
    async createCustomer({ key, accountId, name, email }) {
      // Made of what never changes: a name that was edited since would make a repeated question another one, and refused.
      const params = { metadata: { account_id: accountId } };
      const { id } = await asked(() => stripe.customers.create(params, { idempotencyKey: key }));
      await asked(() => stripe.customers.update(id, { name, ...(email === null ? {} : { email }) }));
      return id;
    },
    startIntent: (start) => startIntent(stripe, start),
    readToken: (token) => readToken(stripe, token),
    getIntent: retrieve,
    async findIntent({ customerId, paymentId }) {
      const page = await asked(() => stripe.paymentIntents.list({ customer: customerId, limit: LOOK_BACK }));
      const found = page.data.find((intent) => intent.metadata["payment_id"] === paymentId);
      return found ? retrieve(found.id) : null;
    },
    async cancelIntent(intentId) {
      try {
        await stripe.paymentIntents.cancel(intentId);
      } catch (error) {
        // It went on meanwhile: then what it is now is the answer.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw unavailable(error);
      }
      return retrieve(intentId);
    },
    startSetup: (start) => startSetup(stripe, start),
    getSetup: (intentId) => asked(() => retrieveSetup(stripe, intentId)),
    async cancelSetup(intentId) {
      try {
        await stripe.setupIntents.cancel(intentId);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw unavailable(error);
      }
      return asked(() => retrieveSetup(stripe, intentId));
    },
    async detachMethod(methodId) {
      try {
        await stripe.paymentMethods.detach(methodId);
      } catch (error) {
        // Gone at the processor already: that is what was asked for.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw unavailable(error);
      }
    },
    async getMethod(methodId) {
      try {
        return methodFactsOf(await stripe.paymentMethods.retrieve(methodId), null);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
        throw unavailable(error);
      }
    },
    getDispute: async (disputeId) =>
      toDisputeFacts(await asked(() => stripe.disputes.retrieve(disputeId, { expand: ["charge"] }))),
    ...givingBack(stripe, asked),
    readEvent: (raw, signature) => readEvent(stripe, { raw, signature, secret: keys.webhookSecret }),
  };
}

function connect({ apiBase, secretKey, timeoutMs = TIMEOUT_MS }: StripeKeys): Stripe {
  const { hostname, port, protocol } = new URL(apiBase);
  return new Stripe(secretKey, {
    host: hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    protocol: protocol === "http:" ? "http" : "https",
    timeout: timeoutMs,
    maxNetworkRetries: 2,
    telemetry: false,
  });
}

async function startIntent(stripe: Stripe, start: StartIntent): Promise<IntentAnswer> {
  const { means, amount } = start;
  const params: Stripe.PaymentIntentCreateParams = {
    amount: Number(amount.amountMinor),
    currency: amount.currency.toLowerCase(),
    customer: start.customerId,
    confirm: true,
    description: start.description,
    metadata: { payment_id: start.paymentId, account_id: start.accountId },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    expand: INTENT_EXPANSIONS,
    ...(means.kind === "token"
      ? {
          confirmation_token: means.confirmationToken,
          ...(means.save ? { setup_future_usage: "off_session" as const } : {}),
        }
      : { payment_method: means.methodId, ...(means.offSession ? { off_session: true } : {}) }),
  };
  try {
    return {
      known: true,
      intent: toIntentFacts(await stripe.paymentIntents.create(params, { idempotencyKey: start.key })),
    };
  } catch (error) {
    return answerOf(stripe, error);
  }
}

async function readToken(stripe: Stripe, id: string) {
  try {
    const { payment_method_preview: preview } = await stripe.confirmationTokens.retrieve(id);
    return preview?.type === "us_bank_account" ? "bank_debit" : "card";
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    throw unavailable(error);
  }
}

/** A refusal is an answer; silence, overload and faults of Stripe's own are not. */
async function answerOf(stripe: Stripe, error: unknown): Promise<IntentAnswer> {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const refused =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  if (!refused) return { known: false };
  const intentId = error.payment_intent?.id;
  if (intentId === undefined) return { known: true, intent: null, failure: failureOf(error.code, error.decline_code) };
  const expand = INTENT_EXPANSIONS;
  return {
    known: true,
    intent: toIntentFacts(await asked(() => stripe.paymentIntents.retrieve(intentId, { expand }))),
  };
}

const eventSchema = z.looseObject({
  ...{ id: z.string().min(1), type: z.string().min(1), created: z.number().int() },
  data: z.looseObject({ object: z.record(z.string(), z.unknown()) }),
});

/** PostgreSQL keeps neither NUL nor half a surrogate pair in jsonb. */
const storable = (event: unknown): unknown =>
  JSON.parse(JSON.stringify(event), (_name, value: unknown) =>
    typeof value === "string" ? value.replaceAll(/\0|\p{Surrogate}/gu, "\uFFFD") : value,
  );

function readEvent(stripe: Stripe, { raw, signature, secret }: { raw: string; signature: string; secret: string }) {
  try {
    const event = eventSchema.safeParse(storable(stripe.webhooks.constructEvent(raw, signature, secret, TOLERANCE_S)));
    if (!event.success) return null;
    const { id, type, created, data } = event.data;
    return {
      ...{ id, type, createdAt: new Date(created * 1000), payload: event.data },
      objectId: typeof data.object["id"] === "string" ? data.object["id"] : null,
    };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unavailable(error);
  }
}

/** What a caller may come back to later; everything else is a bug of ours and stays what it is. */
function unavailable(error: unknown): unknown {
  const later =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    error instanceof Stripe.errors.StripeAPIError;
  return later ? new Fault("unavailable", "the payment processor does not answer", { cause: error }) : error;
}
