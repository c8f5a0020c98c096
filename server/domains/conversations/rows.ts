import { and, eq, sql } from "drizzle-orm";

import { maskCardNumbers } from "#app/contracts/mask-cards.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { conversations, messageFiles, type MessageKind, messageReads, messages } from "#db/schema/index.ts";
import { authorize, type Permission } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { notFound } from "#server/platform/faults.ts";

import { type ConversationStep, nextStanding, sees, staffOnly } from "./rules.ts";

export type Conversation = typeof conversations.$inferSelect;

/** Locks a conversation for the rest of the transaction: the first lock of every command started in one. */
export async function lockConversation(tx: Tx, conversationId: string): Promise<Conversation> {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("no key update");
  if (!row) throw notFound("conversation");
  return row;
}

/** Throws not_found for one the actor may not see, as for one that does not exist. */
export function authorizeConversation(
  actor: Actor,
  permission: Permission,
  conversation: { accountId: string; personLoginId: string | null },
): void {
  if (actor.kind === "customer" && !sees(actor, conversation)) throw notFound("conversation");
  authorize(actor, permission, conversation.accountId);
}

export type MessageDraft = {
  kind: MessageKind;
  clientId: string;
  senderLoginId: string | null;
  senderRole: "customer" | "staff" | "system";
  body: string;
  actionId?: string | null;
  meta?: Record<string, unknown>;
  fileIds?: readonly string[];
  at: Date;
};

export type Stored = { messageId: string; seq: number; createdAt: Date };

/**
 * Gives a message the next number under the conversation's lock, which the caller holds, and moves the conversation
 * with it. Whoever wrote has read everything up to there. Card numbers are hidden before anything is kept.
 */
export async function storeMessage(tx: Tx, conversation: Conversation, draft: MessageDraft): Promise<Stored> {
  const seq = conversation.lastSeq + 1;
  const { at, fileIds = [], actionId = null, meta = {}, ...parts } = draft;
  const body = maskCardNumbers(draft.body);
  const [row] = await tx
    .insert(messages)
    .values({ ...parts, body, actionId, meta, conversationId: conversation.id, seq, createdAt: at })
    .returning({ id: messages.id });
  const messageId = present(row, "an inserted message has a row").id;
  if (fileIds.length > 0) await tx.insert(messageFiles).values(fileIds.map((fileId) => ({ messageId, fileId })));
  const moved = afterMessage(conversation, draft);
  await tx
    .update(conversations)
    .set({ ...moved, lastSeq: seq })
    .where(eq(conversations.id, conversation.id));
  if (draft.senderLoginId !== null)
    await raiseRead(tx, { conversationId: conversation.id, loginId: draft.senderLoginId, seq, at });
  const { accountId, id: conversationId } = conversation;
  const hidden = staffOnly(draft.kind);
  await appendEvent(tx, "message.stored", { accountId, conversationId, messageId, seq, staffOnly: hidden });
  if (moved.version !== undefined) {
    const { state, assigneeLoginId } = { ...conversation, ...moved };
    await appendEvent(tx, "conversation.changed", { accountId, conversationId, state, assigneeLoginId });
  }
  return { messageId, seq, createdAt: at };
}

/** What a message does to its conversation. Notes and the system's lines move nothing; a card of a rep is an answer. */
function afterMessage(
  conversation: Conversation,
  { kind, senderRole, senderLoginId, at }: MessageDraft,
): Partial<Conversation> {
  if (kind === "note") return {};
  if (senderRole === "system" || kind === "event") return { lastMessageAt: at };
  const fromCustomer = senderRole === "customer";
  const step: ConversationStep = fromCustomer ? "customer_writes" : "staff_replies";
  const next = present(
    nextStanding(conversation, step, fromCustomer ? null : senderLoginId),
    `${step} is taken in every state`,
  );
  const answered = !fromCustomer && conversation.waitingSince !== null && conversation.firstReplyAt === null;
  return {
    lastMessageAt: at,
    waitingSince: fromCustomer ? (conversation.waitingSince ?? at) : null,
    ...(answered ? { firstReplyAt: at } : {}),
    ...changeTo(conversation, next),
  };
}

/** The columns of a move, empty when nothing moves: then the version stays. */
export function changeTo(
  conversation: Conversation,
  next: { state: Conversation["state"]; assigneeLoginId: string | null },
): Partial<Conversation> {
  if (next.state === conversation.state && next.assigneeLoginId === conversation.assigneeLoginId) return {};
  return { ...next, snoozedUntil: null, closedAt: null, version: conversation.version + 1 };
}

/** True when it moved forward: reading never goes back. */
export async function raiseRead(
  tx: DbOrTx,
  { conversationId, loginId, seq, at }: { conversationId: string; loginId: string; seq: number; at: Date },
): Promise<boolean> {
  const raised = await tx
    .insert(messageReads)
    .values({ conversationId, loginId, lastReadSeq: seq, readAt: at })
    .onConflictDoUpdate({
      target: [messageReads.conversationId, messageReads.loginId],
      set: { lastReadSeq: seq, readAt: at },
      setWhere: sql`${messageReads.lastReadSeq} < ${seq}`,
    })
    .returning({ seq: messageReads.lastReadSeq });
  return raised.length > 0;
}

/** The message that already stands under a client's id, so that a resend gets the first one's answer. */
export async function findByClientId(
  tx: DbOrTx,
  conversationId: string,
  clientId: string,
): Promise<(Stored & { senderLoginId: string | null }) | null> {
  const [row] = await tx
    .select({
      messageId: messages.id,
      seq: messages.seq,
      createdAt: messages.createdAt,
      senderLoginId: messages.senderLoginId,
    })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.clientId, clientId)))
    .limit(1);
  return row ?? null;
}
