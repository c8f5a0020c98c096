import type Stripe from "stripe";

import { type Work } from "../store/work.ts";
import { addBusinessDays } from "../time/business-days.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** Where a browser is sent: beside the page it comes back to, else where the application lives. */
function baseFor(work: Work, returnUrl: string | null): string {
  if (returnUrl === null || !URL.canParse(returnUrl)) return work.publicBase;
  return `${new URL(returnUrl).origin}${new URL(work.publicBase).pathname}`;
}

function secretOf(intent: Intent): string {
  return encodeURIComponent(intent.client_secret ?? "");
}

/** The page where the customer's bank would ask for a fingerprint or a code. */
export function authenticationAction(
  work: Work,
  intent: Intent,
  way: { returnUrl: string | null; inPage: boolean },
): Stripe.PaymentIntent.NextAction {
  const url = `${baseFor(work, way.returnUrl)}/authenticate/${intent.id}?client_secret=${secretOf(intent)}`;
  if (!way.inPage && way.returnUrl !== null)
    return {
      type: "redirect_to_url",
      redirect_to_url: { return_url: way.returnUrl, url: `${url}&return_url=${encodeURIComponent(way.returnUrl)}` },
    };
  return {
    type: "use_stripe_sdk",
    use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url, source: `src_${intent.id.slice(-20)}` },
  };
}

/** The page where two small amounts, or the code of one, are typed in. */
export function microdepositAction(
  work: Work,
  intent: Intent,
  returnUrl: string | null,
): Stripe.PaymentIntent.NextAction {
  return {
    type: "verify_with_microdeposits",
    verify_with_microdeposits: {
      arrival_date: Math.floor(addBusinessDays(work.nowMs, 1) / 1000),
      hosted_verification_url: `${baseFor(work, returnUrl)}/verify/${intent.id}?client_secret=${secretOf(intent)}`,
      microdeposit_type: "descriptor_code",
    },
  };
}
