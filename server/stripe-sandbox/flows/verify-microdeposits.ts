import type Stripe from "stripe";

import { text, texts, type Form } from "../call/params.ts";
import { ok, type Reply } from "../call/reply.ts";
import { missingParameter, refusal } from "../call/stripe-fault.ts";
import { idOf } from "../objects/nothing.ts";
import { findDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { type Document, type Inner } from "../store/kinds.ts";
import { type Work } from "../store/work.ts";
import { startDebit } from "./debit-bank.ts";
import { failPayment, failSetup } from "./decline-payment.ts";
import { finishSetup } from "./finish-setup.ts";
import { recordMandate } from "./mandate.ts";

const attemptsAllowed = 3;

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** Stripe's test values. Source: docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers. */
function judge(params: Form): "right" | "wrong" | "exhausted" | "expired" {
  const code = text(params, "descriptor_code");
  const amounts = texts(params, "amounts")
    ?.map(Number)
    .sort((a, b) => a - b)
    .join("+");
  if (code === undefined && amounts === undefined) throw missingParameter("amounts");
  if (code === "SM11AA" || amounts === "32+45") return "right";
  if (code === "SM33AA" || amounts === "10+11") return "exhausted";
  if (code === "SM44AA" || amounts === "40+41") return "expired";
  return "wrong";
}

async function lockIntent(work: Work, id: string): Promise<{ doc: Intent; inner: Inner }> {
  return id.startsWith("seti_") ? lockDocument(work, "setup_intent", id) : lockDocument(work, "payment_intent", id);
}

async function remember(work: Work, intent: Intent, inner: Inner): Promise<void> {
  if (intent.object === "setup_intent") await saveDocument(work, { kind: "setup_intent", doc: intent, inner });
  else await saveDocument(work, { kind: "payment_intent", doc: intent, inner });
}

/** Checks what the customer read on their statement; on success the debit starts or the account is saved. */
export async function verifyMicrodeposits(work: Work, intentId: string, params: Form): Promise<Reply> {
  const { doc: intent, inner } = await lockIntent(work, intentId);
  if (intent.status !== "requires_action" || intent.next_action?.type !== "verify_with_microdeposits")
    throw refusal({
      code: `${intent.object}_unexpected_state`,
      message: `You cannot verify microdeposits: this intent has a status of ${intent.status}.`,
    });
  const attempts = (inner.attempts ?? 0) + 1;
  const verdict = judge(params);
  const kind = text(params, "descriptor_code") === undefined ? "amounts" : "descriptor_code";
  if (verdict === "expired") return give(work, intent, "payment_method_microdeposit_verification_timeout");
  if (verdict === "exhausted" || (verdict === "wrong" && attempts >= attemptsAllowed))
    return give(work, intent, "payment_method_microdeposit_verification_attempts_exceeded");
  await remember(work, intent, { ...inner, attempts });
  if (verdict === "wrong") return mismatch(intent, { kind, left: attemptsAllowed - attempts });
  return accept(work, intent);
}

function mismatch(intent: Intent, attempt: { kind: "amounts" | "descriptor_code"; left: number }): Reply {
  const code = `payment_method_microdeposit_verification_${attempt.kind}_mismatch`;
  return {
    status: 400,
    body: {
      error: {
        type: "invalid_request_error",
        code,
        param: attempt.kind,
        message: `The ${attempt.kind === "amounts" ? "amounts" : "code"} provided do not match those sent to the bank account. You have ${attempt.left} verification attempts remaining.`,
        [intent.object]: intent,
      },
    },
  };
}

async function bankOf(work: Work, intent: Intent): Promise<Document<"payment_method">> {
  return lockDocument(work, "payment_method", String(idOf(intent.payment_method)));
}

async function give(work: Work, intent: Intent, code: string): Promise<Reply> {
  const { doc: method } = await bankOf(work, intent);
  const failure = {
    type: "invalid_request_error" as const,
    code,
    message: "The bank account could not be verified with the small deposits.",
  };
  const reply =
    intent.object === "setup_intent"
      ? await failSetup(work, intent, { failure, method })
      : await failPayment(work, intent, { failure, charge: null, method });
  return { ...reply, status: 400 };
}

async function accept(work: Work, intent: Intent): Promise<Reply> {
  const { doc: method, inner } = await bankOf(work, intent);
  if (inner.instrument?.type !== "us_bank_account") throw refusal({ message: "Only a bank account is verified." });
  const instrument = { ...inner.instrument, verified: true };
  await saveDocument(work, { kind: "payment_method", doc: method, inner: { ...inner, instrument } });
  if (intent.object === "setup_intent") return finishSetup(work, intent, { method, authenticated: false });
  const singleUse = { amount: intent.amount, currency: intent.currency };
  const mandate = await recordMandate(work, { params: {}, token: null, method, singleUse });
  return startDebit(work, intent, { method, behaviour: instrument.behaviour, mandate: mandate.id });
}

/** Ten days went by without an answer. */
export const expireMicrodeposits = (work: Work, intentId: string): Promise<Reply> =>
  endDeposits(work, intentId, "payment_method_microdeposit_verification_timeout");

/** The bank sent the deposits back. */
export const failMicrodeposits = (work: Work, intentId: string): Promise<Reply> =>
  endDeposits(work, intentId, "payment_method_microdeposit_failed");

async function endDeposits(work: Work, intentId: string, code: string): Promise<Reply> {
  const kind = intentId.startsWith("seti_") ? "setup_intent" : "payment_intent";
  if (!(await findDocument(work, kind, intentId))) return ok(null);
  const { doc: intent } = await lockIntent(work, intentId);
  if (intent.status !== "requires_action" || intent.next_action?.type !== "verify_with_microdeposits") return ok(null);
  return give(work, intent, code);
}
