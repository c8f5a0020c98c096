import { data } from "@remix-run/node";
import { type z } from "zod";

import { type bounceForm, type refundForm } from "#app/contracts/forms/refund.ts";
import { readRefund } from "#app/contracts/read-refund.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { BOUNCE_REFUSALS } from "#app/contracts/messages/by-hand.ts";
import { type RefundPreviewShown } from "#app/contracts/refund-preview.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getConversation } from "#server/domains/conversations/index.ts";
import {
  bouncePayment,
  getRefundable,
  previewRefund,
  type RefundPreview,
  refundPayment,
} from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formReply } from "./forms.server.ts";
import { redirect } from "./redirect.server.ts";
import { refundSentence } from "./refund.server.ts";

export type PaymentAction = {
  ctx: Ctx;
  account: Account;
  paymentId: string;
  /** The page of the payment, to come back to. */
  back: string;
  who: { loginId: string; locale: string };
  values: Record<string, string>;
};

/** Gives money back from a page of the console; with `preview` says what it would change and gives nothing. */
export async function refundFromPage(
  { ctx, account, paymentId, back, who, values }: PaymentAction,
  { form, isPreview }: { form: z.output<typeof refundForm>; isPreview: boolean },
) {
  const { currency } = account;
  const { locale, loginId } = who;
  const { bills } = await getRefundable(ctx.db, paymentId);
  const read = readRefund(values, { bills, currency, locale });
  if (!read.ok) {
    if (isPreview) return data<RefundPreviewShown>({ ok: false, message: null });
    const told = Object.entries(read.problems).map(([name, why]) => [name, amountRefusalText(why, locale)] as const);
    return formReply(values, { errors: Object.fromEntries(told) });
  }
  const { cause, note } = form;
  const feeBack = form.feeBack === "yes" ? true : null;
  const wish = { paymentId, cause, note, feeBack, amountMinor: read.amount.amountMinor, perBill: read.perBill };
  const saying = { currency, locale, bills };
  if (isPreview) {
    if (wish.amountMinor === 0n) return data<RefundPreviewShown>({ ok: false, message: null });
    const shown = await previewRefund({ ctx, input: wish });
    if (!shown.ok) return data<RefundPreviewShown>({ ok: false, message: refundSentence(shown, saying) });
    return data<RefundPreviewShown>(toShown(shown.value));
  }
  const thread =
    form.conversation === null
      ? null
      : await getConversation({ db: ctx.db, actor: ctx.actor }, { number: form.conversation });
  const done = await refundPayment({
    ctx,
    input: {
      ...{ ...wish, conversationId: thread?.id ?? null, seenVersion: form.version },
      idempotencyKey: `refund:${loginId}:${form.key}`,
    },
  });
  if (!done.ok) {
    const status = done.reason === "account_changed" ? 409 : 422;
    return formReply(values, { message: refundSentence(done, saying), status });
  }
  return redirect(thread ? `/console/c/${thread.number}` : `${back}?done=refund`, 303);
}

function toShown({ bills, before, after }: RefundPreview): RefundPreviewShown {
  const rows = [
    { label: "To pay now", before: before.toPayNow, after: after.toPayNow },
    { label: "Past due", before: before.pastDue, after: after.pastDue },
    { label: "Credit", before: before.unapplied, after: after.unapplied },
  ];
  return {
    ok: true,
    account: rows,
    bills: bills.map((bill) => ({
      number: bill.before.number,
      rows: [
        { label: "Paid", before: bill.before.paid, after: bill.after.paid },
        { label: "Credited", before: bill.before.credited, after: bill.after.credited },
        { label: "Open", before: bill.before.open, after: bill.after.open },
      ],
    })),
  };
}

/** Books a check or transfer as sent back. */
export async function bounceFromPage(
  { ctx, paymentId, back, who, values }: PaymentAction,
  form: z.output<typeof bounceForm>,
) {
  const { bouncedOn, reason, key } = form;
  const idempotencyKey = `bounce:${who.loginId}:${key}`;
  const done = await bouncePayment({
    ctx,
    input: { paymentId, bouncedOn, reason, idempotencyKey },
  });
  if (done.ok) return redirect(`${back}?done=bounce`, 303);
  return formReply(values, { message: BOUNCE_REFUSALS[done.reason] });
}
