import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { type ChatWriter, openChat } from "./chat-writer.ts";
import { type Payer } from "./open-books.ts";
import { type BooksAndServer, openBooksAndServer } from "./books-and-server.ts";
import { makeToken, signIn } from "./payer-browser.ts";
import { expect, test } from "../test.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

const WRITERS = 8;
const PAYMENTS_EACH = 6;
const MESSAGES_EACH = 30;
const BACK_WITHIN_MS = 10_000;

let site: BooksAndServer;

test.beforeAll(async () => {
  site = await openBooksAndServer({ REQUESTS_PER_MINUTE: "100000" });
});
test.afterAll(() => site.close());

const inCluster = (name: string) => join(site.dataDir, "postgresql", name);
/** Zero while there is none. */
function databasePid(): number {
  const file = inCluster("postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
}

const killDatabase = () => process.kill(databasePid(), "SIGKILL");

/** Without this file the server cannot be started: it stays away until the answer is called. */
function holdDown(): () => void {
  renameSync(inCluster("PG_VERSION"), inCluster("version"));
  return () => renameSync(inCluster("version"), inCluster("PG_VERSION"));
}

const get = (path: string) => fetch(new URL(path, site.server.url)).then((answer) => answer.status);

/** Does something again until it is done: what a person does who is told to try again in a few seconds. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + 60_000; ;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(100);
    }
  }
}

test("while the database is away every page says so and when to come back; then everything goes on by itself", async ({
  browser,
}) => {
  await site.books.nameBiller({ name: "Harbor Water", phone: "+1 207 555 0100", supportEmail: "help@harbor.example" });
  const payer = await site.books.addPayer("reader");
  const { read, cookie } = await signIn(site.server.url, payer);
  const context = await browser.newContext();
  const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
  await context.addCookies([{ name, value, url: site.server.url }]);
  const page = await context.newPage();
  await page.goto(`${site.server.url}/account`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const letUp = holdDown();
  killDatabase();
  await expect.poll(() => get("/readyz")).toBe(503);
  for (const path of ["/account", "/bills", "/account.data", "/sign-in"]) {
    const answer = await read(path);
    const told = await answer.text();
    if (path === "/sign-in" && answer.status === 200) continue;
    expect([path, answer.status, answer.headers.get("retry-after")]).toEqual([path, 503, "5"]);
    if (!path.endsWith(".data")) expect(told).toContain("Try again in a few seconds");
    // Whom to ask is known from before.
    if (!path.endsWith(".data"))
      expect(told).toMatch(/Harbor Water[^]*tel:\+12075550100[^]*mailto:help@harbor\.example/);
    // The way on is the same page, not the start page.
    if (path === "/bills") expect(told).toMatch(/<a[^>]*href="\/bills"[^>]*><span[^>]*>Try again/);
    expect(told).not.toMatch(/ECONNREFUSED|CONNECTION|postgres|\.ts:/);
  }
  await page.getByRole("link", { name: "Bills", exact: true }).first().click();

  letUp();
  const since = performance.now();
  await expect.poll(() => get("/readyz"), { timeout: BACK_WITHIN_MS }).toBe(200);
  await expect(page).toHaveURL(/\/bills$/, { timeout: BACK_WITHIN_MS });
  await expect(page.getByRole("heading", { name: "Bills", level: 1 })).toBeVisible();
  await expect.poll(async () => (await read("/account")).status, { timeout: BACK_WITHIN_MS }).toBe(200);
  expect(performance.now() - since).toBeLessThan(BACK_WITHIN_MS);
  await context.close();
});

test("killed three times under eight payers and eight who chat: what was acknowledged is there, once (R17)", async () => {
  const payers = await Promise.all(
    Array.from({ length: WRITERS }, (_, at) => site.books.addPayer(`writer-${String(at)}`)),
  );
  let acknowledged = 0;
  const healedAfter: number[] = [];

  const pay = async (payer: Payer) => {
    const { pay: send } = await patiently(() => signIn(site.server.url, payer));
    for (let round = 0; round < PAYMENTS_EACH; round += 1) {
      await patiently(async () => {
        const token = await makeToken(site.server.url, "pm_card_visa");
        const version = String(await site.books.versionOf(payer.accountId));
        const form = {
          key: randomUUID(),
          version,
          mode: "amount",
          amount: "1.00",
          method: "new",
          reason: "later",
          token,
        };
        // The same form again, until it is answered: it must never pay twice.
        const answer = await patiently(async () => {
          const answered = await send(form);
          if (answered.status === 503) throw new Error("busy");
          return answered;
        });
        if (answer.status !== 303) throw new Error(`answered ${String(answer.status)}: ${await answer.text()}`);
      });
      acknowledged += 1;
    }
  };

  const chats: ChatWriter[] = [];
  for (const payer of payers) {
    const conversation = await site.books.openThread(payer);
    const { cookie } = await signIn(site.server.url, payer);
    chats.push(openChat(site.server.url, { conversation, payer, cookie }));
  }
  const chat = async (writer: ChatWriter) => {
    for (let round = 0; round < MESSAGES_EACH; round += 1) {
      writer.send(`words ${String(round)}`);
      await expect.poll(() => writer.waiting(), { timeout: 60_000, intervals: [20, 50, 100, 250] }).toBe(0);
    }
  };
  const { read } = await signIn(site.server.url, await site.books.addPayer("page-reader"));
  const killAt = async (count: number) => {
    await expect.poll(() => acknowledged, { timeout: 120_000, intervals: [20] }).toBeGreaterThanOrEqual(count);
    const killed = databasePid();
    killDatabase();
    const since = performance.now();
    const isBack = async () => databasePid() !== killed && (await read("/account")).status === 200;
    await expect.poll(isBack, { timeout: 30_000, intervals: [100] }).toBe(true);
    healedAfter.push(Math.round(performance.now() - since));
    // The next one is killed in the middle of work, not of waking up.
    const before = acknowledged;
    await expect.poll(() => acknowledged, { timeout: 30_000, intervals: [20] }).toBeGreaterThan(before);
  };
  const killThrice = async () => {
    for (const count of [4, 16, 30]) await killAt(count);
  };
  await Promise.all([...payers.map(pay), ...chats.map(chat), killThrice()]);

  // What was answered "processing" while nobody could be asked is found by the sweep.
  const unsettled = async () => {
    const attempts = await Promise.all(payers.map(({ accountId }) => site.books.attemptsOf(accountId)));
    return attempts.flat().flatMap(({ state, failureCode }) => (state === "settled" ? [] : [{ state, failureCode }]));
  };
  // The test's own lines to the database may hear of the kill only when they are used.
  await expect.poll(() => patiently(unsettled), { timeout: 90_000 }).toEqual([]);
  for (const payer of payers) {
    const attempts = await site.books.attemptsOf(payer.accountId);
    const charges = await Promise.all(attempts.map(({ id }) => site.books.chargesOf(id)));
    expect(attempts).toHaveLength(PAYMENTS_EACH);
    expect(charges.flat()).toHaveLength(PAYMENTS_EACH);
  }
  for (const writer of chats) {
    const stored = await site.books.messagesOf(writer.conversationId);
    expect(stored).toEqual(
      Array.from({ length: MESSAGES_EACH }, (_, at) => ({ seq: at + 1, body: `words ${String(at)}` })),
    );
    expect(writer.connection()).toBe("on");
    writer.close();
  }
  await expect.poll(() => site.books.waitingEvents(), { timeout: 60_000 }).toEqual([]);
  await expect
    .poll(
      async () => Promise.all(payers.map(async ({ invoiceId }) => (await site.books.billOf(invoiceId))?.openMinor)),
      {
        timeout: 60_000,
      },
    )
    .toEqual(payers.map(() => BigInt(10_000 - PAYMENTS_EACH * 100)));
  expect(await site.books.brokenChecks()).toEqual([]);
  expect(healedAfter.filter((ms) => ms > BACK_WITHIN_MS)).toEqual([]);
});
