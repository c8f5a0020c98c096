import type Stripe from "stripe";

import { type MethodDetails } from "./payment-method.ts";

export function newConfirmationToken(token: {
  id: string;
  created: number;
  billing: Stripe.PaymentMethod.BillingDetails;
  details: MethodDetails;
  returnUrl: string | null;
  setupFutureUsage: Stripe.ConfirmationToken.SetupFutureUsage | null;
  acceptedFrom: { ip: string | null; userAgent: string | null } | null;
}): Stripe.ConfirmationToken {
  const { acceptedFrom } = token;
  return {
    id: token.id,
    object: "confirmation_token",
    created: token.created,
    expires_at: token.created + 12 * 3600,
    livemode: false,
    mandate_data: acceptedFrom && {
      customer_acceptance: {
        type: "online",
        online: { ip_address: acceptedFrom.ip, user_agent: acceptedFrom.userAgent },
      },
    },
    metadata: {},
    payment_intent: null,
    payment_method_options: { card: { cvc_token: null } },
    payment_method_preview: {
      allow_redisplay: "unspecified",
      billing_details: token.billing,
      customer: null,
      customer_account: null,
      ...token.details,
    },
    return_url: token.returnUrl,
    setup_future_usage: token.setupFutureUsage,
    setup_intent: null,
    shipping: null,
    use_stripe_sdk: true,
  };
}
