import { Router } from "express";
import type Stripe from "stripe";

import { text } from "../call/params.ts";
import { draftFromParams } from "../flows/draft-method.ts";
import { makeConfirmationToken } from "../flows/make-confirmation-token.ts";
import { insertMethod } from "../flows/take-method.ts";
import { inWork, type Sandbox } from "../sandbox.ts";
import { type loadAssets } from "./assets.ts";
import { json, type Question } from "./json.ts";
import { toForm } from "./to-form.ts";

/** The card number is here, in memory, and nowhere afterwards: what is kept is how it behaves and its last four. */
async function makeToken(sandbox: Sandbox, { body, ip, userAgent }: Question): Promise<object> {
  const form = toForm(body);
  const method = form["method"];
  const params = typeof method === "object" && !Array.isArray(method) ? method : {};
  const verifiedBank = text(params, "verification") !== "microdeposits";
  return inWork(sandbox, async (work) => {
    const draft = draftFromParams(params, { nowMs: work.nowMs, verifiedBank });
    if (text(form, "kind") === "payment_method") return { paymentMethod: (await insertMethod(work, draft)).doc };
    const token = await makeConfirmationToken(work, draft, {
      returnUrl: text(form, "return_url") ?? null,
      setupFutureUsage: (text(form, "setup_future_usage") ?? null) as Stripe.ConfirmationToken.SetupFutureUsage | null,
      acceptedFrom: draft.details.type === "us_bank_account" ? { ip, userAgent } : null,
    });
    return { confirmationToken: token };
  });
}

/** The card form: a page of its own, in a frame. */
export function elementRoutes(sandbox: Sandbox, assets: ReturnType<typeof loadAssets>): Router {
  const router = Router();
  router.get("/payment", (_req, res) => void res.type("html").send(assets.elementPage));
  router.get("/payment.css", (_req, res) => void res.type("css").send(assets.elementStyle));
  router.get("/payment.js", (_req, res) => void res.type("js").send(assets.elementScript));
  router.post(
    "/tokens",
    json(sandbox, (question) => makeToken(sandbox, question)),
  );
  return router;
}
