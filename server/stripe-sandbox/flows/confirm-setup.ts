import type Stripe from "stripe";

import { flag, text, type Form } from "../call/params.ts";
import { ok, type Reply } from "../call/reply.ts";
import { refusal } from "../call/stripe-fault.ts";
import { conductOf } from "../catalogue/cards.ts";
import { idOf } from "../objects/nothing.ts";
import { saveDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { checkReturnUrl } from "./confirm-payment.ts";
import { finishCardSetup, finishSetup } from "./finish-setup.ts";
import { checkMandate, recordMandate } from "./mandate.ts";
import { authenticationAction, microdepositAction } from "./next-action.ts";
import { scheduleDeposits } from "./schedule-deposits.ts";
import { checkOwner, takeMethod } from "./take-method.ts";

const confirmable = new Set(["requires_payment_method", "requires_confirmation", "requires_action"]);

/** Confirms a setup intent that the caller holds locked (or has just made). */
export async function confirmSetup(work: Work, intent: Stripe.SetupIntent, params: Form): Promise<Reply> {
  if (!confirmable.has(intent.status))
    throw refusal({
      code: "setup_intent_unexpected_state",
      message: `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      extra: { setup_intent: intent },
    });
  const taken = await takeMethod(work, params, intent);
  if (!taken)
    throw refusal({
      code: "setup_intent_unexpected_state",
      message: "You cannot confirm this SetupIntent because it's missing a payment method.",
      extra: { setup_intent: intent },
    });
  const { method, instrument, token } = taken;
  if (!intent.payment_method_types.includes(method.type))
    throw refusal({ param: "payment_method", message: `The PaymentMethod provided (${method.type}) is not allowed.` });
  checkOwner(method, idOf(intent.customer));
  const returnUrl = text(params, "return_url") ?? token?.return_url ?? null;
  checkReturnUrl(intent, { returnUrl, offSession: false });
  intent.payment_method = method.id;
  intent.last_setup_error = null;
  if (instrument.type === "us_bank_account") {
    checkMandate(params, { token, owned: idOf(method.customer) !== null });
    intent.mandate = (await recordMandate(work, { params, token, method, singleUse: null })).id;
    if (instrument.verified) return finishSetup(work, intent, { method, authenticated: false });
    intent.next_action = microdepositAction(work, intent, returnUrl) as Stripe.SetupIntent.NextAction;
    await scheduleDeposits(work, intent.id, instrument.behaviour);
    return requireAction(work, intent);
  }
  const { authentication } = conductOf(instrument.behaviour);
  if (authentication === undefined) return finishCardSetup(work, intent, { method, authenticated: false });
  const inPage = flag(params, "use_stripe_sdk") ?? token?.use_stripe_sdk ?? false;
  intent.next_action = authenticationAction(work, intent, { returnUrl, inPage }) as Stripe.SetupIntent.NextAction;
  return requireAction(work, intent);
}

async function requireAction(work: Work, intent: Stripe.SetupIntent): Promise<Reply> {
  intent.status = "requires_action";
  await saveDocument(work, { kind: "setup_intent", doc: intent });
  await emit(work, "setup_intent.requires_action", { object: intent });
  return ok(intent);
}
