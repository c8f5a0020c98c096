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
import { type Line, type TopicName, TOPICS } from "./talk-topics.ts";
import { type DemoTools, must, uuidOf } from "./tools.ts";

export type Talk = {
  key: string;
  customer: Customer;
  accountId: string;
  subject: Subject;
  title: string;
  /** How long ago it began; each line follows some minutes after the one before. */
  hoursAgo: number;
  lines: readonly Line[];
  end: "waiting" | "assigned" | "snoozed" | "closed";
  rep: Staff;
  credit?: { amountMinor: bigint; currency: Currency; invoiceId: string | null; note: string };
};

const USD = code("USD");
const USUAL_MINUTES = 7;

/** Writes one conversation as it would have happened: the customer writes, a rep claims, answers, gives, ends. */
export async function seedTalk(tools: DemoTools, talk: Talk): Promise<void> {
  await goOnTalking(tools, talk, await beginTalk(tools, talk));
}

async function beginTalk({ as }: DemoTools, talk: Talk): Promise<string> {
  const { customer, accountId, lines, key } = talk;
  const subject = talk.subject.subject === "general" ? { subject: "general" as const } : talk.subject;
  const opened = must(
    await openConversation({
      ctx: as(customer, talk.hoursAgo),
      input: {
        ...{ accountId, title: talk.title, ...subject },
        firstMessage: { clientId: uuidOf(`${key}:0`), body: lines[0]?.body ?? "" },
      },
    }),
  );
  return opened.conversation.id;
}

async function goOnTalking({ as }: DemoTools, talk: Talk, conversationId: string): Promise<void> {
  const { customer, accountId, rep, lines, key } = talk;
  let minutesAgo = talk.hoursAgo * 60;
  const pass = (minutes: number) => {
    minutesAgo = Math.max(0, minutesAgo - minutes);
    return minutesAgo / 60;
  };
  if (talk.end !== "waiting") must(await claimConversation({ ctx: as(rep, pass(1)), input: { conversationId } }));
  for (const [at, line] of lines.slice(1).entries()) {
    const hoursAgo = pass(line.after ?? USUAL_MINUTES);
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
        ctx: as(rep, pass(2)),
        input: {
          ...{ accountId, conversationId, invoiceId, note, kind: "goodwill", reason: "service_issue" },
          ...{ amount: money(amountMinor, currency), idempotencyKey: `demo-credit:${key}` },
        },
      }),
    );
  }
  const ending = { ctx: as(rep, pass(3)), input: { conversationId } };
  if (talk.end === "snoozed") {
    const until = new Date(as(rep).now.getTime() + 20 * 3_600_000);
    must(await snoozeConversation({ ...ending, input: { conversationId, until } }));
  }
  if (talk.end === "closed") must(await closeConversation(ending));
}

type Plan = {
  topic: TopicName;
  /** How many of its lines have been written yet; all where it is left out. */
  lines?: number;
  minutesAgo: number;
  end: Talk["end"];
  rep?: "second";
};

const HOUR = 60;
const DAY = 24 * HOUR;

/** A working afternoon: some wait for minutes, some are being talked to, and behind them lie the last days. */
const PLANS: readonly Plan[] = [
  { topic: "paper", lines: 1, minutesAgo: 2, end: "waiting" },
  { topic: "movingIn", minutesAgo: 6, end: "waiting" },
  { topic: "high", lines: 1, minutesAgo: 13, end: "waiting" },
  { topic: "refuse", lines: 1, minutesAgo: 24, end: "waiting" },
  { topic: "name", lines: 1, minutesAgo: 41, end: "waiting" },
  { topic: "failed", minutesAgo: 73, end: "waiting" },
  { topic: "twice", minutesAgo: 34, end: "assigned" },
  { topic: "movingOut", minutesAgo: 29, end: "assigned" },
  { topic: "off", minutesAgo: 52, end: "assigned" },
  { topic: "garden", minutesAgo: 3 * HOUR + 10, end: "assigned" },
  { topic: "winter", lines: 3, minutesAgo: 21, end: "assigned" },
  { topic: "high", minutesAgo: 5 * HOUR + 25, end: "assigned" },
  { topic: "autopay", lines: 2, minutesAgo: 38, end: "assigned", rep: "second" },
  { topic: "twice", lines: 2, minutesAgo: 2 * HOUR + 5, end: "assigned", rep: "second" },
  { topic: "movingOut", minutesAgo: 64, end: "assigned", rep: "second" },
  { topic: "leak", minutesAgo: 20 * HOUR, end: "snoozed" },
  { topic: "name", minutesAgo: DAY + 3 * HOUR, end: "snoozed", rep: "second" },
  { topic: "autopay", minutesAgo: 22 * HOUR, end: "closed" },
  { topic: "paper", minutesAgo: DAY + 2 * HOUR, end: "closed", rep: "second" },
  { topic: "refuse", minutesAgo: 2 * DAY + 5 * HOUR, end: "closed" },
  { topic: "off", minutesAgo: 3 * DAY + HOUR, end: "closed" },
  { topic: "winter", minutesAgo: 4 * DAY + 4 * HOUR, end: "closed", rep: "second" },
  { topic: "high", minutesAgo: 6 * DAY + 2 * HOUR, end: "closed" },
  { topic: "paper", minutesAgo: 9 * DAY + 6 * HOUR, end: "closed" },
];

export type Talker = { customer: Customer; accountId: string };

/**
 * Conversations in every state, some with a credit: what the reps find in the morning of the demo. Whatever takes a number
 * is done first; what is answered takes none, and goes on beside other work.
 */
export async function beginConversations(
  tools: DemoTools,
  talkers: readonly Talker[],
  staff: DemoStaff,
): Promise<() => Promise<void>> {
  const begun: { talk: Talk; id: string }[] = [];
  for (const [at, plan] of PLANS.entries()) {
    const talker = talkers[at];
    if (!talker) continue;
    const { title, lines } = TOPICS[plan.topic];
    const talk: Talk = {
      ...{ key: `talk-${String(at)}`, ...talker, title, end: plan.end, hoursAgo: plan.minutesAgo / HOUR },
      ...{ subject: { subject: "general" }, lines: lines.slice(0, plan.lines), rep: staff[plan.rep ?? "rep"] },
      ...(plan.topic === "off"
        ? { credit: { amountMinor: 12_50n, currency: USD, invoiceId: null, note: "For the day without water." } }
        : {}),
    };
    if (talk.credit) await seedTalk(tools, talk);
    else begun.push({ talk, id: await beginTalk(tools, talk) });
  }
  return async () => {
    for (const { talk, id } of begun) await goOnTalking(tools, talk, id);
  };
}
