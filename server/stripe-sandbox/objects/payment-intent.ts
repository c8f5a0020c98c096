import type Stripe from "stripe";

import { newClientSecret } from "../ids.ts";

export function newPaymentIntent(intent: {
  id: string;
  created: number;
  amount: number;
  currency: string;
  methodTypes: string[];
  allowed: string[] | null;
  automatic: { allowRedirects: "always" | "never" } | null;
}): Stripe.PaymentIntent {
  return {
    id: intent.id,
    object: "payment_intent",
    allowed_payment_method_types: intent.allowed,
    amount: intent.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: intent.automatic && { allow_redirects: intent.automatic.allowRedirects, enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: newClientSecret(intent.id),
    confirmation_method: "automatic",
    created: intent.created,
    currency: intent.currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: methodOptions(intent.methodTypes),
    payment_method_types: intent.methodTypes,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
}

function methodOptions(types: string[]): Stripe.PaymentIntent.PaymentMethodOptions {
  return {
    ...(types.includes("card")
      ? {
          card: {
            installments: null,
            mandate_options: null,
            network: null,
            request_three_d_secure: "automatic" as const,
          },
        }
      : {}),
    ...(types.includes("us_bank_account") ? { us_bank_account: { verification_method: "automatic" as const } } : {}),
  };
}
