import { and, asc, desc, eq, gt, lt, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import { type DbOrTx } from "#db/client.ts";
import { accounts, conversations, logins, messageReads, messages } from "#db/schema/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { notFound } from "#server/platform/faults.ts";

import { type Message, readMessages } from "./read-messages.ts";
import { authorizeConversation, type Conversation } from "./rows.ts";

export type ReadMark = { loginId: string; name: string; role: "customer" | "staff"; lastReadSeq: number; readAt: Date };

export type ConversationView = Conversation & {
  account: { id: string; number: string; name: string };
  personName: string | null;
  assigneeName: string | null;
  reads: ReadMark[];
};

/**
 * One conversation by its number (`C-1001`) or id, with who has read how far. Throws not_found for an unknown one, and
 * for one that the actor may not see.
 */
export async function getConversation(
  { db, actor }: { db: DbOrTx; actor: Actor },
  which: { number: string } | { id: string },
): Promise<ConversationView> {
  const person = alias(logins, "person");
  const assignee = alias(logins, "assignee");
  const [row] = await db
    .select({
      conversation: conversations,
      account: { id: accounts.id, number: accounts.number, name: accounts.name },
      personName: person.name,
      assigneeName: assignee.name,
    })
    .from(conversations)
    .innerJoin(accounts, eq(accounts.id, conversations.accountId))
    .leftJoin(person, eq(person.id, conversations.personLoginId))
    .leftJoin(assignee, eq(assignee.id, conversations.assigneeLoginId))
    .where("number" in which ? eq(conversations.number, which.number) : eq(conversations.id, which.id))
    .limit(1);
  if (!row) throw notFound("conversation");
  authorizeConversation(actor, "conversation.view", row.conversation);
  const { conversation, ...names } = row;
  return { ...conversation, ...names, reads: await listReads(db, conversation.id) };
}

async function listReads(db: DbOrTx, conversationId: string): Promise<ReadMark[]> {
  const rows = await db
    .select({
      loginId: logins.id,
      name: logins.name,
      role: logins.role,
      lastReadSeq: messageReads.lastReadSeq,
      readAt: messageReads.readAt,
    })
    .from(messageReads)
    .innerJoin(logins, eq(logins.id, messageReads.loginId))
    .where(eq(messageReads.conversationId, conversationId))
    .orderBy(desc(messageReads.readAt))
    .limit(20);
  return rows.map((row) => ({ ...row, role: row.role === "customer" ? "customer" : "staff" }));
}

const THREAD_PAGE = 50;
const CATCH_UP = 200;

/**
 * Part of a thread, oldest first: what follows `afterSeq`, what stands before `beforeSeq`, or the newest. `more` says
 * that the asked direction goes on. Without `forStaff` notes are left out in SQL. Authorise the conversation before.
 */
export async function listMessages(
  db: DbOrTx,
  {
    conversationId,
    forStaff,
    afterSeq,
    beforeSeq,
    limit = afterSeq === undefined ? THREAD_PAGE : CATCH_UP,
  }: { conversationId: string; forStaff: boolean; afterSeq?: number; beforeSeq?: number; limit?: number },
): Promise<{ messages: Message[]; more: boolean }> {
  const where = and(
    eq(messages.conversationId, conversationId),
    forStaff ? undefined : ne(messages.kind, "note"),
    afterSeq === undefined ? undefined : gt(messages.seq, afterSeq),
    beforeSeq === undefined ? undefined : lt(messages.seq, beforeSeq),
  );
  const forward = afterSeq !== undefined;
  const order = forward ? asc(messages.seq) : desc(messages.seq);
  const rows = await readMessages(db, { where, order, limit: limit + 1 });
  const kept = rows.slice(0, limit);
  return { messages: forward ? kept : kept.reverse(), more: rows.length > limit };
}

/** One message by its id, for the relay; null when it does not exist. */
export async function findMessage(db: DbOrTx, messageId: string): Promise<Message | null> {
  const [message] = await readMessages(db, { where: eq(messages.id, messageId), order: asc(messages.seq), limit: 1 });
  return message ?? null;
}

/** A conversation's row, for the system (relay, subscribers); null when it does not exist. Authorises nothing. */
export async function findConversation(db: DbOrTx, conversationId: string): Promise<Conversation | null> {
  const [row] = await db.select().from(conversations).where(eq(conversations.id, conversationId)).limit(1);
  return row ?? null;
}
