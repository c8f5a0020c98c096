import { REFUND_REASONS } from "#app/contracts/messages/refunds.ts";

import { type Writer } from "./mail-content.ts";

export const refundSent: Writer<"refund_sent"> = (data, voice) => {
  const amount = voice.money(data.amount);
  return {
    subject: data.byHand ? `Your refund of ${amount}` : `We sent ${amount} back to you`,
    preview: data.byHand
      ? `For your payment with ${data.method}.`
      : `To ${data.method}. Banks take 5 to 10 business days to show it.`,
    heading: "Your refund is on its way",
    hero: amount,
    lines: [
      data.byHand
        ? `You made the payment with ${data.method}, for account ${data.accountNumber}, so we pay this out to you ourselves. Write to us if it has not come within 10 business days.`
        : `It goes back to ${data.method}, for account ${data.accountNumber}. Banks take 5 to 10 business days to show it; there is nothing to do.`,
      REFUND_REASONS[data.cause],
      ...(data.note === null ? [] : [data.note]),
    ],
    rows: data.bills.map((bill) => ({ label: `Bill ${bill.number}`, value: voice.money(bill.amount) })),
    action: { label: "See the payment", path: data.paymentPath },
  };
};

export const refundFailed: Writer<"refund_failed"> = (data, voice) => {
  const amount = voice.money(data.amount);
  const kept =
    data.cause === "reopen"
      ? "Your bills are as they were before it; what they no longer need is credit on your account."
      : "It is credit on your account now: it pays your next bill by itself.";
  return {
    subject: `Your refund of ${amount} did not arrive`,
    preview: "Your bank sent it back to us. The money is safe on your account.",
    heading: "Your refund did not arrive",
    hero: amount,
    lines: [
      `We sent it to ${data.method}, for account ${data.accountNumber}, and the bank sent it back: usually the card or account was closed.`,
      kept,
      "Would you rather have it paid out? Write to us and tell us where to.",
    ],
    action: { label: "See the payment", path: data.paymentPath },
  };
};

export const creditGiven: Writer<"credit_given"> = (data, voice) => ({
  subject: `You have a credit of ${voice.money(data.amount)}`,
  preview: data.bill === null ? "It is used for your next bills first." : `It lowers bill ${data.bill}.`,
  heading: "A credit for you",
  hero: voice.money(data.amount),
  lines: [
    data.bill === null
      ? `We credited this amount to account ${data.accountNumber}. It is used first when a bill is due: you need not do anything.`
      : `We credited this amount on bill ${data.bill}. What is more than its rest is kept for your next bills.`,
    ...(data.note === null ? [] : [data.note]),
  ],
  rows: [{ label: "Credit", value: data.number }],
  action: { label: "See your account", path: data.path },
});
