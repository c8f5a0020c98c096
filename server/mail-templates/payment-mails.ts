import { type MailMoney } from "#server/domains/notifications/index.ts";

import { type Voice, type Writer } from "./mail-content.ts";

export const receipt: Writer<"receipt"> = (data, voice) => {
  const amount = voice.money(data.amount);
  return {
    subject: `Receipt: ${amount} to ${voice.biller}`,
    preview: `Paid on ${voice.date(data.paidOn)} with ${data.method}.`,
    heading: `Thank you. We received your payment.`,
    hero: amount,
    lines: [
      `Paid on ${voice.date(data.paidOn)} with ${data.method}, for account ${data.accountNumber}.`,
      ...(data.paysOffPlan
        ? ["It was the last of your payment plan, which is paid off. Nothing more is taken for it."]
        : []),
    ],
    rows: [
      ...data.bills.map((bill) => billRow(bill, voice)),
      ...keptRow(data.unapplied, voice),
      ...feeRow(data.fee, voice),
    ],
    action: { label: "See the receipt", path: data.paymentPath },
  };
};

function billRow(bill: { number: string; paid: MailMoney; left: MailMoney }, voice: Voice) {
  const rest = isNothing(bill.left) ? "paid in full" : `${voice.money(bill.left)} still open`;
  return { label: `Bill ${bill.number}, ${rest}`, value: voice.money(bill.paid) };
}

const keptRow = (kept: MailMoney | null, voice: Voice) =>
  kept === null || isNothing(kept) ? [] : [{ label: "Kept as credit for your next bill", value: voice.money(kept) }];

const feeRow = (fee: MailMoney | null, voice: Voice) =>
  fee === null || isNothing(fee) ? [] : [{ label: "Convenience fee", value: voice.money(fee) }];

const isNothing = (amount: MailMoney): boolean => BigInt(amount.amountMinor) === 0n;

export const paymentProcessing: Writer<"payment_processing"> = (data, voice) => ({
  subject: `Your payment of ${voice.money(data.amount)} is on its way`,
  preview: `Your bank confirms it by ${voice.day(data.expectedOn)}. Nothing more to do.`,
  heading: "Your payment is on its way",
  hero: voice.money(data.amount),
  lines: [
    `We asked your bank for it (${data.method}, account ${data.accountNumber}). Your bank confirms by ${voice.day(data.expectedOn)}; until then your bills show it as processing.`,
    "There is nothing more to do. The receipt comes when your bank has confirmed.",
  ],
  action: { label: "See the payment", path: data.paymentPath },
});

export const paymentFailed: Writer<"payment_failed"> = (data, voice) => ({
  subject: `Your payment of ${voice.money(data.amount)} did not go through`,
  preview: data.why,
  heading: "The payment did not go through",
  hero: voice.money(data.amount),
  lines: [
    data.why,
    `Nothing was taken (${data.method}, account ${data.accountNumber}). What was to be paid is still open.`,
  ],
  action: { label: "Try again", path: data.paymentPath },
});

export const paymentReturned: Writer<"payment_returned"> = (data, voice) => ({
  subject: `Your bank took back the payment of ${voice.money(data.amount)}`,
  preview: "What it had paid is open again.",
  heading: "Your bank took the payment back",
  hero: voice.money(data.amount),
  lines: [
    `Your bank returned the payment with ${data.method}, for account ${data.accountNumber}. What it had paid is open again.`,
    "Pay them in another way, or write to us if you think this is a mistake.",
  ],
  action: { label: "See what is open", path: data.paymentPath },
});
