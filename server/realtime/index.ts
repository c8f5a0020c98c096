import { openGateway } from "./gateway.ts";
import { publishEvents } from "./publisher.ts";
import { type RealtimeParts } from "./sockets.ts";

export { isOurPage } from "./authenticate.ts";
export { connectRedis } from "./redis-adapter.ts";

/** Opens the sockets: in by session, out by the relay. */
export function startRealtime(parts: RealtimeParts): void {
  openGateway(parts);
  publishEvents(parts);
}
