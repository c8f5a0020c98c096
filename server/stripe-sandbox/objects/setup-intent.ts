import type Stripe from "stripe";

import { newClientSecret } from "../ids.ts";

export function newSetupIntent(intent: {
  id: string;
  created: number;
  methodTypes: string[];
  allowed: string[] | null;
  automatic: { allowRedirects: "always" | "never" } | null;
  usage: string;
}): Stripe.SetupIntent {
  return {
    id: intent.id,
    object: "setup_intent",
    allowed_payment_method_types: intent.allowed,
    application: null,
    automatic_payment_methods: intent.automatic && { allow_redirects: intent.automatic.allowRedirects, enabled: true },
    cancellation_reason: null,
    client_secret: newClientSecret(intent.id),
    created: intent.created,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" },
      us_bank_account: { verification_method: "automatic" },
    },
    payment_method_types: intent.methodTypes,
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: intent.usage,
  };
}

export function newSetupAttempt(attempt: {
  id: string;
  created: number;
  intent: Stripe.SetupIntent;
  method: Stripe.PaymentMethod;
  status: "succeeded" | "failed" | "requires_action";
}): Stripe.SetupAttempt {
  const { intent, method } = attempt;
  return {
    id: attempt.id,
    object: "setup_attempt",
    application: null,
    created: attempt.created,
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: {
      type: method.type,
      ...(method.type === "us_bank_account" ? { us_bank_account: {} } : {}),
    },
    setup_error: intent.last_setup_error,
    setup_intent: intent.id,
    status: attempt.status,
    usage: intent.usage,
  };
}
