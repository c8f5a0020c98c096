import Stripe from "stripe";

import { type Payer } from "./open-books.ts";

export type PayForm = Record<string, string>;

/** A browser without JavaScript: signs in, sends the pay page's form, again and again if need be, and reads pages. */
export async function signIn(url: string, { email, password }: Payer) {
  const post = (path: string, fields: PayForm, cookie = "") =>
    fetch(new URL(path, url), {
      ...{ method: "POST", redirect: "manual" as const, body: new URLSearchParams(fields) },
      headers: { Origin: url, Cookie: cookie },
    });
  const signedIn = await post("/sign-in", { intent: "password", email, password, to: "" });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  if (signedIn.status !== 303) throw new Error(`signing in answered ${String(signedIn.status)}`);
  return {
    cookie,
    pay: (form: PayForm) => post("/pay", form, cookie),
    read: (path: string) => fetch(new URL(path, url), { redirect: "manual", headers: { Cookie: cookie } }),
  };
}

/** A confirmation token, as the Payment Element would have made of a test card or bank account. */
export async function makeToken(url: string, method: string): Promise<string> {
  const { stripe } = (await (await fetch(new URL("/healthz", url))).json()) as { stripe: { apiBase: string } };
  const { hostname: host, port } = new URL(stripe.apiBase);
  const client = new Stripe("sk_test_sandbox", { host, port, protocol: "http", telemetry: false });
  return (await client.testHelpers.confirmationTokens.create({ payment_method: method })).id;
}

/** A switch of the stand-in; answers nothing when it takes the server down. */
export async function turnKnob(url: string, path: string, body: Record<string, unknown> = {}): Promise<void> {
  await fetch(new URL(`/sandbox${path}`, url), {
    ...{ method: "POST", body: JSON.stringify(body) },
    headers: { "Content-Type": "application/json" },
  });
}
