import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { outbox, processorEvents } from "#db/schema/index.ts";
import { reachStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { stripeWebhook, stripeWebhookPath } from "./stripe-webhook.ts";

const secret = "whsec_tests";
let t: TestDatabase;
let server: Server;
let number = 0;

beforeAll(async () => {
  t = await createTestDatabase();
  // Nobody is asked: the intake only verifies and stores.
  const processor = reachStandIn("http://127.0.0.1:9");
  const app = express().use(stripeWebhook(() => testCtx(t.db, { processor })));
  // What express says of a body it does not take, without its page.
  app.use((error: { status?: number }, _request: express.Request, response: express.Response, _next: unknown) => {
    response.status(error.status ?? 500).end();
  });
  server = createServer(app);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await t.drop();
});

const eventOf = (more: Record<string, unknown> = {}) => {
  number += 1;
  const object = { id: `pi_${String(number)}`, object: "payment_intent" };
  return {
    ...{ id: `evt_${String(number)}`, object: "event", type: "payment_intent.succeeded", api_version: null },
    ...{ created: 1_700_000_000, livemode: false, pending_webhooks: 1, request: null, data: { object }, ...more },
  };
};

type Signing = { secret?: string; timestamp?: number; scheme?: string };

/** Stripe's scheme, written from its description: HMAC-SHA256 over `timestamp.payload`. */
function signed(payload: string, { secret: key = secret, timestamp = seconds(), scheme = "v1" }: Signing = {}): string {
  const signature = createHmac("sha256", key)
    .update(`${String(timestamp)}.${payload}`)
    .digest("hex");
  return `t=${String(timestamp)},${scheme}=${signature}`;
}

async function send(body: string | Buffer, headers: Record<string, string>): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}${stripeWebhookPath}`;
  const answer = await fetch(url, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
  await answer.arrayBuffer();
  return answer.status;
}

const post = (payload: string, signature: string) => send(payload, { "stripe-signature": signature });
const stored = async () => (await t.db.select({ id: processorEvents.id }).from(processorEvents)).map(({ id }) => id);

const seconds = () => Math.floor(Date.now() / 1000);

describe("a webhook that the processor did not sign", () => {
  const payload = JSON.stringify(eventOf());
  it.each([
    ["without a signature (S43)", () => ""],
    ["with another secret (S43)", () => signed(payload, { secret: "whsec_other" })],
    ["with an empty secret (S43)", () => signed(payload, { secret: " " })],
    ["of another body (S43)", () => signed(`${payload} `)],
    ["of an older scheme alone (S43)", () => signed(payload, { scheme: "v0" })],
    ["with words for a time (S45)", () => signed(payload).replace(/t=\d+/, "t=now")],
    ["without its time (S45)", () => signed(payload).replace(/t=\d+,/, "")],
    ["with its time written twice (S45)", () => `t=${String(seconds())},${signed(payload, { timestamp: 1 })}`],
    ["older than five minutes (S44)", () => signed(payload, { timestamp: seconds() - 301 })],
  ])("%s is refused and leaves nothing", async (_, header) => {
    const before = await stored();
    expect(await post(payload, header())).toBe(400);
    expect(await stored()).toEqual(before);
  });
});

describe("a webhook that is signed", () => {
  it("is stored once and told once, sent again and again, also at the same moment (S44)", async () => {
    const event = eventOf();
    const payload = JSON.stringify(event);
    const before = (await t.db.select().from(outbox)).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(payload, signed(payload))));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect((await stored()).filter((id) => id === event.id)).toEqual([event.id]);
    expect(await t.db.select().from(outbox)).toHaveLength(before + 1);
  });

  it("keeps its first words when its id comes back with others (S45)", async () => {
    const event = eventOf();
    const [first, second] = [JSON.stringify(event), JSON.stringify({ ...event, type: "charge.dispute.created" })];
    expect(await post(first, signed(first))).toBe(200);
    expect(await post(second, signed(second))).toBe(200);
    const rows = await t.db.select().from(processorEvents);
    expect(rows.filter(({ id }) => id === event.id).map(({ type }) => type)).toEqual(["payment_intent.succeeded"]);
  });

  it.each([
    [
      "names that reach for a prototype",
      (text: string) => text.replace("{", '{"__proto__":{"type":"x"},"constructor":1,'),
    ],
    ["a name written twice", (text: string) => text.replace("{", '{"livemode":true,')],
    ["a letter that no column holds", (text: string) => text.replace('"request":null', '"request":"\\u0000"')],
    ["half a letter", (text: string) => text.replace('"request":null', '"request":"\\ud800"')],
  ])("with %s is taken or refused, never an error of ours (S45)", async (_, spoil) => {
    const payload = spoil(JSON.stringify(eventOf()));
    expect([200, 400]).toContain(await post(payload, signed(payload)));
    expect(Object.prototype).not.toHaveProperty("type");
  });

  it.each([
    ["is no JSON", "not json"],
    ["is a number", "1"],
    ["is nothing", ""],
    ["is an event without its object", JSON.stringify({ id: "evt_bare", object: "event", type: "x", created: 1 })],
  ])("but %s is refused (S45)", async (_, payload) => {
    expect(await post(payload, signed(payload))).toBe(400);
    expect(await stored()).not.toContain("evt_bare");
  });

  it("is not unpacked, and has an end (S46)", async () => {
    const payload = JSON.stringify(eventOf());
    const packed = gzipSync(payload);
    const headers = { "stripe-signature": signed(payload), "content-encoding": "gzip" };
    expect(await send(packed, headers)).toBe(415);
    const long = JSON.stringify(eventOf({ request: "x".repeat(2_000_000) }));
    expect(await post(long, signed(long))).toBe(413);
  });
});

describe("a webhook that cannot be stored now", () => {
  it("is answered with an error, so that it comes again, and the process lives on", async () => {
    const payload = JSON.stringify(eventOf());
    await t.adminSql`alter table processor_events rename to elsewhere`;
    expect(await post(payload, signed(payload))).toBe(500);
    await t.adminSql`alter table elsewhere rename to processor_events`;
    expect(await post(payload, signed(payload))).toBe(200);
  });
});

describe("a flood of forged webhooks (S46)", () => {
  it("is refused to the last without touching the database, and a true one among them is taken", async () => {
    const before = await stored();
    const { n: rows } = await written();
    const forged = Array.from({ length: 400 }, () => post(JSON.stringify(eventOf()), "t=1,v1=00"));
    const payload = JSON.stringify(eventOf());
    const [taken, ...answers] = await Promise.all([post(payload, signed(payload)), ...forged]);
    expect(taken).toBe(200);
    expect(new Set(answers)).toEqual(new Set([400]));
    expect(await stored()).toHaveLength(before.length + 1);
    expect((await written()).n - rows).toBe(1);
  });

  async function written(): Promise<{ n: number }> {
    return { n: (await t.db.select().from(processorEvents)).length };
  }
});
