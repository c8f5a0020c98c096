import { and, eq, sql } from "drizzle-orm";

import { maskCardNumbers } from "#app/contracts/mask-cards.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { conversations, messageFiles, type MessageKind, messageReads, messages } from "#db/schema/index.ts";
import { authorize, type Permission } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Actor } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { notFound } from "#server/platform/faults.ts";

import { nextStanding, sees, staffOnly } from "./rules.ts";

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
  /** What an event does to its conversation; left out it moves nothing. */
  moves?: EventMove | undefined;
};

/** Somebody of the staff did something for the customer, which answers them; or nothing is left to answer. */
export type EventMove = { step: "staff_replies"; loginId: string } | { step: "close" };

export type Stored = { messageId: string; seq: number; createdAt: Date };

/**
 * Gives a message the next number under the conversation's lock, which the caller holds, and moves the conversation
 * with it. Whoever wrote has read everything up to there. Card numbers are hidden before anything is kept.
 */
export async function storeMessage(tx: Tx, conversation: Conversation, draft: MessageDraft): Promise<Stored> {
  const seq = conversation.lastSeq + 1;
  const { at, fileIds = [], actionId = null, meta = {}, moves, ...parts } = draft;
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
  const readBy = draft.senderLoginId ?? (moves?.step === "staff_replies" ? moves.loginId : null);
  if (readBy !== null) await raiseRead(tx, { conversationId: conversation.id, loginId: readBy, seq, at });
  const { accountId, id: conversationId } = conversation;
  const hidden = staffOnly(draft.kind);
  await appendEvent(tx, "message.stored", { accountId, conversationId, messageId, seq, staffOnly: hidden });
  if (moved.version !== undefined) {
    const { state, assigneeLoginId } = { ...conversation, ...moved };
    await appendEvent(tx, "conversation.changed", { accountId, conversationId, state, assigneeLoginId });
  }
  return { messageId, seq, createdAt: at };
}

/** What a message does to its conversation. Notes move nothing, events what they say; a card of a rep is an answer. */
function afterMessage(conversation: Conversation, draft: MessageDraft): Partial<Conversation> {
  const { kind } = draft;
  if (kind === "note") return {};
  const before = conversation.lastMessageAt;
  const overtaken = before !== null && before > draft.at;
  // An event is told a moment after it happened: what was written meanwhile stands.
  const step = draft.moves && overtaken ? null : stepOf(draft);
  const at = overtaken ? before : draft.at;
  if (step === null) return { lastMessageAt: at };
  const loginId = draft.moves?.step === "staff_replies" ? draft.moves.loginId : draft.senderLoginId;
  const next = nextStanding(conversation, step, step === "customer_writes" ? null : loginId);
  if (next === null) return { lastMessageAt: at };
  const answered = step === "staff_replies" && conversation.waitingSince !== null && conversation.firstReplyAt === null;
  return {
    lastMessageAt: at,
    waitingSince: step === "customer_writes" ? (conversation.waitingSince ?? at) : null,
    ...(answered ? { firstReplyAt: at } : {}),
    ...changeTo(conversation, next),
    ...(step === "close" ? { closedAt: at } : {}),
  };
}

function stepOf({ kind, senderRole, moves }: MessageDraft): "customer_writes" | "staff_replies" | "close" | null {
  if (moves) return moves.step;
  if (senderRole === "system" || kind === "event") return null;
  return senderRole === "customer" ? "customer_writes" : "staff_replies";
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
