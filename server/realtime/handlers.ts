import { type ClientAnswers, type ClientEventName, type ParsedPayload } from "#app/contracts/realtime/events.ts";
import { countUnread, markRead, postMessage } from "#server/domains/conversations/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Refusal } from "#server/platform/result.ts";

import { peopleIn, visibleTo } from "./presence.ts";
import { readAfter, withCards } from "./read-thread.ts";
import { enterAccount, enterConversation, enterStaff, rooms } from "./rooms.ts";
import { type Io, type Peer } from "./sockets.ts";

export type HandlerParts = { io: Io; peer: Peer; ctx: Ctx; tellPresence: (conversationId: string) => void };

type Answer<N extends ClientEventName> = ({ ok: true } & ClientAnswers[N]) | (Refusal & Record<string, unknown>);
export type Handlers = {
  [N in ClientEventName]: (parts: HandlerParts, payload: ParsedPayload<N>) => Promise<Answer<N>> | Answer<N>;
};

/** Routes with another transport: the same commands, the same answers, in the acknowledgement. */
export const HANDLERS: Handlers = {
  // In the room first, then read: what is stored in between comes twice rather than never.
  async "conversation.join"({ io, peer, ctx, tellPresence }, { conversationId, afterSeq }) {
    const { conversation, rooms: names } = await enterConversation(ctx, conversationId);
    await peer.join(names);
    tellPresence(conversationId);
    const { messages, more } = await readAfter(ctx, conversationId, afterSeq);
    const reads = conversation.reads.map(({ loginId, name, role, lastReadSeq }) => ({
      loginId,
      name,
      role,
      lastReadSeq,
    }));
    const people = visibleTo(await peopleIn(io, conversationId), ctx.actor.kind === "staff");
    return { ok: true, messages, more, reads, people };
  },
  async "conversation.leave"({ peer, tellPresence }, { conversationId }) {
    await peer.leave(rooms.conversation(conversationId));
    await peer.leave(rooms.conversationStaff(conversationId));
    tellPresence(conversationId);
    return { ok: true };
  },
  async "conversation.catch_up"({ ctx }, { conversationId, afterSeq }) {
    await enterConversation(ctx, conversationId);
    return { ok: true, ...(await readAfter(ctx, conversationId, afterSeq)) };
  },
  async "conversation.mark_read"({ ctx }, payload) {
    const { value } = await markRead({ ctx, input: payload });
    return { ok: true, seq: value.seq };
  },
  async "conversation.type"({ peer, ctx }, { conversationId }) {
    // Being in the room is the proof of having been let in.
    if (!peer.rooms.has(rooms.conversation(conversationId))) await enterConversation(ctx, conversationId);
    const { person } = peer.data;
    peer.volatile.to(rooms.conversation(conversationId)).emit("conversation.typing", { conversationId, person });
    return { ok: true };
  },
  async "message.post"({ ctx }, { seenSeq, ...input }) {
    const posted = await postMessage({ ctx, input: { ...input, ...(seenSeq === undefined ? {} : { seenSeq }) } });
    if (posted.ok) {
      const { messageId, seq, createdAt, fresh } = posted.value;
      return { ok: true, messageId, seq, createdAt: createdAt.toISOString(), fresh };
    }
    return posted.reason === "stale" ? { ...posted, newer: await withCards(ctx.db, posted.newer) } : posted;
  },
  async "messages.count_unread"({ ctx: { db, actor } }) {
    return { ok: true, unread: actor.kind === "customer" ? await countUnread(db, actor) : 0 };
  },
  async "account.watch"({ peer, ctx }, { accountId }) {
    await peer.join(enterAccount(ctx, accountId));
    return { ok: true };
  },
  async "account.unwatch"({ peer }, { accountId }) {
    await peer.leave(rooms.account(accountId));
    return { ok: true };
  },
  async "inbox.watch"({ peer, ctx }) {
    await peer.join(enterStaff(ctx));
    return { ok: true };
  },
  async "inbox.unwatch"({ peer }) {
    await peer.leave(rooms.staff);
    return { ok: true };
  },
};
