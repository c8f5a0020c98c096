import { type MailData } from "#server/domains/notifications/index.ts";

import { type Voice, type Writer } from "./mail-content.ts";

const rowsOf = (schedule: MailData["plan_accepted"]["schedule"], voice: Voice) =>
  schedule.map((one) => ({ label: voice.date(one.dueOn), value: voice.money(one.amount) }));

export const planOffered: Writer<"plan_offered"> = (data, voice) => ({
  subject: `A payment plan for ${voice.money(data.total)}`,
  preview: `${String(data.instalments)} instalments. The offer stands until ${voice.day(data.expiresOn)}.`,
  heading: "We offer you a payment plan for",
  hero: voice.money(data.total),
  lines: [
    `For account ${data.accountNumber}. Nothing is taken unless you accept it.`,
    `The offer stands until ${voice.day(data.expiresOn)}.`,
  ],
  rows: rowsOf(data.schedule, voice),
  action: { label: "See it and decide", path: data.path },
});

export const planAccepted: Writer<"plan_accepted"> = (data, voice) => ({
  subject: "Your payment plan has begun",
  preview: `${voice.money(data.total)} for account ${data.accountNumber}, in parts.`,
  heading: "Your payment plan covers",
  hero: voice.money(data.total),
  lines: [
    `For account ${data.accountNumber}. What is on the plan is not past due, and nobody reminds you of it.`,
    ...(data.method === undefined
      ? []
      : [`Each part is taken by itself on its day, from ${data.method}. There is nothing to do.`]),
    ...coveredBy(data.bills ?? [], voice),
  ],
  rows: rowsOf(data.schedule, voice),
  action: { label: "See your plan", path: data.path },
  after: [`This is what you agreed to: ${data.mandate}`],
});

const coveredBy = (bills: NonNullable<MailData["plan_accepted"]["bills"]>, voice: Voice): string[] =>
  bills.length === 0
    ? []
    : [`It covers ${bills.map((bill) => `${voice.money(bill.amount)} of bill ${bill.number}`).join(", ")}.`];

export const planMissed: Writer<"plan_missed"> = (data, voice) => {
  const [amount, payBy] = [voice.money(data.amount), voice.day(data.payBy)];
  const { why = null, retryOn = null, method } = data;
  return {
    subject: `We could not take your instalment of ${amount}`,
    preview: why ?? `Pay it by ${payBy} to keep your plan.`,
    heading: "A missed instalment",
    hero: amount,
    lines: [
      `It was due on ${voice.day(data.dueOn)}, for account ${data.accountNumber}.`,
      ...(why === null ? [] : [why]),
      ...(method === undefined ? [] : [`Nothing was taken from ${method}.`]),
      retryOn === null
        ? `Please pay it by ${payBy}, so that your plan goes on. We will not try it again by ourselves.`
        : `We try it again on ${voice.day(retryOn)}. Please see to it by ${payBy}, so that your plan goes on; what you pay by hand before is not taken again.`,
    ],
    action: { label: "Pay it now", path: data.path },
  };
};

const ENDED: Record<MailData["plan_ended"]["how"], { subject: string; heading: string; lines: string[] }> = {
  completed: {
    ...{ subject: "Your payment plan is paid off", heading: "Paid off" },
    lines: ["Your payment plan is complete. Nothing more will be taken. Thank you."],
  },
  broken: {
    ...{ subject: "Your payment plan has ended", heading: "Your payment plan has ended" },
    lines: [
      "Instalments were missed, so the plan has ended and nothing more will be taken.",
      "What is still open is due on the dates of its bills. Message us if you need another way.",
    ],
  },
  cancelled: {
    ...{ subject: "Your payment plan was canceled", heading: "Your payment plan was canceled" },
    lines: ["Nothing more will be taken. What is still open is due on the dates of its bills."],
  },
  declined: {
    ...{ subject: "The payment plan was not agreed to", heading: "No payment plan" },
    lines: ["The proposed payment plan was declined. Your bills are due as before. You can propose another one."],
  },
  expired: {
    ...{ subject: "The payment plan was not agreed to in time", heading: "No payment plan" },
    lines: ["Nobody agreed to the plan in time. Your bills are due as before. You can propose another one."],
  },
};

export const planEnded: Writer<"plan_ended"> = (data, voice) => {
  const { subject, heading, lines } = ENDED[data.how];
  const { left = null, payBy = null } = data;
  return {
    ...{ subject, heading },
    // Large, the amount of a plan that ended otherwise would read like what is owed.
    ...(data.how === "completed" ? { hero: voice.money(data.total) } : {}),
    preview: `For account ${data.accountNumber}.`,
    lines: [
      ...lines,
      `The plan was for ${voice.money(data.total)}, on account ${data.accountNumber}.`,
      ...(left === null ? [] : [`${voice.money(left)} of it is still open.`]),
      ...(payBy === null ? [] : [`It is charged no late fee if you pay it by ${voice.day(payBy)}.`]),
      ...(data.reason === null ? [] : [`“${data.reason}”`]),
    ],
    action: { label: "See the plan", path: data.path },
  };
};
