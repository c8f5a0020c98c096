import { type BillAutopay, type MailData, type MailMoney } from "#server/domains/notifications/index.ts";

import { type MailContent, type Voice, type Writer } from "./mail-content.ts";

type Issued = MailData["bill_issued"];
type Telling = Issued & { autopay: BillAutopay };

export const billIssued: Writer<"bill_issued"> = (data, voice) => {
  const amount = voice.money(data.amount);
  const total = voice.money(data.total);
  const fee = data.kind === "late_fee";
  const { when, preview, lines, rows, action, after } = toPay(data, voice);
  return {
    subject: `Your ${fee ? "late fee" : "bill"} ${data.number} from ${voice.biller}: ${amount}, ${when}`,
    preview,
    heading: fee ? "A late fee was added" : "Your new bill",
    hero: amount,
    lines: [...(data.why ? [data.why] : []), ...lines],
    rows: [
      { label: fee ? "Late fee" : "Bill", value: data.number },
      { label: "Account", value: data.accountNumber },
      { label: "Issued", value: voice.date(data.issuedOn) },
      ...(total === amount ? [] : [{ label: "Total", value: total }]),
      ...rows,
    ],
    action: { label: action, path: data.path },
    after: [
      ...after,
      "This link opens this one bill for whoever has it. Forward it only to somebody who should see and pay it.",
    ],
  };
};

/** What is to be done about it, by whom and by when. */
type ToPay = Required<Pick<MailContent, "preview" | "lines" | "rows" | "after">> & { when: string; action: string };

function toPay(data: Issued, voice: Voice): ToPay {
  const [amount, by] = [voice.money(data.amount), voice.day(data.dueOn)];
  const byHand = {
    ...{ when: `due ${by}`, rows: [], after: [] },
    preview: `${amount} by ${by}. See what it is for and pay it, without signing in.`,
    lines: [`Please pay by ${by}.`],
    action: `See and pay ${amount}`,
  };
  const { autopay } = data;
  if (!autopay) return byHand;
  const told = { ...data, autopay };
  const { takes, rest } = autopay;
  const standing = autopay.paused ? paused(told, voice) : takes.length === 0 ? notTaken(told, voice) : null;
  if (standing) return { ...byHand, ...standing, rows: [changing("Go to autopay", autopay.method)] };
  if (autopay.expiresOn !== null) return { ...byHand, ...expiring(told, voice) };
  const lines = [...taken(told, voice), ...restOf(told, voice), ...doubts(autopay)];
  return {
    when: rest === null ? `autopay on ${voice.day(takes[0]?.on ?? data.dueOn)}` : `due ${by}`,
    preview: lines[0] ?? "",
    lines,
    rows: [
      ...takes.map(({ on, amount: part }) => ({ label: `Autopay on ${voice.day(on)}`, value: voice.money(part) })),
      changing("Change or stop autopay", autopay.method),
    ],
    action: rest === null ? "See the bill, or pay it earlier" : `See and pay ${voice.money(rest)}`,
    after: ["What you pay before autopay's day is not taken again."],
  };
}

const changing = (label: string, value: string) => ({ label, value, path: "/autopay" });

/** Which day, how much and from where; with what else; and why later than the due date. */
function taken({ autopay: { takes, method, rest, credit }, ...data }: Telling, voice: Voice): string[] {
  const [first] = takes;
  if (!first) return [];
  const whole = rest === null && credit === null && takes.length === 1;
  const parts = takes.map(({ on, amount }) => `${voice.money(amount)}${whole ? "" : " of it"} on ${voice.day(on)}`);
  const nothing = rest === null ? " There is nothing to do." : "";
  const together = takes.length === 1 && voice.money(first.total) !== voice.money(first.amount);
  return [
    `Autopay takes ${parts.join(" and ")} from ${method}.${nothing}`,
    ...(together ? [`With your other bills that is ${voice.money(first.total)} that day, as things stand now.`] : []),
    ...(first.on > data.dueOn
      ? ["That is after its due date, so that we can tell you in time. There is no late fee for that."]
      : []),
    ...creditLine(credit, voice),
  ];
}

function restOf({ autopay: { rest, most, takes }, dueOn }: Telling, voice: Voice): string[] {
  if (rest === null) return [];
  const why = most === null ? "" : ` Autopay takes at most ${voice.money(most)} a month.`;
  const which = takes.length === 0 ? voice.money(rest) : `the other ${voice.money(rest)}`;
  return [`Please pay ${which} by ${voice.day(dueOn)}.${why}`];
}

const doubts = ({ lastFailed, method }: BillAutopay): string[] =>
  lastFailed ? [`The last payment by autopay did not go through. Please make sure that ${method} works.`] : [];

const creditLine = (credit: MailMoney | null, voice: Voice): string[] =>
  credit === null ? [] : [`Your credit pays ${voice.money(credit)} of it.`];

function paused({ autopay, amount, dueOn }: Telling, voice: Voice): Pick<ToPay, "preview" | "lines" | "action"> {
  const asked = voice.money(autopay.rest ?? amount);
  const by = voice.day(dueOn);
  return {
    preview: `Autopay is paused, so please pay ${asked} by ${by}.`,
    lines: [
      `Autopay is paused, so it does not take this one. Please pay ${asked} by ${by}, or go on with autopay.`,
      ...creditLine(autopay.credit, voice),
    ],
    action: `See and pay ${asked}`,
  };
}

/** Older bills come first, the mandate has given it up, or too little is left to be charged. */
function notTaken(told: Telling, voice: Voice): Pick<ToPay, "preview" | "lines" | "action"> {
  const { most, credit, rest } = told.autopay;
  const covered = rest === null && credit !== null;
  const why = most === null ? "" : " It takes older bills first.";
  const lines = covered
    ? ["Your credit pays it. There is nothing to do."]
    : [`Autopay takes nothing of it before its due date.${why}`, ...restOf(told, voice), ...creditLine(credit, voice)];
  return {
    preview: lines.slice(0, 2).join(" "),
    lines,
    action: covered ? "See the bill" : `See and pay ${voice.money(rest ?? told.amount)}`,
  };
}

/** A card that will not work on the day: who reads this can still choose another one. */
function expiring(
  { autopay: { method, expiresOn, takes }, amount, dueOn }: Telling,
  voice: Voice,
): Omit<ToPay, "when" | "after"> {
  const [on, last] = [voice.day(takes[0]?.on ?? dueOn), voice.date(expiresOn ?? dueOn)];
  return {
    preview: `Autopay cannot take it: ${method} works only until ${last}. Please choose another card.`,
    lines: [
      `Autopay would take it on ${on}, but ${method} works only until ${last}.`,
      `Please choose another card or bank account for autopay before, or pay by ${voice.day(dueOn)}.`,
    ],
    rows: [changing("Choose another card or bank account", method)],
    action: `See and pay ${voice.money(amount)}`,
  };
}
