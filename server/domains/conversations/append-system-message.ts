import { v7 as uuidv7 } from "uuid";

import { type Tx } from "#db/client.ts";

import { databaseTime } from "./append-card.ts";
import { type EventMove, findByClientId, lockConversation, type Stored, storeMessage } from "./rows.ts";

/**
 * Tells a thread that something happened ("dispute.resolved"), inside the transaction or the subscriber that did it.
 * `meta` says what, in facts; the words are chosen where it is shown. With `onceId` (a uuid) it is told once however
 * often it is asked. Moves neither the queue nor the waiting clock, but for what `moves` says: a rep's step in
 * a case is an answer, and what the customer took back needs none. `staffOnly` keeps it from the customer.
 */
export async function appendSystemMessage(
  tx: Tx,
  input: {
    conversationId: string;
    meta: Record<string, unknown>;
    body?: string;
    staffOnly?: boolean;
    onceId?: string;
    at?: Date;
    moves?: EventMove | undefined;
  },
): Promise<Stored> {
  const conversation = await lockConversation(tx, input.conversationId);
  const first = input.onceId === undefined ? null : await findByClientId(tx, conversation.id, input.onceId);
  if (first) return { messageId: first.messageId, seq: first.seq, createdAt: first.createdAt };
  return storeMessage(tx, conversation, {
    kind: input.staffOnly === true ? "note" : "event",
    clientId: input.onceId ?? uuidv7(),
    senderLoginId: null,
    senderRole: "system",
    body: input.body ?? "",
    meta: input.meta,
    moves: input.moves,
    at: input.at ?? (await databaseTime(tx)),
  });
}
