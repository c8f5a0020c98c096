import { type TestProject } from "vitest/node";

import { startTestServer, type TestServerAddress } from "./test-server.ts";

declare module "vitest" {
  // Interface merging is how vitest types what a set-up hands to its workers.
  interface ProvidedContext {
    testServer: TestServerAddress;
  }
}

/** One server per run, whatever else runs on the machine. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, port, credentials } = await startTestServer();
  project.provide("testServer", { port, credentials });
  return stop;
}
