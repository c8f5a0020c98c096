import { type CaughtUp } from "#app/contracts/realtime/events.ts";
import { actionIdsOf, type ThreadMessage, toThreadMessages } from "#app/contracts/realtime/thread.ts";
import { listMessages, type Message } from "#server/domains/conversations/index.ts";
import { listActions } from "#server/domains/ledger/index.ts";
import { type DbOrTx } from "#db/client.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** What follows a reader's last sequence number. The caller has let them in; notes are left out for customers. */
export async function readAfter(ctx: Ctx, conversationId: string, afterSeq: number): Promise<CaughtUp> {
  const forStaff = ctx.actor.kind === "staff";
  const { messages, more } = await listMessages(ctx.db, { conversationId, forStaff, afterSeq });
  return { messages: await withCards(ctx.db, messages), more };
}

/** Messages as browsers see them, cards with what their actions say now. */
export async function withCards(db: DbOrTx, messages: readonly Message[]): Promise<ThreadMessage[]> {
  return toThreadMessages(messages, await listActions(db, actionIdsOf(messages)));
}
