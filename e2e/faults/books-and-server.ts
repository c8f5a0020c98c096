import { rmSync } from "node:fs";

import { makeDataDir, startServer } from "../start-server.ts";
import { openBooks } from "./open-books.ts";

/** A server without demo data on a folder of its own, and its books beside it. `close` leaves nothing of either. */
export async function openBooksAndServer(settings: Record<string, string> = {}) {
  const dataDir = makeDataDir();
  const books = await openBooks(dataDir);
  const server = await startServer({ dataDir, settings: { DEMO: "0", ...settings } });
  const close = async () => {
    await server.stop();
    await books.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataDir, books, server, close };
}

export type BooksAndServer = Awaited<ReturnType<typeof openBooksAndServer>>;
