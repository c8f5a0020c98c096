import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { resolve } from "node:path";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDateOf } from "#app/contracts/local-date.ts";
import { type OpenDatabase } from "#db/open-database.ts";
import { accountPeople, accounts, logins } from "#db/schema/index.ts";
import { hashPassword } from "#server/domains/auth/index.ts";
import { saveBusiness } from "#server/domains/business/index.ts";
import { issueInvoices } from "#server/domains/invoices/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type ServerProcess, startServer } from "../start-server.ts";
import { atLeast, atMost, compare, type Line, median } from "./measure.ts";
import { openSlowLine } from "./slow-line.ts";

const [EMAIL, PASSWORD] = ["reader@bench.test", "a page of fifty bills"];
const BILLS = 50;
const DELAY_MS = 40;
/** A server that has been up for a while: what is asked for a thousand times is compiled by then. */
const WARM_MS = 20_000;

/** P10: the account page of a signed-in customer with fifty bills, against a bare route as large; and how often it waits for SQL. */
export async function benchAccountPage(
  database: OpenDatabase,
  { dataDir, say }: { dataDir: string; say: (what: string) => void },
): Promise<Line[]> {
  say("a customer with fifty bills");
  await makeReader(database);
  const start = (url: string) =>
    startServer({ dataDir, settings: { ...SETTINGS, DATABASE_URL: url, DATABASE_ADMIN_URL: database.adminUrl } });
  return [
    atLeast(
      "P10",
      "account page against a bare route of its size",
      await ratiosOf(await start(database.url), say),
      0.75,
    ),
    atMost("P10", "times it waits for SQL", await countWaits(start, database.url), { bound: 3, unit: "waits" }),
  ];
}

const SETTINGS = {
  ...{ DEMO: "0", APP_KEY: "bench".repeat(13), ALLOW_SANDBOX: "1", ALLOW_DEV_MAIL: "1" },
  // One address asks for more than a person's pages here.
  REQUESTS_PER_MINUTE: "1000000",
};

async function ratiosOf(server: ServerProcess, say: (what: string) => void): Promise<number[]> {
  const page = await signedInPage(server);
  const text = await (await fetch(page.url, { headers: page.headers })).text();
  const size = { BARE_BYTES: String(Buffer.byteLength(text)), BARE_ELEMENTS: String(text.match(/<[a-z]/g)?.length) };
  const bare = spawn(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "bare-route.tsx")], {
    env: { ...process.env, NODE_ENV: "production", ...size },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(bare.stdout, "data")) as [Buffer];
    const bareUrl = `http://127.0.0.1:${port.toString().trim()}/`;
    const bareBytes = await get(bareUrl, {});
    say(
      `a page of ${size.BARE_BYTES} bytes and ${size.BARE_ELEMENTS} elements, the bare one has ${String(bareBytes)} bytes`,
    );
    const both = { ours: () => get(page.url, page.headers), reference: () => get(bareUrl, {}) };
    return (await compare(both, { workers: 4, slices: 12, warmMs: WARM_MS })).ratios;
  } finally {
    bare.kill();
    await server.stop();
  }
}

/** On a slow line a page takes its own time and one delay for each round trip it waits for. */
async function countWaits(start: (url: string) => Promise<ServerProcess>, databaseUrl: string): Promise<number> {
  const far = new URL(databaseUrl);
  const line = await openSlowLine(far.hostname, Number(far.port));
  far.hostname = "127.0.0.1";
  far.port = String(line.port);
  const server = await start(far.href);
  try {
    const page = await signedInPage(server);
    const timed = async () => {
      const times: number[] = [];
      for (let at = 0; at < 9; at += 1) {
        const begin = performance.now();
        await get(page.url, page.headers);
        times.push(performance.now() - begin);
      }
      return median(times);
    };
    // Until each connection has met each statement once, a page waits for that too.
    for (let at = 0; at < 100; at += 1) await get(page.url, page.headers);
    const quick = await timed();
    line.setDelay(DELAY_MS);
    const slow = await timed();
    line.setDelay(0);
    return Math.round((slow - quick) / DELAY_MS);
  } finally {
    await server.stop();
    line.close();
  }
}

const BILLER = {
  ...{ name: "Bench Water", legalName: null, address: null, phone: null, supportEmail: "bills@bench.test" },
  ...{ zone: "UTC", currency: currency("USD"), locale: "en-US", senderName: null, senderEmail: null, terms: null },
  paymentTermDays: 30,
};

async function makeReader({ db }: OpenDatabase): Promise<void> {
  const ctx = testCtx(db);
  await saveBusiness({ ctx, input: { draft: BILLER, expectedVersion: 0 } });
  const [login] = await db
    .insert(logins)
    .values({ email: EMAIL, name: "Reader", role: "customer", passwordHash: await hashPassword(PASSWORD) })
    .returning();
  const [account] = await db
    .insert(accounts)
    // On paper: mails about fifty bills would be written while pages are measured.
    .values({ number: "READER", name: "Reader", currency: currency("USD"), zone: "UTC", delivery: "paper" })
    .returning();
  if (!login || !account) throw new Error("the reader was not made");
  await db.insert(accountPeople).values({ accountId: account.id, loginId: login.id, right: "manage" });
  const today = localDateOf(ctx.now, "UTC");
  const bills = Array.from({ length: BILLS }, (_, at) => ({
    ...{ accountId: account.id, issuedOn: addDays(today, -at * 14), dueOn: addDays(today, 30 - at * 14) },
    ...{ idempotencyKey: `reader-${String(at)}`, lines: [{ description: "Water", unitPrice: "61.66" }] },
  }));
  await issueInvoices({ ctx, input: bills });
}

type Page = { url: string; headers: Record<string, string> };

/** The page of the bills, as somebody asks for it who has signed in. */
async function signedInPage({ url }: ServerProcess): Promise<Page> {
  const form = new URLSearchParams({ email: EMAIL, password: PASSWORD, intent: "password" });
  const headers = { origin: url };
  const answer = await fetch(`${url}/sign-in`, { method: "POST", body: form, redirect: "manual", headers });
  const cookie = answer.headers.getSetCookie().map((text) => text.split(";")[0]);
  if (![302, 303].includes(answer.status)) throw new Error(`sign-in answered ${String(answer.status)}`);
  return { url: `${url}/bills`, headers: { cookie: cookie.join("; "), accept: "text/html" } };
}

const agent = new Agent({ keepAlive: true });

/** The size of a page, read whole. */
function get(url: string, headers: Page["headers"]): Promise<number> {
  return new Promise((settle, reject) => {
    const asked = request(url, { agent, headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => (bytes += part.length));
      answer.on("end", () =>
        answer.statusCode === 200 ? settle(bytes) : reject(new Error(`${url} answered ${String(answer.statusCode)}`)),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}
