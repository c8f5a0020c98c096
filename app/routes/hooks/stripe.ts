import { type ActionFunctionArgs } from "@remix-run/node";

import { serverOf } from "#app/http/asker.server.ts";
import { receiveEvent } from "#server/domains/payments/index.ts";

/** Stripe's webhook: stored, answered, and worked off by a job. Proves itself by its signature alone. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { request } = args;
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
  const ctx = serverOf(args).makeCtx({ kind: "processor" });
  const signature = request.headers.get("stripe-signature") ?? "";
  const received = await receiveEvent({ ctx, input: { raw: await request.text(), signature } });
  return received.ok ? Response.json({ received: true }) : Response.json({ error: received.reason }, { status: 400 });
}
