import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { openBooks } from "./faults/open-books.ts";
import { VIOLATION } from "../server/http/csp-report.ts";
import { ON_PURPOSE } from "./on-purpose.ts";
import { makeDataDir, startServer } from "./start-server.ts";

/** The real built server with demo data of its own, on a port of its own; its address is in REMIT_E2E_URL. At the end its books must hold. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = makeDataDir();
  const server = await startServer({ dataDir, settings: { LOG_LEVEL: "info", REQUESTS_PER_MINUTE: "1000000" } });
  process.env["REMIT_E2E_URL"] = server.url;
  process.env["REMIT_E2E_DATA_DIR"] = dataDir;
  return async () => {
    const books = await openBooks(dataDir);
    const broken = await books.brokenChecks().finally(() => books.close());
    await server.stop();
    const violations = readFileSync(join(dataDir, "server.log"), "utf8")
      .split("\n")
      .filter((line) => line.includes(VIOLATION) && !line.includes(ON_PURPOSE));
    rmSync(dataDir, { recursive: true, force: true });
    if (broken.length > 0) throw new Error(`After the whole run the books do not hold:\n${JSON.stringify(broken)}`);
    // Every page that any test opened has told the server what its policy stopped (S59).
    if (violations.length > 0) throw new Error(`${VIOLATION}:\n${violations.slice(0, 5).join("\n")}`);
  };
}
