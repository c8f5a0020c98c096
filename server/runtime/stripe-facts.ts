import { type Env } from "#server/platform/env.ts";

import { type StandIn } from "./start-sandbox.ts";

/** What the SDK, the browser and `/healthz` need to know of the payment processor. */
export type StripeFacts = {
  mode: "sandbox" | "test" | "live";
  /** Where the server SDK sends its calls. */
  apiBase: string;
  secretKey: string;
  webhookSecret: string;
  publishableKey: string;
  scriptUrl: string;
};

/** With keys, Stripe; without, its stand-in. */
export function stripeFacts(env: Env, standIn: StandIn | undefined): StripeFacts {
  if (standIn) {
    const { host, port, protocol } = standIn.sandbox.apiBase;
    return {
      mode: "sandbox",
      apiBase: `${protocol}://${host}:${String(port)}`,
      secretKey: "sk_test_sandbox",
      webhookSecret: standIn.webhookSecret,
      publishableKey: "pk_test_sandbox",
      scriptUrl: "/sandbox/stripe.js",
    };
  }
  if (!env.stripe) throw new Error("neither keys of Stripe nor its stand-in");
  const { live, ...keys } = env.stripe;
  return {
    mode: live ? "live" : "test",
    apiBase: "https://api.stripe.com",
    ...keys,
    scriptUrl: "https://js.stripe.com/v3/",
  };
}
