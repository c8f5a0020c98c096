import { type Server, type Socket } from "socket.io";

import { type ClientEvents, type ServerEvents } from "#app/contracts/realtime/events.ts";
import { type ThreadPerson } from "#app/contracts/realtime/thread.ts";
import { type Sessions } from "#server/domains/auth/index.ts";
import { type Db } from "#db/client.ts";
import { type Relay } from "#server/events/relay.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx, type Log } from "#server/platform/ctx.ts";

/** What a socket carries between processes too: plain data only. */
export type SocketData = { person: ThreadPerson; sessionId: string; ownRooms: string[] };

export type Io = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
export type Peer = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

export type RealtimeParts = {
  io: Server;
  db: Db;
  relay: Relay;
  sessions: Sessions;
  log: Log;
  makeCtx: (actor: Actor, requestId: string) => Ctx;
};

/** The one server, with our events' types: nothing else registers events on it. */
export const typed = (io: Server): Io => io as unknown as Io;
