import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import { type DbOrTx } from "#db/client.ts";
import { accounts, conversations, logins, type MessageKind, messages } from "#db/schema/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Actor, loginIdOf } from "#server/platform/actor.ts";
import { decodeCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { cursorNumber, unreadBy } from "./list-conversations.ts";
import { type Conversation } from "./rows.ts";

export const INBOX_QUEUES = ["waiting", "mine", "all", "snoozed", "closed"] as const;
export type InboxQueue = (typeof INBOX_QUEUES)[number];

export type InboxRow = Pick<
  Conversation,
  | "id"
  | "number"
  | "title"
  | "subject"
  | "subjectId"
  | "state"
  | "assigneeLoginId"
  | "lastSeq"
  | "lastMessageAt"
  | "waitingSince"
  | "snoozedUntil"
> & {
  account: { id: string; number: string; name: string };
  /** Who writes: the customer's name, null where nobody has signed in yet. */
  personName: string | null;
  assigneeName: string | null;
  /** The last words, notes left out, cut to a line. */
  preview: { body: string; kind: MessageKind; senderRole: "customer" | "staff" | "system" } | null;
  unread: number;
};

export type InboxCounts = { waiting: number; mine: number; all: number };

/**
 * A queue of the reps' inbox, a page at a time. Those who wait come first, the longest wait on top; below them the one
 * that moved last. `all` is everything not closed. Conversations nobody has written in are left out. For staff only.
 */
export async function listInbox(
  { db, actor }: { db: DbOrTx; actor: Actor },
  { queue, cursor }: { queue: InboxQueue; cursor?: string | null },
): Promise<Page<InboxRow>> {
  authorize(actor, "conversation.queue");
  const loginId = loginIdOf(actor);
  const person = alias(logins, "person");
  const assignee = alias(logins, "assignee");
  const [key, number] = decodeCursor(cursor, 2) ?? [];
  const after = cursorNumber(key);
  const rows = await db
    .select({
      id: conversations.id,
      number: conversations.number,
      title: conversations.title,
      subject: conversations.subject,
      subjectId: conversations.subjectId,
      state: conversations.state,
      assigneeLoginId: conversations.assigneeLoginId,
      lastSeq: conversations.lastSeq,
      lastMessageAt: conversations.lastMessageAt,
      waitingSince: conversations.waitingSince,
      snoozedUntil: conversations.snoozedUntil,
      account: { id: accounts.id, number: accounts.number, name: accounts.name },
      personName: person.name,
      assigneeName: assignee.name,
      preview,
      unread: unreadBy(loginId, true),
      key: sql<string>`${rank}::text`,
    })
    .from(conversations)
    .innerJoin(accounts, eq(accounts.id, conversations.accountId))
    .leftJoin(person, eq(person.id, conversations.personLoginId))
    .leftJoin(assignee, eq(assignee.id, conversations.assigneeLoginId))
    .where(
      and(
        inQueue(queue, loginId),
        after === null ? undefined : sql`(${rank}, conversations.number) > (${after}::numeric, ${number})`,
      ),
    )
    .orderBy(sql`${rank}, conversations.number`)
    .limit(PAGE_LIMIT + 1);
  const page = toPage(rows, PAGE_LIMIT, (row) => [row.key, row.number]);
  return { ...page, items: page.items.map(({ key: _, ...row }) => row) };
}

/** How many stand in each queue, in one round trip. */
export async function countInbox({ db, actor }: { db: DbOrTx; actor: Actor }): Promise<InboxCounts> {
  authorize(actor, "conversation.queue");
  const loginId = loginIdOf(actor);
  const count = (queue: InboxQueue) => sql<number>`(count(*) filter (where ${inQueue(queue, loginId)}))::int`;
  const [row] = await db
    .select({ waiting: count("waiting"), mine: count("mine"), all: count("all") })
    .from(conversations)
    .where(ne(conversations.state, "closed"));
  return row ?? { waiting: 0, mine: 0, all: 0 };
}

/** Smaller stands higher: who waits by how long, then by the last message, newest first. */
const rank = sql<string>`(case when conversations.waiting_since is not null and conversations.state <> 'snoozed'
  then extract(epoch from conversations.waiting_since)
  else 100000000000 - extract(epoch from conversations.last_message_at) end)`;

function inQueue(queue: InboxQueue, loginId: string | null): SQL | undefined {
  const written = sql`conversations.last_message_at is not null`;
  switch (queue) {
    case "waiting":
      return and(written, eq(conversations.state, "waiting"));
    case "mine":
      return and(written, eq(conversations.state, "assigned"), sql`conversations.assignee_login_id = ${loginId}::uuid`);
    case "all":
      return and(written, ne(conversations.state, "closed"));
    case "snoozed":
      return and(written, eq(conversations.state, "snoozed"));
    case "closed":
      return and(written, eq(conversations.state, "closed"));
  }
}

const preview = sql<InboxRow["preview"]>`(
  select jsonb_build_object('body', left(m.body, 160), 'kind', m.kind, 'senderRole', m.sender_role)
  from ${messages} m where m.conversation_id = conversations.id and m.kind <> 'note' and m.body <> ''
  order by m.seq desc limit 1)`;
