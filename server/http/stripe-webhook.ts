import express, { type Request, type Response, Router } from "express";

import { receiveEvent } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export const stripeWebhookPath = "/hooks/stripe";

/**
 * Stripe's webhook: verified on the raw body, stored, answered, and worked off by a job. It proves itself by its
 * signature alone, and stands before Remix: hundreds a second may arrive at once (P12).
 */
export function stripeWebhook(makeCtx: (requestId: string) => Ctx): Router {
  const router = Router();
  const raw = express.raw({ type: () => true, limit: "1mb", inflate: false });
  const receive = async (request: Request, response: Response) => {
    const body: unknown = request.body;
    const input = {
      raw: Buffer.isBuffer(body) ? body.toString() : "",
      signature: request.get("stripe-signature") ?? "",
    };
    const received = await receiveEvent({ ctx: makeCtx(String(response.locals["requestId"])), input });
    if (received.ok) response.json({ received: true });
    else response.status(400).json({ error: received.reason });
  };
  // Express 4 hears nothing of a rejected promise, and Node ends the process over it: a stalled database would.
  router.post(stripeWebhookPath, raw, (request, response, next) => void receive(request, response).catch(next));
  router.all(stripeWebhookPath, (_request, response) => {
    response.set("Allow", "POST").status(405).end();
  });
  return router;
}
