import type Stripe from "stripe";

import { group, has, text, type Form } from "../call/params.ts";
import { refusal } from "../call/stripe-fault.ts";
import { newId } from "../ids.ts";
import { idOf } from "../objects/nothing.ts";
import { newPaymentMethod } from "../objects/payment-method.ts";
import { findDocument, insertDocument, lockDocument, namedDocument, saveDocument } from "../store/documents.ts";
import { type Document, type Instrument } from "../store/kinds.ts";
import { nowSeconds, type Work } from "../store/work.ts";
import { draftFromParams, draftFromTestToken, type MethodDraft } from "./draft-method.ts";

export type Taken = {
  method: Stripe.PaymentMethod;
  instrument: Instrument;
  token: Stripe.ConfirmationToken | null;
};

export async function insertMethod(
  work: Work,
  draft: MethodDraft,
  metadata: Record<string, string> = {},
): Promise<Document<"payment_method">> {
  const { details, billing, instrument, allowRedisplay } = draft;
  const doc = newPaymentMethod({ id: newId("pm"), created: nowSeconds(work), billing, details, metadata });
  if (allowRedisplay) doc.allow_redisplay = allowRedisplay;
  await insertDocument(work, { kind: "payment_method", doc, inner: { instrument } });
  return { doc, inner: { instrument } };
}

/** A payment method by its id, or a new one where the id is a test token. */
export async function methodById(work: Work, id: string): Promise<Document<"payment_method">> {
  const found = await findDocument(work, "payment_method", id);
  if (found) return found;
  const draft = draftFromTestToken(id, work.nowMs);
  if (draft) return insertMethod(work, draft);
  throw refusal({ code: "resource_missing", param: "payment_method", message: `No such PaymentMethod: '${id}'` });
}

/** What this confirmation is to be paid with, in Stripe's order of precedence. Undefined: nothing was named. */
export async function takeMethod(
  work: Work,
  params: Form,
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
): Promise<Taken | undefined> {
  const token = text(params, "confirmation_token");
  if (token !== undefined) {
    if (has(params, "payment_method") || has(params, "payment_method_data"))
      throw refusal({ param: "confirmation_token", message: "Send either a confirmation token or a payment method." });
    return useToken(work, token, intent);
  }
  const data = group(params, "payment_method_data");
  const id = text(params, "payment_method") ?? idOf(intent.payment_method);
  if (!data && id === null) return undefined;
  const method = data
    ? await insertMethod(work, draftFromParams(data, { nowMs: work.nowMs, verifiedBank: false }))
    : await methodById(work, id ?? "");
  checkUnspent(method);
  return { method: method.doc, instrument: instrumentOf(method), token: null };
}

function instrumentOf({ doc, inner }: Document<"payment_method">): Instrument {
  if (!inner.instrument) throw new Error(`${doc.id} has no instrument`);
  return inner.instrument;
}

/** A confirmation token is good for one intent, within twelve hours. */
async function useToken(work: Work, id: string, intent: Stripe.PaymentIntent | Stripe.SetupIntent): Promise<Taken> {
  await namedDocument(work, "confirmation_token", { id, param: "confirmation_token" });
  const { doc: token, inner } = await lockDocument(work, "confirmation_token", id);
  const preview = token.payment_method_preview;
  if (inner.used || !inner.instrument || !preview)
    throw refusal({
      code: "confirmation_token_already_used",
      param: "confirmation_token",
      message: `The ConfirmationToken ${id} has already been used to confirm an intent.`,
    });
  if (token.expires_at !== null && token.expires_at < nowSeconds(work))
    throw refusal({ param: "confirmation_token", message: `The ConfirmationToken ${id} has expired.` });
  const details = preview.card
    ? ({ type: "card", card: preview.card as Stripe.PaymentMethod.Card } as const)
    : ({
        type: "us_bank_account",
        us_bank_account: preview.us_bank_account as Stripe.PaymentMethod.UsBankAccount,
      } as const);
  const method = await insertMethod(work, { details, billing: preview.billing_details, instrument: inner.instrument });
  if (intent.object === "payment_intent") token.payment_intent = intent.id;
  else token.setup_intent = intent.id;
  await saveDocument(work, { kind: "confirmation_token", doc: token, inner: { ...inner, used: true } });
  return { method: method.doc, instrument: inner.instrument, token };
}

/** A method that nobody owns pays once. */
export function checkUnspent({ doc, inner }: Document<"payment_method">): void {
  if (!inner.spent || idOf(doc.customer) !== null) return;
  throw refusal({
    message:
      "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a " +
      "connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a " +
      "PaymentMethod multiple times, you must attach it to a Customer first.",
  });
}

/** What was paid with, where it is kept for nobody. */
export async function spendMethod(work: Work, id: string): Promise<void> {
  const { doc, inner } = await lockDocument(work, "payment_method", id);
  if (idOf(doc.customer) === null)
    await saveDocument(work, { kind: "payment_method", doc, inner: { ...inner, spent: true } });
}

/** A saved method belongs to one customer, and pays only for that one. */
export function checkOwner(method: Stripe.PaymentMethod, customer: string | null): void {
  const owner = idOf(method.customer);
  if (owner !== null && owner !== customer)
    throw refusal({
      param: "payment_method",
      message:
        customer === null
          ? `The payment method ${method.id} belongs to Customer ${owner}. Please include the Customer in the \`customer\` parameter.`
          : `The provided PaymentMethod ${method.id} does not belong to the Customer ${customer}.`,
    });
}
