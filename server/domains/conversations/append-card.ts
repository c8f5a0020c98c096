import { eq, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { logins } from "#db/schema/index.ts";
import { present } from "#server/platform/assert.ts";

import { findByClientId, lockConversation, type Stored, storeMessage } from "./rows.ts";

/**
 * Puts the card of a money action into a thread, inside the transaction of the command that took the action. One card
 * per action: asked again it answers the first. The caller has authorised, and took the conversation's lock first.
 */
export async function appendCard(
  tx: Tx,
  card: { conversationId: string; actionId: string; body?: string; senderLoginId: string | null; at?: Date },
): Promise<Stored> {
  const conversation = await lockConversation(tx, card.conversationId);
  // The action's own id makes the card's: whoever appends it twice meets the first.
  const first = await findByClientId(tx, conversation.id, card.actionId);
  if (first) return { messageId: first.messageId, seq: first.seq, createdAt: first.createdAt };
  return storeMessage(tx, conversation, {
    kind: "card",
    clientId: card.actionId,
    senderLoginId: card.senderLoginId,
    senderRole: await roleOf(tx, card.senderLoginId),
    body: card.body ?? "",
    actionId: card.actionId,
    at: card.at ?? (await databaseTime(tx)),
  });
}

async function roleOf(tx: Tx, loginId: string | null): Promise<"customer" | "staff" | "system"> {
  if (loginId === null) return "system";
  const [login] = await tx.select({ role: logins.role }).from(logins).where(eq(logins.id, loginId)).limit(1);
  return present(login, "a sender has a login").role === "customer" ? "customer" : "staff";
}

/** For callers that carry no time of their own. */
export async function databaseTime(tx: DbOrTx): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select now() as now`);
  return new Date(present(row, "the database has a time").now);
}
