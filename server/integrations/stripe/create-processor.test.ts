import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { type Processor } from "#server/platform/processor.ts";

import { createProcessor } from "./create-processor.ts";

/** Asked once and twice more: then somebody else's turn comes, and the sweep's later. */
const MOST_ASKED = 3;

type Asked = { path: string; key: string | undefined };

let away: Server;
let processor: Processor;
let asked: Asked[] = [];

/** How it is away is the beginning of the id that is asked about, or of the key that is sent. */
const MODES = { "429": 429, "503": 503, "500": 500, "409": 409 } as const;

beforeAll(async () => {
  away = createServer((request, response) => {
    const { path, key } = seen(request);
    asked.push({ path, key });
    const mode = Object.keys(MODES).find((name) => `${path} ${key ?? ""}`.includes(`m${name}`));
    if (mode === undefined) {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(MODES[mode as keyof typeof MODES], { "content-type": "application/json" });
    const type = mode === "409" || mode === "429" ? "invalid_request_error" : "api_error";
    response.end(JSON.stringify({ error: { type, code: mode === "409" ? "idempotency_key_in_use" : null } }));
  });
  await new Promise<void>((listening) => away.listen(0, "127.0.0.1", listening));
  const { port } = away.address() as AddressInfo;
  const keys = { secretKey: "sk_test_tests", webhookSecret: "whsec_tests" };
  processor = createProcessor({ mode: "test", apiBase: `http://127.0.0.1:${String(port)}`, ...keys });
});
afterAll(() => {
  away.closeAllConnections();
  return new Promise((closed) => away.close(closed));
});

const seen = (request: IncomingMessage): Asked => {
  const key = request.headers["idempotency-key"];
  return { path: request.url ?? "", key: typeof key === "string" ? key : undefined };
};

const amount = money(100_00n, currency("USD"));

/** What brings money or a method under way: its answer may be unknown, and then that is the answer. */
const started = {
  startIntent: (id: string) =>
    processor.startIntent({
      ...{ key: id, paymentId: id, accountId: id, customerId: id, amount, description: "Account 1" },
      means: { kind: "saved", methodId: id, offSession: false },
    }),
  startSetup: (id: string) => processor.startSetup({ key: id, setupId: id, customerId: id, confirmationToken: id }),
  startRefund: (id: string) => processor.startRefund({ key: id, refundId: id, chargeId: id, amount }),
};

/** What cannot say "unknown": whoever asks is told that nobody answers, and may come back. */
const told = {
  createCustomer: (id: string) => processor.createCustomer({ key: id, accountId: id, name: "Ada", email: null }),
  getIntent: (id: string) => processor.getIntent(id),
  findIntent: (id: string) => processor.findIntent({ customerId: id, paymentId: id }),
  cancelIntent: (id: string) => processor.cancelIntent(id),
  readToken: (id: string) => processor.readToken(id),
  getSetup: (id: string) => processor.getSetup(id),
  cancelSetup: (id: string) => processor.cancelSetup(id),
  detachMethod: (id: string) => processor.detachMethod(id),
  getDispute: (id: string) => processor.getDispute(id),
  getRefund: (id: string) => processor.getRefund(id),
  findRefund: (id: string) => processor.findRefund({ chargeId: id, refundId: id }),
  getPayout: (id: string) => processor.getPayout(id),
};

describe.each(["429", "503", "500", "409", "cut"])("a processor that is away (%s)", (mode) => {
  const idOf = (call: string) => `${call}_m${mode}_`;

  it("has refused nothing: what was asked for stays unknown, and is asked again with the same key", async () => {
    asked = [];
    const answers = Object.entries(started).map(([call, ask]) => ask(idOf(call)));
    expect(await Promise.all(answers)).toEqual(answers.map(() => ({ known: false })));
    for (const call of Object.keys(started)) {
      const keys = asked.filter(({ key }) => key?.startsWith(`${call}_`)).map(({ key }) => key);
      expect(new Set(keys)).toEqual(new Set([idOf(call)]));
      expect(keys.length).toBeLessThanOrEqual(MOST_ASKED);
    }
  });

  it("is told as unavailable, after a few questions", async () => {
    asked = [];
    const calls = Object.entries(told);
    const answers = await Promise.allSettled(calls.map(([call, ask]) => ask(idOf(call))));
    const codes = answers.map((answer, at) => [
      calls[at]?.[0],
      answer.status === "rejected" ? (answer.reason as { code?: unknown }).code : "answered",
    ]);
    expect(codes).toEqual(calls.map(([call]) => [call, "unavailable"]));
    expect(asked.length).toBeLessThanOrEqual(calls.length * MOST_ASKED);
  });
});
