import { type Socket } from "socket.io-client";

import {
  type Ack,
  type ClientEventName,
  type ClientEvents,
  type ClientPayload,
  type ServerEvents,
} from "#app/contracts/realtime/events.ts";

export type ConnectionStatus = "off" | "connecting" | "on" | "ended";
type Listener = () => void;

/** The page's one line to the server. Nothing is loaded or opened until somebody holds it. */
export type RealtimeClient = {
  /** Keeps the line open until the answer is called. */
  hold(): () => void;
  /** Sends and waits for the answer. Rejects when there is no line, or none within eight seconds. */
  request<N extends ClientEventName>(name: N, payload: ClientPayload<N>): Promise<Ack<N>>;
  on<E extends keyof ServerEvents>(name: E, listener: ServerEvents[E]): () => void;
  /** Called on every connection, and at once when there is one. */
  onConnect(listener: Listener): () => void;
  /** Counts who is in a room on this page, so that the last one out leaves it. */
  share(room: string, leave: Listener): () => void;
  /** Whether anybody on this page is in a room. */
  isIn(room: string): boolean;
  getStatus(): ConnectionStatus;
  subscribe(listener: Listener): () => void;
};

export type Line = Socket<ServerEvents, ClientEvents>;
/** Makes a line that is not open yet and tells whatever it hears. */
export type LoadLine = (tell: (name: string, values: unknown[]) => void) => Promise<Line>;
/** Registered under its event's name only, by `on`, whose types tie the two together. */
type AnyListener = (...values: unknown[]) => void;

const ANSWER_MS = 8_000;
const LINGER_MS = 5_000;
const AWAY_MS = 1_500;

/** `load` opens the line; a test opens one to a server of its own. */
export function createRealtimeClient(load: LoadLine = loadLine): RealtimeClient {
  const told = new Map<string, Set<AnyListener>>();
  const onConnect = new Set<Listener>();
  const onStatus = new Set<Listener>();
  const shares = createShares();
  let line: Line | undefined;
  let opening = false;
  let holders = 0;
  let status: ConnectionStatus = "off";

  function setStatus(next: ConnectionStatus): void {
    if (next === status) return;
    status = next;
    onStatus.forEach((tell) => tell());
  }

  async function open(): Promise<void> {
    if (line || opening) return;
    opening = true;
    setStatus("connecting");
    line = await load((name, values) => told.get(name)?.forEach((tell) => tell(...values)));
    line.on("connect", () => {
      setStatus("on");
      onConnect.forEach((tell) => tell());
    });
    line.on("disconnect", (reason) => {
      setStatus(holders === 0 ? "off" : "connecting");
      // The server ended it: a session that still stands (another one was ended, a role changed) comes back.
      if (reason === "io server disconnect") setTimeout(() => line?.connect(), 500);
    });
    line.on("connect_error", (error) => {
      // Turned away by the server, the library asks no more. Whom it could not look up just now asks again.
      const comesBack = error.message === "unavailable";
      setStatus(line?.active || comesBack ? "connecting" : "ended");
      if (comesBack) setTimeout(() => (holders > 0 ? line?.connect() : undefined), AWAY_MS);
    });
    if (holders > 0) line.connect();
  }

  function hold(): Listener {
    holders += 1;
    if (line) line.connect();
    else open().catch(() => setStatus("ended"));
    return once(() => {
      holders -= 1;
      setTimeout(() => {
        if (holders > 0 || !line) return;
        line.disconnect();
        setStatus("off");
      }, LINGER_MS);
    });
  }

  return {
    hold,
    request: (name, payload) =>
      line?.connected ? ask(line, name, payload) : Promise.reject(new Error("not connected")),
    on(name, listener) {
      const listeners = told.get(name) ?? new Set();
      const untyped = listener as AnyListener;
      told.set(name, listeners.add(untyped));
      return () => void listeners.delete(untyped);
    },
    onConnect(listener) {
      onConnect.add(listener);
      if (line?.connected) listener();
      return () => void onConnect.delete(listener);
    },
    ...{ share: (room, leave) => shares.share(room, () => (line?.connected ? leave() : undefined)), isIn: shares.isIn },
    getStatus: () => status,
    subscribe(listener) {
      onStatus.add(listener);
      return () => void onStatus.delete(listener);
    },
  };
}

export const LINE_OPTIONS = {
  autoConnect: false,
  transports: ["websocket", "polling"],
  // Where WebSockets are blocked on the way, polling does the same.
  tryAllTransports: true,
  reconnectionDelay: 500,
  reconnectionDelayMax: 5_000,
  // An attempt on a dead network hangs for as long as it is given.
  timeout: 5_000,
};

/** The library arrives with the first holder, not with the page. */
async function loadLine(tell: (name: string, values: unknown[]) => void): Promise<Line> {
  const { io } = await import("socket.io-client");
  const line: Line = io(LINE_OPTIONS);
  // The network is back, or the page is looked at again: not at the next turn of the backoff, but now.
  const now = () => {
    if (line.connected || !line.active || document.visibilityState !== "visible") return;
    line.disconnect();
    line.connect();
  };
  addEventListener("online", now);
  document.addEventListener("visibilitychange", now);
  line.onAny((name: string, ...values: unknown[]) => tell(name, values));
  return line;
}

/** Counts holders by name: the last one out does what it was given. */
function createShares(): { share: (name: string, last: Listener) => Listener; isIn: (name: string) => boolean } {
  const counts = new Map<string, number>();
  const countOf = (name: string) => counts.get(name) ?? 0;
  return {
    share(name, last) {
      counts.set(name, countOf(name) + 1);
      return once(() => {
        counts.set(name, countOf(name) - 1);
        if (countOf(name) === 0) last();
      });
    },
    isIn: (name) => countOf(name) > 0,
  };
}

function once(work: Listener): Listener {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/** The library types an acknowledgement per literal event name; for a name in a variable the pair is vouched for here. */
function ask<N extends ClientEventName>(line: Line, name: N, payload: ClientPayload<N>): Promise<Ack<N>> {
  const emitter = line.timeout(ANSWER_MS) as unknown as {
    emitWithAck(name: string, payload: unknown): Promise<Ack<N>>;
  };
  return emitter.emitWithAck(name, payload);
}
