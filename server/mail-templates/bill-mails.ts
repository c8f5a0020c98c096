import { type MailMoney } from "#server/domains/notifications/index.ts";

import { type Voice, type Writer } from "./mail-content.ts";

export const payLinks: Writer<"pay_links"> = (data, voice) => {
  const [first, ...more] = data.bills;
  const after = ["You did not ask for this? Then somebody knows your account number; nothing was shown to them."];
  if (!first) {
    return {
      ...{ subject: `Nothing to pay for account ${data.accountNumber}`, preview: "Everything is settled." },
      heading: "There is nothing to pay right now",
      lines: [`Somebody asked for a link to pay account ${data.accountNumber}. No bill of it asks for anything.`],
      after,
    };
  }
  const asked = more.length === 0 ? "Here is the link to pay your bill" : "Here are the links to pay your bills";
  return {
    subject: `${asked} at ${voice.biller}`,
    preview: "They work without signing in.",
    heading: asked,
    ...(more.length === 0 ? { hero: voice.money(first.amount) } : {}),
    lines: [`For account ${data.accountNumber}. No sign-in is needed; each link opens one bill.`],
    rows: data.bills.map(({ number, dueOn, amount, path }) => ({
      ...{ label: `Bill ${number}, due ${voice.day(dueOn)}`, value: voice.money(amount) },
      ...(more.length === 0 ? {} : { path }),
    })),
    ...(more.length === 0 ? { action: { label: `See and pay ${voice.money(first.amount)}`, path: first.path } } : {}),
    after,
  };
};

export const statementReady: Writer<"statement_ready"> = (data, voice) => {
  const [from, to] = [voice.date(data.fromOn), voice.date(data.toOn)];
  const closing = BigInt(data.closing.amountMinor);
  const amountMinor = (closing < 0n ? -closing : closing).toString();
  return {
    subject: `Your statement to ${to}`,
    preview: `Account ${data.accountNumber}: everything from ${from} to ${to}.`,
    heading: "Your statement is ready",
    hero: voice.money({ ...data.closing, amountMinor }),
    lines: [
      closing < 0n
        ? `This much credit stood on account ${data.accountNumber} on ${to}, after everything since ${from}.`
        : `The balance of account ${data.accountNumber} on ${to}, after everything since ${from}.`,
      "It is for your records. What is to be paid stands on your bills.",
    ],
    action: { label: "See the statement", path: data.path },
  };
};

export const reminder: Writer<"reminder"> = (data, voice) => {
  const total = voice.money(data.total);
  const { subject, heading, why } = data.late ? lateWords(data, voice) : soonWords(data, voice);
  return {
    subject,
    preview: `For account ${data.accountNumber}.`,
    heading,
    hero: total,
    lines: [
      why,
      "If you paid in the last days, thank you, and please forget this mail. If you cannot pay all of it, write to us and we will find a way.",
    ],
    rows: data.bills.map((bill) => ({
      label: `${nameOf(bill)}, due ${voice.day(bill.dueOn)}`,
      value: voice.money(bill.left),
      ...(data.bills.length === 1 ? {} : { path: bill.path }),
    })),
    action: { label: data.bills.length === 1 ? `See and pay ${total}` : `Sign in and pay ${total}`, path: data.path },
  };
};

type Reminded = Parameters<typeof reminder>[0];

const nameOf = ({ number, feeFor }: Reminded["bills"][number]): string =>
  feeFor === undefined ? `Bill ${number}` : `Late fee ${number} for bill ${feeFor}`;

const dueDays = ({ bills }: Reminded): string[] => [...new Set(bills.map(({ dueOn }) => dueOn))].sort();

function soonWords(data: Reminded, voice: Voice) {
  const [first = "", ...later] = dueDays(data);
  const when = later.length === 0 ? `due ${voice.day(first)}` : `due from ${voice.day(first)} on`;
  return {
    subject: `A reminder: ${voice.money(data.total)} is ${when}`,
    heading: "A friendly reminder",
    why: `This comes due soon on account ${data.accountNumber}.`,
  };
}

function lateWords({ total, pastDue, accountNumber, bills }: Reminded, voice: Voice) {
  if (bills.every(({ feeFor }) => feeFor !== undefined)) {
    const [one, amount] = [bills.length === 1, voice.money(total)];
    return {
      subject: one ? `A late fee of ${amount} is past due` : `Late fees of ${amount} are past due`,
      heading: one ? "A late fee is still open" : "Late fees are still open",
      why: `Perhaps it slipped by: this is still open on account ${accountNumber}.`,
    };
  }
  if (!pastDue) {
    return {
      subject: `${voice.money(total)} is past due`,
      heading: "This is past due",
      why: `Perhaps it slipped by: this is still open on account ${accountNumber}.`,
    };
  }
  const [late, rest] = [voice.money(pastDue), voice.money(less(total, pastDue))];
  return {
    subject: `${late} is past due, and ${rest} comes due`,
    heading: "Some of this is past due",
    why: `Perhaps it slipped by: ${late} of this is past due on account ${accountNumber}. The other ${rest} comes due soon.`,
  };
}

const less = (from: MailMoney, amount: MailMoney): MailMoney => ({
  ...from,
  amountMinor: (BigInt(from.amountMinor) - BigInt(amount.amountMinor)).toString(),
});
