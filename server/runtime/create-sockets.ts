import { Server as SocketServer } from "socket.io";

import { type Door } from "#server/http/open-port.ts";
import { isOurPage } from "#server/realtime/index.ts";

/** The one Socket.IO server, on the port that pages come from, for pages of ours only. */
export function createSockets({ http }: Door, publicUrl: string | undefined): SocketServer {
  return new SocketServer(http, {
    serveClient: false,
    // Vite's hot reload shares the port: leave its upgrades alone.
    destroyUpgrade: false,
    // Recovery skips the authentication middleware; readers catch up by sequence instead.
    maxHttpBufferSize: 100_000,
    allowRequest: (request, answer) => answer(null, isOurPage(request, publicUrl)),
  });
}
