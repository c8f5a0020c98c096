import { randomUUID } from "node:crypto";

import { CLIENT_EVENTS, type ClientEventName, type SocketRefusal } from "#app/contracts/realtime/events.ts";
import { type ThreadPerson } from "#app/contracts/realtime/thread.ts";
import { answerCode } from "#server/platform/faults.ts";

import { readPerson } from "./authenticate.ts";
import { HANDLERS, type HandlerParts } from "./handlers.ts";
import { createEventLimit } from "./limits.ts";
import { SOCKET_POLICY } from "./policy.ts";
import { createPresence } from "./presence.ts";
import { rooms, roomsOf } from "./rooms.ts";
import { type Peer, type RealtimeParts, typed } from "./sockets.ts";

/** Of one login in this process: many tabs, but not a flood. */
const MOST_LINES = 40;
const ROOM_OF_CONVERSATION = /^conversation:([0-9a-f-]{36})$/;

/** Lets sockets in by their session and answers their events. The handshake's origin is checked where the server is made. */
export function openGateway(parts: RealtimeParts): void {
  const io = typed(parts.io);
  const failed = (error: unknown) => parts.log.error({ err: error }, "telling who is present failed");
  const tellPresence = createPresence(io, failed);
  io.use((peer, next) => {
    readPerson(peer, parts).then(
      (found) => {
        if (found === null) {
          next(new Error("unauthenticated"));
          return;
        }
        const { person, sessionId } = found;
        if ((io.sockets.adapter.rooms.get(rooms.login(person.loginId))?.size ?? 0) >= MOST_LINES) {
          next(new Error("too_many_lines"));
          return;
        }
        const role: ThreadPerson["role"] = person.kind;
        peer.data = {
          ...{ person: { loginId: person.loginId, name: person.name, role }, sessionId },
          ownRooms: roomsOf(person, sessionId),
        };
        next();
      },
      (error: unknown) => {
        parts.log.error({ err: error }, "a socket's session could not be read");
        next(new Error("unavailable"));
      },
    );
  });
  io.on("connection", (peer) => {
    void peer.join(peer.data.ownRooms);
    const limit = createEventLimit();
    // The rooms are gone once it has disconnected.
    peer.on("disconnecting", () => {
      for (const room of peer.rooms) {
        const conversationId = ROOM_OF_CONVERSATION.exec(room)?.[1];
        if (conversationId !== undefined) tellPresence(conversationId);
      }
    });
    peer.onAny((name: string, payload: unknown, ack: unknown) => {
      const reply = (answer: object) => {
        if (typeof ack === "function") (ack as (answer: object) => void)(answer);
      };
      answerEvent({ parts, peer, limit, tellPresence, name, payload }).then(
        (answer) => {
          reply(answer);
          if ("reason" in answer && answer.reason === "unauthenticated") peer.disconnect(true);
        },
        (error: unknown) => {
          parts.log.error({ err: error, event: name }, "a socket event failed");
          reply({ ok: false, reason: "fault" } satisfies SocketRefusal);
        },
      );
    });
  });
}

type Incoming = {
  parts: RealtimeParts;
  peer: Peer;
  limit: (name: ClientEventName) => number;
  tellPresence: (conversationId: string) => void;
  name: string;
  payload: unknown;
};

/** Known, not too often, well formed, still signed in, allowed: then the handler. Refusals and faults share one shape. */
async function answerEvent({ parts, peer, limit, tellPresence, name, payload }: Incoming): Promise<object> {
  if (!isClientEvent(name)) return refusal("unknown_event");
  const retryAfterMs = limit(name);
  if (retryAfterMs > 0) return { ...refusal("too_fast"), retryAfterMs };
  const parsed = CLIENT_EVENTS[name].safeParse(payload);
  if (!parsed.success) return refusal("malformed");
  try {
    // Read anew each time: a right that was taken away ends with the next event, not with the socket.
    const found = await readPerson(peer, parts);
    if (found === null) return refusal("unauthenticated");
    if (!SOCKET_POLICY[name][found.person.kind]) return refusal("forbidden");
    const ctx = parts.makeCtx(found.person, `socket-${randomUUID()}`);
    const answer = await run(name, { io: typed(parts.io), peer, ctx, tellPresence }, parsed.data);
    if (name === "message.post" || name === "conversation.mark_read") parts.relay.wake();
    return answer;
  } catch (error) {
    const code = answerCode(error);
    if (code === null || code === "bug") throw error;
    return refusal(code);
  }
}

/** The payload has just been parsed by the schema of that very name: the pair fits. */
function run(name: ClientEventName, parts: HandlerParts, payload: unknown): Promise<object> | object {
  const handler = HANDLERS[name] as (parts: HandlerParts, payload: unknown) => Promise<object> | object;
  return handler(parts, payload);
}

const isClientEvent = (name: string): name is ClientEventName => Object.hasOwn(CLIENT_EVENTS, name);
const refusal = (reason: string): SocketRefusal => ({ ok: false, reason });
