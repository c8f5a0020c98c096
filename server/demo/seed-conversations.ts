import { money } from "#app/contracts/money.ts";
import { currency as code, type Currency } from "#app/contracts/currency.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import {
  claimConversation,
  closeConversation,
  openConversation,
  postMessage,
  snoozeConversation,
  type Subject,
} from "#server/domains/conversations/index.ts";

import { type Customer, type DemoStaff, type Staff } from "./demo-logins.ts";
import { type DemoTools, must, uuidOf } from "./tools.ts";

export type Line = { from: "customer" | "rep" | "note"; body: string };

export type Talk = {
  key: string;
  customer: Customer;
  accountId: string;
  subject: Subject;
  title: string;
  /** How many hours ago it began; each line follows some minutes after. */
  hoursAgo: number;
  lines: readonly Line[];
  end: "waiting" | "assigned" | "snoozed" | "closed";
  rep: Staff;
  credit?: { amountMinor: bigint; currency: Currency; invoiceId: string | null; note: string };
};

const USD = code("USD");
const MINUTES = [0, 0.2, 0.35, 0.6, 0.8, 1.1, 1.4] as const;

/** Writes one conversation as it would have happened: the customer writes, a rep claims, answers, gives, ends. */
export async function seedTalk({ as }: DemoTools, talk: Talk): Promise<string> {
  const { customer, accountId, rep, lines, key } = talk;
  const [first, ...rest] = lines;
  const subject = talk.subject.subject === "general" ? { subject: "general" as const } : talk.subject;
  const opened = must(
    await openConversation({
      ctx: as(customer, talk.hoursAgo),
      input: {
        ...{ accountId, title: talk.title, ...subject },
        firstMessage: { clientId: uuidOf(`${key}:0`), body: first?.body ?? "" },
      },
    }),
  );
  const conversationId = opened.conversation.id;
  if (talk.end !== "waiting")
    must(await claimConversation({ ctx: as(rep, talk.hoursAgo - 0.1), input: { conversationId } }));
  for (const [at, line] of rest.entries()) {
    const hoursAgo = Math.max(0, talk.hoursAgo - (MINUTES[at + 1] ?? 2));
    must(
      await postMessage({
        ctx: as(line.from === "customer" ? customer : rep, hoursAgo),
        input: {
          ...{ conversationId, clientId: uuidOf(`${key}:${String(at + 1)}`), body: line.body },
          asNote: line.from === "note",
        },
      }),
    );
  }
  if (talk.credit) {
    const { amountMinor, currency, invoiceId, note } = talk.credit;
    must(
      await applyCredit({
        ctx: as(rep, Math.max(0, talk.hoursAgo - 2)),
        input: {
          ...{ accountId, conversationId, invoiceId, note, kind: "goodwill", reason: "service_issue" },
          ...{ amount: money(amountMinor, currency), idempotencyKey: `demo-credit:${key}` },
        },
      }),
    );
  }
  const ending = { ctx: as(rep), input: { conversationId } };
  if (talk.end === "snoozed") {
    const until = new Date(ending.ctx.now.getTime() + 20 * 3_600_000);
    must(await snoozeConversation({ ...ending, input: { conversationId, until } }));
  }
  if (talk.end === "closed") must(await closeConversation(ending));
  return conversationId;
}

const TOPICS: readonly { title: string; lines: readonly Line[] }[] = [
  {
    title: "High bill this month",
    lines: [
      { from: "customer", body: "My bill is almost double what it was in spring. Is the meter right?" },
      { from: "rep", body: "I see 9.8 thousand gallons against 5.1 in April. Did you fill a pool or water a garden?" },
      { from: "customer", body: "We did put in a vegetable garden. That much, though?" },
      { from: "note", body: "Usage has risen for three summers. No leak flag on the meter." },
      {
        from: "rep",
        body: "Three hours of sprinkling a week makes about that. I have asked for a free leak check all the same.",
      },
    ],
  },
  {
    title: "Moving out at the end of the month",
    lines: [
      { from: "customer", body: "We move out on the 30th. What do we have to do?" },
      {
        from: "rep",
        body: "Nothing but tell us the new address: we read the meter that day and send the last bill there.",
      },
    ],
  },
  {
    title: "Water was off on Tuesday",
    lines: [
      { from: "customer", body: "There was no water from 7 to noon on Tuesday and nobody told us. I run a bakery." },
      { from: "rep", body: "I am sorry: a main broke on Quay Road. I am giving you a credit for the day." },
    ],
  },
  {
    title: "Paid twice?",
    lines: [
      { from: "customer", body: "My bank shows two payments to you on the same day. Can you check?" },
      {
        from: "rep",
        body: "I see one payment that settled and one that your bank dropped. The second disappears in a day or two.",
      },
    ],
  },
  { title: "Paper bills", lines: [{ from: "customer", body: "Can I get my bills by e-mail instead of on paper?" }] },
  {
    title: "Change of name",
    lines: [{ from: "customer", body: "I got married. How do I change the name on the account?" }],
  },
  {
    title: "Refuse was not collected",
    lines: [{ from: "customer", body: "Nobody came on Monday. Is there a new day?" }],
  },
];

export type Talker = { customer: Customer; accountId: string };

/** Conversations in every state, some with a credit, spread over the last days. */
export async function seedConversations(tools: DemoTools, talkers: readonly Talker[], staff: DemoStaff): Promise<void> {
  const ends = ["waiting", "assigned", "closed", "waiting", "assigned", "closed", "snoozed", "waiting"] as const;
  for (const [at, { customer, accountId }] of talkers.entries()) {
    const end = ends[at % ends.length] ?? "closed";
    const topic = TOPICS[at % TOPICS.length];
    if (!topic) continue;
    const rep = at % 3 === 1 ? staff.second : staff.rep;
    const lines = end === "waiting" ? topic.lines.slice(0, 1) : topic.lines;
    const gives = topic.title === "Water was off on Tuesday" && end !== "waiting";
    await seedTalk(tools, {
      ...{ key: `talk-${String(at)}`, customer, accountId, title: topic.title, lines, end, rep },
      ...{ subject: { subject: "general" }, hoursAgo: end === "waiting" ? 0.3 + at * 0.4 : 6 + at * 9 },
      ...(gives
        ? { credit: { amountMinor: 12_50n, currency: USD, invoiceId: null, note: "For the day without water." } }
        : {}),
    });
  }
}
