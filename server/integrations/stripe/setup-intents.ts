import Stripe from "stripe";

import { type FailureCode, type SetupAnswer, type SetupFacts, type StartSetup } from "#server/platform/processor.ts";

import { failureOf } from "./failures.ts";
import { methodFactsOf } from "./intent-facts.ts";

const expand = ["payment_method"];

const STATES: Readonly<Record<string, SetupFacts["state"]>> = {
  succeeded: "done",
  canceled: "canceled",
  requires_payment_method: "failed",
};

/** Stripe's setup intent as our facts. */
function toSetupFacts(intent: Stripe.SetupIntent): SetupFacts {
  const state = STATES[intent.status] ?? "requires_action";
  const { payment_method: method, mandate, last_setup_error: error } = intent;
  const mandateId = typeof mandate === "string" ? mandate : (mandate?.id ?? null);
  return {
    ...{ intentId: intent.id, setupId: intent.metadata?.["setup_id"] ?? null, state },
    clientSecret: state === "requires_action" ? intent.client_secret : null,
    verifyUrl: intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? null,
    method: method === null || typeof method === "string" ? null : methodFactsOf(method, mandateId),
    failure: state === "failed" ? failureOf(error?.code, error?.decline_code) : null,
  };
}

export const retrieveSetup = async (stripe: Stripe, intentId: string): Promise<SetupFacts> =>
  toSetupFacts(await stripe.setupIntents.retrieve(intentId, { expand }));

/** Makes and confirms a setup intent with a confirmation token. A refusal is an answer; silence is not. */
export async function startSetup(stripe: Stripe, start: StartSetup): Promise<SetupAnswer> {
  const params: Stripe.SetupIntentCreateParams = {
    ...{ customer: start.customerId, confirm: true, confirmation_token: start.confirmationToken, expand },
    ...{ usage: "off_session", metadata: { setup_id: start.setupId } },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  };
  try {
    return {
      known: true,
      setup: toSetupFacts(await stripe.setupIntents.create(params, { idempotencyKey: start.key })),
    };
  } catch (error) {
    return answerOf(stripe, error);
  }
}

async function answerOf(stripe: Stripe, error: unknown): Promise<SetupAnswer> {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const refused =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  if (!refused) return { known: false };
  const intentId = error.setup_intent?.id;
  const failure: FailureCode = failureOf(error.code, error.decline_code);
  if (intentId === undefined) return { known: true, setup: null, failure };
  return { known: true, setup: { ...(await retrieveSetup(stripe, intentId)), failure } };
}
