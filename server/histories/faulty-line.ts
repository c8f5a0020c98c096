import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { type AddressInfo } from "node:net";

/** What stands between a browser and the server, and fails as networks do. */
export type FaultyLine = {
  url: string;
  /** Ends each standing connection with this chance, without a goodbye. Answers how many. */
  cut(chance: number): number;
  /** Standing connections go silent, towards the browser or both ways, and nobody is told. */
  hush(which: "answers" | "everything"): void;
  /** From now on no WebSocket is let through. */
  blockWebSockets(blocked: boolean): void;
  close(): Promise<void>;
};

type Pair = { down: Socket; up: Socket; mute: "nothing" | "answers" | "everything" };

export async function openFaultyLine(port: number, random: () => number): Promise<FaultyLine> {
  const pairs = new Set<Pair>();
  let blocked = false;
  const server: Server = createServer((down) => {
    const up = connect(port, "127.0.0.1");
    const pair: Pair = { down, up, mute: "nothing" };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      down.destroy();
      up.destroy();
    };
    down.on("data", (bytes) => {
      if (blocked && /^upgrade: websocket/im.test(bytes.toString("latin1"))) end();
      else if (pair.mute !== "everything") up.write(bytes);
    });
    up.on("data", (bytes) => {
      if (pair.mute === "nothing") down.write(bytes);
    });
    for (const side of [down, up]) side.on("close", end).on("error", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const destroy = (pair: Pair) => pair.down.destroy();
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    cut(chance) {
      const unlucky = [...pairs].filter(() => random() < chance);
      unlucky.forEach(destroy);
      return unlucky.length;
    },
    hush: (which) => pairs.forEach((pair) => (pair.mute = which)),
    blockWebSockets: (next) => (blocked = next),
    async close() {
      pairs.forEach(destroy);
      server.close();
      await once(server, "close");
    },
  };
}
