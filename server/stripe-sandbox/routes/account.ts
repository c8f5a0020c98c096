import type Stripe from "stripe";

import { ok, type Endpoint } from "../call/reply.ts";

/** Whose keys these are. */
const account: Stripe.Account = {
  id: "acct_1SandboxOfRemit0",
  object: "account",
  business_profile: null,
  business_type: null,
  charges_enabled: true,
  country: "US",
  created: 0,
  default_currency: "usd",
  details_submitted: true,
  email: null,
  metadata: {},
  payouts_enabled: true,
  settings: null,
  type: "standard",
};

export const accountEndpoints: Endpoint[] = [
  { method: "get", path: "/v1/account", run: () => Promise.resolve(ok(account)) },
];
