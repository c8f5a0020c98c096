import { type MailData } from "#server/domains/notifications/index.ts";

import { CHOSEN_SINCE, triedUntil } from "./autopay-mails.ts";
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
  const { why = null, retryOn = null, lastOn = retryOn, chosenSince = false, method, otherwise } = data;
  return {
    subject: `We could not take your instalment of ${amount}`,
    preview: why ?? `Pay it by ${payBy} to keep your plan.`,
    heading: "A missed instalment",
    hero: amount,
    lines: [
      `It was due on ${voice.day(data.dueOn)}, for account ${data.accountNumber}.`,
      ...(why === null ? [] : [why]),
      ...(chosenSince ? [CHOSEN_SINCE] : []),
      ...(method === undefined ? [] : [`Nothing was taken from ${method}.`]),
      retryOn === null
        ? `Please pay it by ${payBy}. We will not try it again by ourselves.`
        : `${triedUntil({ retryOn, lastOn: lastOn ?? retryOn }, voice)} On the plan’s page you can choose another card or bank account before.`,
      ...(otherwise === undefined ? [] : [OTHERWISE[otherwise](payBy)]),
    ],
    action: { label: "Pay it now", path: data.path },
  };
};

const OTHERWISE = {
  moves: (payBy: string) => `If it is not paid by ${payBy}, it becomes part of your last instalment.`,
  ends: (payBy: string) => `If it is not paid by ${payBy}, your plan ends, and what is open is due as before it.`,
};

export const planMoved: Writer<"plan_moved"> = (data, voice) => {
  const amount = voice.money(data.amount);
  const [next, last] = [data.left[0], data.left.at(-1)];
  const end = last ? `${voice.money(last.amount)} on ${voice.date(last.on)}` : "";
  return {
    subject: `Your missed instalment of ${amount} was moved to the end`,
    preview: `Your last instalment is ${end} now.`,
    heading: "Your last instalment is now",
    ...(last ? { hero: voice.money(last.amount) } : {}),
    lines: [
      `The instalment of ${amount} that was due on ${voice.day(data.dueOn)} was not paid, so it is part of the last one now: ${end}. It costs nothing more, and your plan for account ${data.accountNumber} goes on.`,
      ...(next && data.payBy !== null
        ? [
            next === last
              ? `It is taken on ${voice.day(next.on)} from ${data.method}. If that fails, please pay it by ${voice.day(data.payBy)}.`
              : `Each is taken on its day from ${data.method}; the next one, ${voice.money(next.amount)}, on ${voice.day(next.on)}. If that fails, please pay it by ${voice.day(data.payBy)}.`,
            `${next === last ? "It is never more than this. " : ""}Whatever you pay by hand before, or dispute, comes off it.`,
          ]
        : []),
      data.mayMove === 0
        ? "No other one can be moved: one more that is missed ends the plan, and what is open is due as before it."
        : `${data.mayMove === 1 ? "One more" : `${String(data.mayMove)} more`} can be moved like this; after that a missed one ends the plan.`,
    ],
    rows: data.left.map(({ on, amount: part }) => ({ label: voice.date(on), value: voice.money(part) })),
    action: { label: "See your plan, or pay ahead", path: data.path },
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
