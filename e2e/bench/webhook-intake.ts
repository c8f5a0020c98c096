import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import Stripe from "stripe";

import { type OpenDatabase } from "#db/open-database.ts";

import { startServer } from "../start-server.ts";
import { atMost, type Line, quantile } from "./measure.ts";

const PER_SECOND = 200;
const SECONDS = 10;
const APP_KEY = "bench".repeat(13);

/** P12: signed events at a fixed rate, whatever the answers take; each is measured from when it was meant to be sent. */
export async function benchWebhookIntake(
  database: OpenDatabase,
  { dataDir, say }: { dataDir: string; say: (what: string) => void },
): Promise<Line[]> {
  const settings = { DATABASE_URL: database.url, DATABASE_ADMIN_URL: database.adminUrl, DEMO: "0", APP_KEY };
  const server = await startServer({ dataDir, settings: { ...settings, ALLOW_SANDBOX: "1", ALLOW_DEV_MAIL: "1" } });
  const secret = `whsec_${createHmac("sha256", APP_KEY).update("stand-in webhooks").digest("hex")}`;
  try {
    say("events of the processor, warming up");
    await sendAtRate(server.url, { secret, count: PER_SECOND });
    say(`events of the processor, ${String(PER_SECOND)} a second`);
    const latencies = await sendAtRate(server.url, { secret, count: PER_SECOND * SECONDS });
    const what = `webhook verified, stored and answered at ${String(PER_SECOND)}/s, p99`;
    return [atMost("P12", what, quantile(latencies, 0.99), { bound: 50, unit: "ms" })];
  } finally {
    await server.stop();
  }
}

async function sendAtRate(url: string, { secret, count }: { secret: string; count: number }): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const begin = performance.now();
  const sent: Promise<number>[] = [];
  for (let at = 0; at < count; at += 1) {
    const meant = begin + (at * 1000) / PER_SECOND;
    const early = meant - performance.now();
    if (early > 0) await sleep(early);
    sent.push(sendEvent(url, { secret, agent }).then(() => performance.now() - meant));
  }
  const latencies = await Promise.all(sent);
  agent.destroy();
  return latencies;
}

/** An event that is stored and asks for no work: what is measured is the intake. */
function sendEvent(url: string, { secret, agent }: { secret: string; agent: Agent }): Promise<void> {
  const payload = JSON.stringify({
    ...{ id: `evt_${randomUUID().replaceAll("-", "")}`, object: "event", type: "customer.updated", livemode: false },
    ...{ api_version: null, created: Math.floor(Date.now() / 1000), pending_webhooks: 1, request: null },
    data: { object: { id: `cus_${randomUUID().slice(0, 8)}`, object: "customer", description: "x".repeat(600) } },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  return new Promise((settle, reject) => {
    const asked = request(`${url}/hooks/stripe`, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? settle() : reject(new Error(`an event was answered ${String(answer.statusCode)}`)),
      );
    });
    asked.on("error", reject);
    asked.end(payload);
  });
}
