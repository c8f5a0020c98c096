import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export type SlowLine = { port: number; setDelay(ms: number): void; close(): void };

/** A line to a TCP server that can be made slow: what is sent to the server waits for the delay, in order. */
export async function openSlowLine(host: string, port: number): Promise<SlowLine> {
  let delayMs = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (bytes) => {
      if (delayMs === 0) far.write(bytes);
      else setTimeout(() => far.write(bytes), delayMs);
    });
    far.pipe(near);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    setDelay: (ms) => void (delayMs = ms),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
