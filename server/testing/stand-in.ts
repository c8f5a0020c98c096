import { createServer, type RequestListener } from "node:http";
import { type AddressInfo } from "node:net";

import express from "express";
import Stripe from "stripe";

import { type TestDatabase } from "#db/testing/test-server.ts";
import { createProcessor } from "#server/integrations/stripe/create-processor.ts";
import { type Processor } from "#server/platform/processor.ts";
import { createStripeSandbox, type SandboxOptions, type StripeSandbox } from "#server/stripe-sandbox/index.ts";

const secret = "whsec_tests";

export type Delivery = { type: string; raw: string; signature: string };

/** The stand-in for Stripe for a test: its clock stands still unless it is moved, its webhooks are kept, not handled. */
export type StandIn = {
  processor: Processor;
  stripe: Stripe;
  sandbox: StripeSandbox;
  /** Where it answers: also to another process, by `reachStandIn`. */
  apiBase: string;
  now(): Date;
  advance(ms: number): Promise<void>;
  /** A confirmation token, as the Payment Element would have made of a test card: `pm_card_visa`. */
  token(method: string): Promise<string>;
  /** What somebody does on the stand-in's own pages: `/intents/pi_…/authenticate`. */
  press(path: string): Promise<void>;
  /** One of those pages. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Does what is due and answers every webhook sent since the last call. */
  deliveries(): Promise<Delivery[]>;
  /** Those that were delivered by now and nobody has asked for. */
  delivered(): Delivery[];
  stop(): Promise<void>;
};

export async function startStandIn(
  t: TestDatabase,
  from: Date,
  around: Pick<SandboxOptions, "doDuties" | "workOff" | "zone"> = {},
): Promise<StandIn> {
  let nowMs = from.getTime();
  const listeners: (() => void)[] = [];
  const inbox: Delivery[] = [];
  const clock = {
    now: () => new Date(nowMs),
    advance: (ms: number) => {
      nowMs += ms;
      for (const listener of listeners) listener();
      return Promise.resolve();
    },
    onAdvance: (listener: () => void) => void listeners.push(listener),
  };
  const { url, close } = await listen(keepIn(inbox));
  const sandbox = createStripeSandbox({
    sql: t.adminSql,
    clock,
    log: { info: () => undefined, error: () => undefined },
    webhook: { url, secret },
    ...{ background: false, ...around },
  });
  await sandbox.start();
  const pages = await listen(express().use("/sandbox", sandbox.browserRouter));
  const { host, port } = sandbox.apiBase;
  const apiBase = `http://${host}:${String(port)}`;
  const processor = reachStandIn(apiBase);
  const stripe = new Stripe("sk_test_tests", { ...sandbox.apiBase, maxNetworkRetries: 0, telemetry: false });
  const ask = (path: string, init?: RequestInit) => fetch(new URL(`sandbox${path}`, pages.url), init);
  return {
    ...{ processor, stripe, sandbox, apiBase, now: clock.now, advance: clock.advance },
    token: async (method) => (await stripe.testHelpers.confirmationTokens.create({ payment_method: method })).id,
    ask,
    async press(path) {
      const answer = await ask(path, { method: "POST" });
      if (!answer.ok) throw new Error(`${path} answered ${String(answer.status)}`);
    },
    async deliveries() {
      await sandbox.drain();
      return inbox.splice(0);
    },
    delivered: () => inbox.splice(0),
    async stop() {
      await sandbox.stop();
      await Promise.all([close(), pages.close()]);
    },
  };
}

/** The processor over a stand-in that another process may have started. */
export const reachStandIn = (apiBase: string, { timeoutMs }: { timeoutMs?: number } = {}): Processor =>
  createProcessor({
    ...{ mode: "sandbox", apiBase, secretKey: "sk_test_tests", webhookSecret: secret },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });

const keepIn =
  (inbox: Delivery[]): RequestListener =>
  (request, response) => {
    let raw = "";
    request.on("data", (chunk: Buffer) => (raw += chunk.toString()));
    request.on("end", () => {
      const { type } = JSON.parse(raw) as { type: string };
      inbox.push({ type, raw, signature: String(request.headers["stripe-signature"]) });
      response.end("{}");
    });
  };

async function listen(answer: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
