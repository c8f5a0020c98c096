import { createServer, type RequestListener, type Server } from "node:http";

export type Door = {
  http: Server;
  port: number;
  /** Hands over to the application once there is one. */
  answerWith(listener: RequestListener): void;
  /** No new connections; resolves when the open requests are answered. */
  close(): Promise<void>;
};

/**
 * How long a connection that rests is kept: longer than proxies keep theirs (60 s is usual) and than Node's own 5 s. Who
 * ends it first must be whoever asks, or a question can be sent into a connection that is just being ended, and is lost.
 */
const RESTING_CONNECTION_MS = 75_000;

export type PortRefusal = { ok: false; reason: "taken" | "forbidden"; port: number };

/** Takes the port first, so that a taken one is known before any slow work; until then it answers "starting". */
export function openPort(port: number): Promise<{ ok: true; door: Door } | PortRefusal> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, {
      "Retry-After": "2",
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
    });
    response.end("Remit is starting. Try again in a few seconds.\n");
  };
  const http = createServer((request, response) => {
    listener(request, response);
  });
  http.keepAliveTimeout = RESTING_CONNECTION_MS;
  const door = (bound: number): Door => ({
    http,
    port: bound,
    answerWith: (next) => (listener = next),
    close: () =>
      new Promise((settle) => {
        // Socket.IO closes the server it is attached to; asked again, Node would never answer.
        if (!http.listening) settle();
        else
          http.close(() => {
            settle();
          });
      }),
  });
  return new Promise((settle, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") settle({ ok: false, reason: "taken", port });
      else if (error.code === "EACCES") settle({ ok: false, reason: "forbidden", port });
      else reject(error);
    });
    http.listen(port, () => {
      const address = http.address();
      settle({ ok: true, door: door(typeof address === "object" && address ? address.port : port) });
    });
  });
}
