import { type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { type Express, type Router } from "express";

import { createApiApp } from "./api-app.ts";
import { createBrowserRouter } from "./browser/router.ts";
import { toSandbox, type SandboxOptions } from "./sandbox.ts";
import { ensureSchema } from "./store/schema.ts";
import { doDue } from "./time/do-due.ts";
import { drainDeliveries } from "./webhooks/deliver.ts";
import { startWorker, type Worker } from "./webhooks/worker.ts";

export { type SandboxLog, type SandboxOptions } from "./sandbox.ts";

export type StripeSandbox = {
  apiApp: Express;
  /** Mount under `publicPath`, before any logger or body reader. */
  browserRouter: Router;
  /** Where the API listens, once started: `new Stripe(key, apiBase)`. */
  readonly apiBase: { host: string; port: number; protocol: "http" };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Does everything that is due and delivers every webhook that waits. */
  drain(): Promise<void>;
};

/** A stand-in for Stripe: the real SDK is pointed at `apiBase`, the browser at `publicPath`. */
export function createStripeSandbox(options: SandboxOptions): StripeSandbox {
  const sandbox = toSandbox(options);
  const apiApp = createApiApp(sandbox);
  let server: Server | undefined;
  let worker: Worker | undefined;
  sandbox.onWork.wake = () => worker?.wake();
  options.clock.onAdvance(() => worker?.wake());
  return {
    apiApp,
    browserRouter: createBrowserRouter(sandbox),
    get apiBase() {
      const address = server?.address() as AddressInfo | null | undefined;
      if (!address) throw new Error("the Stripe stand-in has not been started");
      return { host: "127.0.0.1", port: address.port, protocol: "http" as const };
    },
    async start() {
      await ensureSchema(sandbox.sql);
      server = await new Promise<Server>((resolve, reject) => {
        const listening = apiApp.listen(options.port ?? 0, "127.0.0.1", () => resolve(listening));
        listening.once("error", reject);
      });
      if (options.background !== false) worker = startWorker(sandbox);
    },
    async stop() {
      await worker?.stop();
      worker = undefined;
      const closing = server;
      server = undefined;
      closing?.closeAllConnections();
      if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
    },
    async drain() {
      await doDue(sandbox);
      await drainDeliveries(sandbox);
    },
  };
}
