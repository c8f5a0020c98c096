import { Router } from "express";
import type Stripe from "stripe";

import { toForm } from "./to-form.ts";
import { refusal } from "../call/stripe-fault.ts";
import { type Reply } from "../call/reply.ts";
import { confirmPayment } from "../flows/confirm-payment.ts";
import { confirmSetup } from "../flows/confirm-setup.ts";
import { verifyMicrodeposits } from "../flows/verify-microdeposits.ts";
import { inWork, type Sandbox } from "../sandbox.ts";
import { loadDocument, lockDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { json, type Body } from "./json.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

const hidden = [
  "customer",
  "customer_account",
  "metadata",
  "latest_charge",
  "latest_attempt",
  "application",
  "review",
  "mandate",
];

/** What the publishable key may see of an intent. */
function publicView(intent: Intent): object {
  return Object.fromEntries(Object.entries(intent).filter(([field]) => !hidden.includes(field)));
}

async function load(work: Work, id: string, lock: boolean): Promise<Intent> {
  const read = lock ? lockDocument : loadDocument;
  return id.startsWith("seti_")
    ? (await read(work, "setup_intent", id)).doc
    : (await read(work, "payment_intent", id)).doc;
}

/** The client secret is the whole authority of a browser. */
export async function intentBySecret(
  work: Work,
  claim: { id: string; secret: unknown; lock: boolean },
): Promise<Intent> {
  const intent = await load(work, claim.id, claim.lock);
  if (intent.client_secret !== claim.secret)
    throw refusal({
      code: `${intent.object}_invalid_parameter`,
      param: "client_secret",
      message: "The client_secret provided does not match the client_secret associated with this intent.",
    });
  return intent;
}

function publicReply(reply: Reply): Reply {
  if (reply.status === 200) return { status: 200, body: { intent: publicView(reply.body as Intent) } };
  const { error } = reply.body as { error: Record<string, unknown> };
  for (const field of ["payment_intent", "setup_intent"])
    if (error[field]) error[field] = publicView(error[field] as Intent);
  return { status: reply.status, body: { error } };
}

const fromBrowser = ["confirmation_token", "payment_method", "return_url", "receipt_email"];

async function confirm(work: Work, intent: Intent, body: Body): Promise<Reply> {
  const sent = Object.fromEntries(fromBrowser.filter((field) => body[field]).map((field) => [field, body[field]]));
  const params = toForm({ ...sent, use_stripe_sdk: "true" });
  return intent.object === "setup_intent" ? confirmSetup(work, intent, params) : confirmPayment(work, intent, params);
}

/** What `window.Stripe` does with a publishable key and a client secret. */
export function intentRoutes(sandbox: Sandbox): Router {
  const router = Router();
  router.get(
    "/:id",
    json(sandbox, ({ params, query }) =>
      inWork(sandbox, async (work) => {
        const intent = await intentBySecret(work, {
          id: params["id"] ?? "",
          secret: query["client_secret"],
          lock: false,
        });
        return { intent: publicView(intent) };
      }),
    ),
  );
  router.post(
    "/:id/confirm",
    json(sandbox, ({ params, body }) =>
      inWork(sandbox, async (work) => {
        const intent = await intentBySecret(work, {
          id: params["id"] ?? "",
          secret: body["client_secret"],
          lock: true,
        });
        return publicReply(await confirm(work, intent, body));
      }),
    ),
  );
  router.post(
    "/:id/verify",
    json(sandbox, ({ params, body }) =>
      inWork(sandbox, async (work) => {
        const id = params["id"] ?? "";
        await intentBySecret(work, { id, secret: body["client_secret"], lock: true });
        return publicReply(await verifyMicrodeposits(work, id, toForm(body)));
      }),
    ),
  );
  return router;
}
