import type Stripe from "stripe";

import { newId } from "../ids.ts";
import { newConfirmationToken } from "../objects/confirmation-token.ts";
import { insertDocument } from "../store/documents.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { type MethodDraft } from "./draft-method.ts";

/** What the browser's form becomes. The number has been forgotten before this is called. */
export async function makeConfirmationToken(
  work: Work,
  draft: MethodDraft,
  form: {
    returnUrl: string | null;
    setupFutureUsage: Stripe.ConfirmationToken.SetupFutureUsage | null;
    acceptedFrom: { ip: string | null; userAgent: string | null } | null;
  },
): Promise<Stripe.ConfirmationToken> {
  const { details, billing, instrument } = draft;
  const doc = newConfirmationToken({ id: newId("ctoken"), created: nowSeconds(work), details, billing, ...form });
  await insertDocument(work, { kind: "confirmation_token", doc, inner: { instrument } });
  return doc;
}
