import type Stripe from "stripe";

import { group, text } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { missingParameter, refusal } from "../call/stripe-fault.ts";
import { draftFromParams, draftFromTestToken, type MethodDraft } from "../flows/draft-method.ts";
import { makeConfirmationToken } from "../flows/make-confirmation-token.ts";
import { loadDocument } from "../store/documents.ts";
import { type Instrument } from "../store/kinds.ts";
import { type Work } from "../store/work.ts";

async function draftOfMethod(work: Work, id: string): Promise<MethodDraft> {
  const { doc, inner } = await loadDocument(work, "payment_method", id);
  const instrument = inner.instrument as Instrument;
  if (doc.card) return { details: { type: "card", card: doc.card }, billing: doc.billing_details, instrument };
  if (doc.us_bank_account)
    return {
      details: { type: "us_bank_account", us_bank_account: doc.us_bank_account },
      billing: doc.billing_details,
      instrument,
    };
  throw refusal({ param: "payment_method", message: `${id} is neither a card nor a bank account.` });
}

/** Stripe's test helper: a token as the Payment Element would have made it. */
async function create(call: Call) {
  const { work, params } = call;
  const method = text(params, "payment_method");
  const data = group(params, "payment_method_data");
  if (method === undefined && data === undefined) throw missingParameter("payment_method");
  const draft = data
    ? draftFromParams(data, { nowMs: work.nowMs, verifiedBank: false })
    : (draftFromTestToken(method ?? "", work.nowMs) ?? (await draftOfMethod(work, method ?? "")));
  const token = await makeConfirmationToken(work, draft, {
    returnUrl: text(params, "return_url") ?? null,
    setupFutureUsage: (text(params, "setup_future_usage") ?? null) as Stripe.ConfirmationToken.SetupFutureUsage | null,
    acceptedFrom:
      draft.details.type === "us_bank_account" ? { ip: "127.0.0.1", userAgent: "Stripe test helper" } : null,
  });
  return ok(token);
}

export const confirmationTokenEndpoints: Endpoint[] = [
  { method: "post", path: "/v1/test_helpers/confirmation_tokens", run: create },
  {
    method: "get",
    path: "/v1/confirmation_tokens/:id",
    run: async (call) => ok((await loadDocument(call.work, "confirmation_token", call.id)).doc),
  },
];
