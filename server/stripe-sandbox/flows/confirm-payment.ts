import type Stripe from "stripe";

import { flag, group, has, text, type Form } from "../call/params.ts";
import { keptError, ok, type Reply } from "../call/reply.ts";
import { badParameter, docUrl, refusal } from "../call/stripe-fault.ts";
import { conductOf } from "../catalogue/cards.ts";
import { declines } from "../catalogue/declines.ts";
import { idOf } from "../objects/nothing.ts";
import { saveDocument } from "../store/documents.ts";
import { type Instrument } from "../store/kinds.ts";
import { type Work } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";
import { chargeCard } from "./charge-card.ts";
import { startDebit } from "./debit-bank.ts";
import { failPayment } from "./decline-payment.ts";
import { checkMandate, recordMandate } from "./mandate.ts";
import { authenticationAction, microdepositAction } from "./next-action.ts";
import { scheduleDeposits } from "./schedule-deposits.ts";
import { checkOwner, takeMethod, type Taken } from "./take-method.ts";
import { unexpectedState } from "./unexpected-state.ts";

const confirmable = new Set(["requires_payment_method", "requires_confirmation", "requires_action"]);

function checkFits(intent: Stripe.PaymentIntent, taken: Taken): void {
  const { method } = taken;
  if (!intent.payment_method_types.includes(method.type))
    throw refusal({
      code: "payment_intent_incompatible_payment_method",
      param: "payment_method",
      message: `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Allowed: ${intent.payment_method_types.join(", ")}.`,
    });
  if (method.type === "us_bank_account" && intent.currency !== "usd")
    throw refusal({
      code: "payment_intent_incompatible_payment_method",
      message: `us_bank_account payments are in usd only, not in ${intent.currency}.`,
    });
  if (method.type === "us_bank_account" && intent.capture_method === "manual")
    throw refusal({ param: "capture_method", message: "us_bank_account payments cannot be captured by hand." });
  checkOwner(method, idOf(intent.customer));
}

/** With methods that might redirect, Stripe insists on knowing where to. */
export function checkReturnUrl(
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  facts: { returnUrl: string | null; offSession: boolean },
): void {
  const { automatic_payment_methods: automatic } = intent;
  if (!automatic?.enabled || automatic.allow_redirects === "never" || facts.returnUrl !== null || facts.offSession)
    return;
  throw refusal({
    param: "return_url",
    message:
      `This ${intent.object === "setup_intent" ? "SetupIntent" : "PaymentIntent"} is configured to accept payment methods enabled in your Dashboard. ` +
      "Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set " +
      "`automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never`.",
  });
}

const captures = ["automatic", "automatic_async", "manual"] as const;

/** When the money is taken: at once, unless it is kept to be captured by hand. */
export function captureMethodFrom(params: Form): Stripe.PaymentIntent.CaptureMethod {
  const sent = text(params, "capture_method") ?? "automatic_async";
  const known = captures.find((one) => one === sent);
  if (known === undefined)
    throw badParameter({
      param: "capture_method",
      message: `Invalid capture_method: must be one of ${captures.join(", ")}`,
    });
  return known;
}

type Confirmation = { params: Form; taken: Taken; offSession: boolean; returnUrl: string | null; inPage: boolean };

/** Confirms an intent that the caller holds locked (or has just made), and answers as Stripe would. */
export async function confirmPayment(work: Work, intent: Stripe.PaymentIntent, params: Form): Promise<Reply> {
  if (!confirmable.has(intent.status)) throw unexpectedState(intent, "confirmed");
  const taken = await takeMethod(work, params, intent);
  if (!taken)
    throw refusal({
      code: "payment_intent_unexpected_state",
      message:
        "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
      extra: { payment_intent: intent },
    });
  checkFits(intent, taken);
  const { token, method } = taken;
  const sentOffSession = text(params, "off_session");
  const offSession = sentOffSession !== undefined && sentOffSession !== "false";
  const returnUrl = text(params, "return_url") ?? token?.return_url ?? null;
  checkReturnUrl(intent, { returnUrl, offSession });
  intent.payment_method = method.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  if (has(params, "capture_method")) intent.capture_method = captureMethodFrom(params);
  if (has(params, "receipt_email")) intent.receipt_email = text(params, "receipt_email") ?? null;
  const usage = text(params, "setup_future_usage") ?? token?.setup_future_usage ?? intent.setup_future_usage;
  intent.setup_future_usage = usage as Stripe.PaymentIntent.SetupFutureUsage | null;
  const inPage = flag(params, "use_stripe_sdk") ?? token?.use_stripe_sdk ?? false;
  const confirmation = { params, taken, offSession, returnUrl, inPage };
  return taken.instrument.type === "card"
    ? confirmCard(work, intent, { ...confirmation, card: taken.instrument })
    : confirmBank(work, intent, { ...confirmation, bank: taken.instrument });
}

type CardInstrument = Extract<Instrument, { type: "card" }>;
type BankInstrument = Extract<Instrument, { type: "us_bank_account" }>;

export function wantsAuthentication(card: CardInstrument, offSession: boolean): boolean {
  const { authentication } = conductOf(card.behaviour);
  if (authentication === "unless_set_up") return !card.setUp;
  if (authentication === "when_present") return !offSession;
  return authentication === "always";
}

async function confirmCard(
  work: Work,
  intent: Stripe.PaymentIntent,
  confirmation: Confirmation & { card: CardInstrument },
): Promise<Reply> {
  const { taken, offSession, card } = confirmation;
  const { method } = taken;
  if (!wantsAuthentication(card, offSession))
    return chargeCard(work, intent, { method, behaviour: card.behaviour, authenticated: false });
  const failure = { ...declines.authenticationRequired, type: "card_error" as const };
  if (offSession) return failPayment(work, intent, { failure, charge: null, method });
  if (flag(confirmation.params, "error_on_requires_action")) {
    await saveDocument(work, {
      kind: "payment_intent",
      doc: { ...intent, status: "requires_payment_method", payment_method: null },
    });
    return keptError(402, { ...failure, doc_url: docUrl(failure.code), payment_intent: intent });
  }
  intent.next_action = authenticationAction(work, intent, confirmation);
  return requireAction(work, intent);
}

async function confirmBank(
  work: Work,
  intent: Stripe.PaymentIntent,
  confirmation: Confirmation & { bank: BankInstrument },
): Promise<Reply> {
  const { taken, bank, params, returnUrl } = confirmation;
  const { method, token } = taken;
  const reusable = intent.setup_future_usage !== null || idOf(method.customer) !== null;
  const singleUse = reusable ? null : { amount: intent.amount, currency: intent.currency };
  checkMandate(params, { token, owned: idOf(method.customer) !== null });
  const mandate = text(params, "mandate") ?? (await recordMandate(work, { params, token, method, singleUse })).id;
  const verification = text(
    group(group(params, "payment_method_options") ?? {}, "us_bank_account") ?? {},
    "verification_method",
  );
  if (bank.verified && verification !== "microdeposits")
    return startDebit(work, intent, { method, behaviour: bank.behaviour, mandate });
  intent.next_action = microdepositAction(work, intent, returnUrl);
  await scheduleDeposits(work, intent.id, bank.behaviour);
  return requireAction(work, intent);
}

async function requireAction(work: Work, intent: Stripe.PaymentIntent): Promise<Reply> {
  intent.status = "requires_action";
  await saveDocument(work, { kind: "payment_intent", doc: intent });
  await emit(work, "payment_intent.requires_action", { object: intent });
  return ok(intent);
}
