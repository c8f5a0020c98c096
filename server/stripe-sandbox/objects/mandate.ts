import type Stripe from "stripe";

export function newMandate(mandate: {
  id: string;
  acceptedAt: number;
  paymentMethod: Stripe.PaymentMethod;
  online: { ip: string | null; userAgent: string | null } | null;
  singleUse: { amount: number; currency: string } | null;
}): Stripe.Mandate {
  const { online, singleUse, paymentMethod } = mandate;
  return {
    id: mandate.id,
    object: "mandate",
    customer_acceptance: {
      accepted_at: mandate.acceptedAt,
      ...(online
        ? { type: "online" as const, online: { ip_address: online.ip, user_agent: online.userAgent } }
        : { type: "offline" as const, offline: {} }),
    },
    livemode: false,
    ...(singleUse ? { single_use: singleUse } : { multi_use: {} }),
    payment_method: paymentMethod.id,
    payment_method_details:
      paymentMethod.type === "us_bank_account"
        ? { type: "us_bank_account", us_bank_account: {} }
        : { type: "card", card: {} },
    status: "active",
    type: singleUse ? "single_use" : "multi_use",
  };
}
