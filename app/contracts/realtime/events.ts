import { z } from "zod";

import { stripHidden } from "../strip-hidden.ts";
import { type ConversationState, type ThreadMessage, type ThreadPerson, type ThreadRead } from "./thread.ts";

/** What a browser may send over the socket. Each is answered in its acknowledgement, after commit. */
export const CLIENT_EVENTS = {
  "conversation.join": z.object({ conversationId: z.uuid(), afterSeq: z.number().int().min(0).max(2_000_000_000) }),
  "conversation.leave": z.object({ conversationId: z.uuid() }),
  "conversation.catch_up": z.object({ conversationId: z.uuid(), afterSeq: z.number().int().min(0).max(2_000_000_000) }),
  "conversation.mark_read": z.object({ conversationId: z.uuid(), seq: z.number().int().min(0).max(2_000_000_000) }),
  "conversation.type": z.object({ conversationId: z.uuid() }),
  "message.post": z.object({
    conversationId: z.uuid(),
    clientId: z.uuid(),
    // Measured again by the command, whose sentence says how long it is.
    body: z.string().max(60_000).transform(stripHidden),
    fileIds: z.array(z.uuid()).max(10).default([]),
    asNote: z.boolean().default(false),
    seenSeq: z.number().int().min(0).max(2_000_000_000).optional(),
  }),
  "messages.count_unread": z.object({}),
  "account.watch": z.object({ accountId: z.uuid() }),
  "account.unwatch": z.object({ accountId: z.uuid() }),
  "inbox.watch": z.object({}),
  "inbox.unwatch": z.object({}),
} as const;

export type ClientEventName = keyof typeof CLIENT_EVENTS;
export type ClientPayload<N extends ClientEventName> = z.input<(typeof CLIENT_EVENTS)[N]>;
export type ParsedPayload<N extends ClientEventName> = z.output<(typeof CLIENT_EVENTS)[N]>;

export type CaughtUp = { messages: ThreadMessage[]; more: boolean };

/** What the acknowledgement of each event carries when it went well. */
export type ClientAnswers = {
  "conversation.join": CaughtUp & { reads: ThreadRead[]; people: ThreadPerson[] };
  "conversation.leave": object;
  "conversation.catch_up": CaughtUp;
  "conversation.mark_read": { seq: number };
  "conversation.type": object;
  "message.post": { messageId: string; seq: number; createdAt: string; fresh: boolean };
  "messages.count_unread": { unread: number };
  "account.watch": object;
  "account.unwatch": object;
  "inbox.watch": object;
  "inbox.unwatch": object;
};

/** Why the server did not do it. `fault` is ours: try again; the others say what would help. */
export type SocketRefusal = {
  ok: false;
  reason: string;
  /** Of `stale`: what the customer wrote meanwhile. */
  newer?: ThreadMessage[];
  retryAfterMs?: number;
  [fact: string]: unknown;
};

export type Ack<N extends ClientEventName> = ({ ok: true } & ClientAnswers[N]) | SocketRefusal;

export type ClientEvents = {
  [N in ClientEventName]: (payload: ClientPayload<N>, ack: (answer: Ack<N>) => void) => void;
};

/** What the server tells. Only messages, typing and presence carry content; the rest says "read again". */
export type ServerEvents = {
  "message.stored": (event: { conversationId: string; message: ThreadMessage }) => void;
  "conversation.changed": (event: {
    conversationId: string;
    accountId: string;
    state: ConversationState;
    assigneeLoginId: string | null;
  }) => void;
  "conversation.read": (event: { conversationId: string; loginId: string; seq: number }) => void;
  "conversation.typing": (event: { conversationId: string; person: ThreadPerson }) => void;
  "conversation.present": (event: { conversationId: string; people: ThreadPerson[] }) => void;
  /** Something of one's own conversations moved: what is unread is counted again. */
  "messages.changed": (event: { conversationId: string }) => void;
  "account.changed": (event: { accountId: string }) => void;
  "inbox.changed": (event: { conversationId: string }) => void;
  /** Told to the rep who held it: a colleague has taken a conversation over. */
  "conversation.taken_over": (event: { number: string; person: string | null; by: string }) => void;
  /** Events of the processor that wait for a person became more or fewer. */
  "parked.changed": (event: object) => void;
  /** Signed out, or a role or password changed: sign in again. */
  "session.ended": (event: object) => void;
};
