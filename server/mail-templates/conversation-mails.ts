import { type Writer } from "./mail-content.ts";

export const disputeFiled: Writer<"dispute_filed"> = (data, voice) => ({
  subject: `We are looking into ${data.number}`,
  preview: `${voice.money(data.amount)} on bill ${data.bill} is on hold meanwhile.`,
  heading: "We have your dispute",
  hero: voice.money(data.amount),
  lines: [
    `You disputed this amount on bill ${data.bill}. It is on hold: you need not pay it, and it does not become overdue, until we have decided.`,
    data.nextOn === null
      ? "You hear from us as soon as somebody has looked at it."
      : `You hear from us by ${voice.day(data.nextOn)}.`,
  ],
  action: { label: `Follow ${data.number}`, path: data.path },
});

export const disputeChanged: Writer<"dispute_changed"> = (data, voice) => ({
  subject: `${data.number}: ${data.stateText}`,
  preview: `Your dispute about bill ${data.bill}.`,
  heading: data.stateText,
  lines: [
    `Your dispute ${data.number} about bill ${data.bill} has moved on.`,
    ...(data.nextOn === null ? [] : [`The next step is due by ${voice.day(data.nextOn)}.`]),
  ],
  action: { label: `See ${data.number}`, path: data.path },
});

const OUTCOMES = {
  for_customer: "Decided for you",
  partially: "Decided in part for you",
  denied: "The charge stays",
} as const;

export const disputeDecided: Writer<"dispute_decided"> = (data, voice) => ({
  subject: `${data.number}: ${OUTCOMES[data.outcome].toLowerCase()}`,
  preview: data.reason,
  heading: OUTCOMES[data.outcome],
  ...(data.outcome === "denied" ? {} : { hero: voice.money(data.given) }),
  lines: [
    data.outcome === "denied"
      ? `We looked into your dispute about bill ${data.bill}. The amount is to be paid again.`
      : `We credited this amount for your dispute about bill ${data.bill}.`,
    data.reason,
    ...(data.payBy
      ? [`What is to be paid again is charged no late fee if you pay it by ${voice.day(data.payBy)}.`]
      : []),
    ...(data.appealUntil === null
      ? []
      : [`If you see it differently, you can appeal until ${voice.day(data.appealUntil)}.`]),
  ],
  action: { label: "Read the decision", path: data.path },
});

export const newReply: Writer<"new_reply"> = ({ from, path, said = [], more = 0 }, { biller }) => ({
  subject: `${from} answered you`,
  preview: said[0]?.replace(/\s+/g, " ").slice(0, 120) ?? `There is a new message from ${biller}.`,
  heading: "You have an answer",
  lines: [said.length > 0 ? `${from} at ${biller} wrote:` : `${from} at ${biller} has written to you.`],
  quotes: said,
  action: { label: "Read and answer", path },
  ...(said.length > 0 && more > 0
    ? {
        after: [
          more === 1
            ? "One more message is in the conversation."
            : `${String(more)} more messages are in the conversation.`,
        ],
      }
    : {}),
});
