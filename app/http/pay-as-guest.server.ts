import { encodeId } from "#app/contracts/ids.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { payRefusalText } from "#app/contracts/messages/pay.ts";
import { NEW_METHOD } from "#app/contracts/pay-choice.ts";
import { getGuestPlan, limitGuest } from "#server/domains/pay-links/index.ts";
import { resumePayment, type StartedPayment, startPayment } from "#server/domains/payments/index.ts";

import { type GuestAsked } from "./guest.server.ts";
import { keyOf, readPayForm } from "./pay-form.server.ts";
import { attemptKey, payAnswer, payOutdated, payRefusalFacts, payRefused } from "./pay-reply.server.ts";

type Values = Record<string, string>;

/** What a guest's form may say; all else is what the link says: its bill, and a method that is used this once. */
const SAID = ["key", "version", "mode", "amount", "token", "fee", "reason", "note"];

const asGuest = (values: Values, invoiceId: string): Values => ({
  ...Object.fromEntries(Object.entries(values).filter(([name]) => SAID.includes(name))),
  ...{ bill: invoiceId, method: NEW_METHOD },
});

/** Pays the bill of a link with what its form says, and answers like every pay form. */
export async function payAsGuest(asked: GuestAsked, { values, ip }: { values: Values; ip: string }) {
  const { ctx, guest, account, today, path } = asked;
  const { accountId, invoiceId, linkId } = guest;
  const { currency, locale } = account;
  const said = asGuest(values, invoiceId);
  const idempotencyKey = `pay:link:${linkId}:${attemptKey(said["key"] ?? "", keyOf(said))}`;
  const answer = (started: StartedPayment) =>
    payAnswer(values, started, `${path}/paid/${encodeId("payment", started.paymentId)}`);
  const resume = () => resumePayment({ ctx, input: { accountId, idempotencyKey } });
  const known = await resume();
  if (known) return answer(known);
  const { bills, toPayNow } = await getGuestPlan(ctx, { guest, today });
  const sent = readPayForm(said, { bills, currency, locale });
  if (!sent.ok) return payRefused(values, sent.errors);
  const onBill = sent.value.bills.reduce((sum, part) => sum + part.amountMinor, 0n);
  if (onBill === 0n) return payRefused(values, { form: payRefusalText({ reason: "bill_not_open" }, locale) });
  if (onBill !== sent.value.amountMinor) {
    return payRefused(values, { amount: payRefusalText({ reason: "more_than_due", most: toPayNow }, locale) });
  }
  const limited = await limitGuest(ctx, { guest, ip });
  if (!limited.ok) return payRefused(values, { form: authSentence(limited) });
  const started = await startPayment({ ctx, input: { accountId, idempotencyKey, ...sent.value } });
  // Pressed twice at once: the first press changed what can be paid while this one was read.
  const first = !started.ok && started.reason === "key_reused_with_other_input" ? await resume() : null;
  if (first) return answer(first);
  if (started.ok) return answer(started.value);
  if (started.reason === "account_changed") {
    const plan = await getGuestPlan(ctx, { guest, today });
    return payOutdated(values, { plan, currency, locale, mayCredit: false });
  }
  return payRefused(values, { form: payRefusalText(payRefusalFacts(started, { ...sent.value, currency }), locale) });
}
