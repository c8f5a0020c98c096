import { type Server } from "socket.io";

import { type Log } from "#server/platform/ctx.ts";

/**
 * Joins the sockets of several processes over Redis Streams. Loaded only where REDIS_URL is set. Correctness does not
 * depend on it: readers catch up by sequence. Throws when Redis cannot be reached at the start. Answers how to leave.
 */
export async function connectRedis({
  io,
  url,
  log,
}: {
  io: Server;
  url: string;
  log: Log;
}): Promise<() => Promise<void>> {
  const [{ createClient }, { createAdapter }] = await Promise.all([
    import("@redis/client"),
    import("@socket.io/redis-streams-adapter"),
  ]);
  const client = createClient({ url });
  client.on("error", (error: unknown) =>
    log.warn({ err: error }, "Redis is away; sockets of other processes are not told"),
  );
  await client.connect();
  io.adapter(createAdapter(client, { streamName: "remit:sockets", maxLen: 10_000 }));
  return async () => {
    await client.close();
  };
}
