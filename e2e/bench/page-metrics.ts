import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { type BrowserContext, chromium, devices, type Locator, type Page } from "@playwright/test";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDateOf } from "#app/contracts/local-date.ts";
import { type OpenDatabase } from "#db/open-database.ts";
import { accountPeople, accounts, logins } from "#db/schema/index.ts";
import { hashPassword } from "#server/domains/auth/index.ts";
import { openConversation, postMessage } from "#server/domains/conversations/index.ts";
import { issueInvoices } from "#server/domains/invoices/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { findBrowser } from "../find-browser.ts";
import { startServer } from "../start-server.ts";
import { atMost, type Line, median } from "./measure.ts";
import { type Loaded, readInteractions, readLoad, untilQuiet, watchPage } from "./page-observers.ts";

const [EMAIL, PASSWORD] = ["phone@bench.test", "a page on a slow phone"];
const MONTHS = 24;
const LOADS = 6;
const CPU_SLOWER = 4;
/** A phone's line on an ordinary day: Chrome's own "Fast 4G". */
const LINE = { latency: 60, downloadThroughput: 9_000_000 / 8, uploadThroughput: 1_500_000 / 8, offline: false };
const PER_SECOND = 20;
/** A machine that does other things too is slow, not wrong: the values tell. */
const PATIENCE_MS = 120_000;

type Parts = { dataDir: string; say: (what: string) => void };

/**
 * P16: landing, bill and pay page on a phone whose processor is four times slower. Each is loaded with an empty cache, and
 * then used (thread opened, written in, closed) while messages stream in. Beside them, as a measure of the machine, a
 * bare page of text.
 */
export async function benchPageMetrics(database: OpenDatabase, { dataDir, say }: Parts): Promise<Line[]> {
  const reader = await makeReader(database);
  const settings = {
    DATABASE_URL: database.url,
    DATABASE_ADMIN_URL: database.adminUrl,
    DEMO: "0",
    APP_KEY: "b".repeat(64),
  };
  const server = await startServer({ dataDir, settings: { ...settings, ALLOW_SANDBOX: "1", ALLOW_DEV_MAIL: "1" } });
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({
    ...{ executablePath, chromiumSandbox: false },
    ...(env ? { env: { ...(process.env as Record<string, string>), ...env } } : {}),
  });
  try {
    const phone = { ...devices["Pixel 7"], baseURL: server.url };
    const signedIn = await browser.newContext(phone);
    await signIn(signedIn);
    const storageState = await signedIn.storageState();
    const lines: Line[] = [];
    const pages = [
      { what: "landing", path: "/account" },
      { what: "bill", path: `/bills/${reader.billNumber}` },
      { what: "pay", path: "/pay" },
    ];
    const bare = await loads(async () => withBarePage(await browser.newContext(phone)), BARE);
    say(`a bare page paints after ${String(Math.round(median(bare.map(({ lcpMs }) => lcpMs))))} ms`);
    for (const { what, path } of pages) {
      say(`${what}, loaded on a phone`);
      const seen = await loads(() => browser.newContext({ ...phone, storageState }), path);
      say(`${what}, used while messages stream in`);
      const context = await browser.newContext({ ...phone, storageState });
      const inpMs = await use(context, path, () => streamMessages(database, reader));
      lines.push(...linesOf(what, seen, inpMs));
    }
    return lines;
  } finally {
    await browser.close();
    await server.stop();
  }
}

function linesOf(what: string, seen: readonly Loaded[], inpMs: number): Line[] {
  const of = (pick: (one: Loaded) => number) => median(seen.map(pick));
  return [
    atMost(
      "P16",
      `${what}: largest paint`,
      of((one) => one.lcpMs),
      { bound: 1800, unit: "ms" },
    ),
    {
      ...atMost(
        "P16",
        `${what}: layout shift`,
        of((one) => one.cls),
        { bound: 0.02, unit: "" },
      ),
    },
    atMost(
      "P16",
      `${what}: blocking time`,
      of((one) => one.tbtMs),
      { bound: 150, unit: "ms" },
    ),
    atMost("P16", `${what}: slowest of what was pressed, messages streaming`, inpMs, { bound: 100, unit: "ms" }),
  ];
}

const BARE = "/bare";

/** A page of text alone, answered without a server: what the machine itself takes to paint. */
async function withBarePage(context: BrowserContext): Promise<BrowserContext> {
  const body = `<!doctype html><title>Bare</title>${"<p>A line of text, and another.</p>".repeat(50)}`;
  await context.route(`**${BARE}`, (route) => route.fulfill({ contentType: "text/html", body }));
  return context;
}

/** A tab of a slow phone. */
async function slowPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await watchPage(page);
  const chrome = await context.newCDPSession(page);
  await chrome.send("Network.enable");
  await chrome.send("Network.emulateNetworkConditions", LINE);
  await chrome.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
  return page;
}

/** Each load in a browser of its own, so that nothing is cached. */
async function loads(open: () => Promise<BrowserContext>, path: string): Promise<Loaded[]> {
  const seen: Loaded[] = [];
  for (let at = 0; at < LOADS; at += 1) {
    const context = await open();
    const page = await slowPage(context);
    await page.goto(path, { timeout: PATIENCE_MS });
    await untilQuiet(page);
    seen.push(await readLoad(page));
    await context.close();
  }
  return seen;
}

/** What a person does: opens the thread, writes in it, closes it, opens the menu. Answers the slowest of it. */
async function use(context: BrowserContext, path: string, stream: () => { stop(): Promise<void> }): Promise<number> {
  const page = await slowPage(context);
  await page.goto(path, { timeout: PATIENCE_MS });
  await untilQuiet(page);
  const streaming = stream();
  try {
    for (let round = 0; round < 3; round += 1) await askOnce(page);
  } finally {
    await streaming.stop();
  }
  const inpMs = await readInteractions(page);
  await context.close();
  return inpMs;
}

async function askOnce(page: Page): Promise<void> {
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await tap(page.locator("#dock-button"));
  await tap(box);
  await box.pressSequentially("Is that all of it?", { delay: 60 });
  await box.press("Enter");
  await tap(page.getByRole("button", { name: "Close messages" }));
  await tap(page.getByRole("button", { name: "Menu" }));
  await page.keyboard.press("Escape");
}

/** A finger on it, and nothing else: Playwright's own tap has listeners in the page that ask what was hit, and take time. */
async function tap(target: Locator): Promise<void> {
  await target.tap({ trial: true });
  const place = await target.boundingBox();
  if (!place) throw new Error("there is nothing to tap");
  await target.page().touchscreen.tap(place.x + place.width / 2, place.y + place.height / 2);
}

type Reader = { conversationId: string; billNumber: string };

/** A rep who writes much too fast. */
function streamMessages({ db }: OpenDatabase, { conversationId }: Reader): { stop(): Promise<void> } {
  const ctx = testCtx(db, { actor: { kind: "system", name: "bench" } });
  const going = { on: true };
  const run = async () => {
    const begin = performance.now();
    for (let at = 0; going.on; at += 1) {
      const early = begin + (at * 1000) / PER_SECOND - performance.now();
      if (early > 0) await sleep(early);
      const body = `Line ${String(at)} of the answer, long enough to be read as a sentence.`;
      const posted = await postMessage({ ctx, input: { conversationId, clientId: randomUUID(), body } });
      if (!posted.ok) throw new Error(posted.reason);
    }
  };
  const running = run();
  return {
    stop: () => {
      going.on = false;
      return running;
    },
  };
}

async function makeReader({ db }: OpenDatabase): Promise<Reader> {
  const ctx = testCtx(db, { now: new Date() });
  const [login] = await db
    .insert(logins)
    .values({ email: EMAIL, name: "Phone", role: "customer", passwordHash: await hashPassword(PASSWORD) })
    .returning();
  const [account] = await db
    .insert(accounts)
    .values({ number: "PHONE", name: "Phone", currency: currency("USD"), zone: "UTC" })
    .returning();
  if (!login || !account) throw new Error("the reader was not made");
  await db.insert(accountPeople).values({ accountId: account.id, loginId: login.id, right: "manage" });
  const today = localDateOf(ctx.now, "UTC");
  const lines = ["Water", "Sewer", "Service charge", "Recycling"].map((description) => ({
    ...{ description, quantity: "7.3", unit: "units", unitPrice: "3.85" },
    explanation: "What ran through your meter since the last bill, at this year's price.",
  }));
  const bills = Array.from({ length: MONTHS }, (_, at) => ({
    ...{ accountId: account.id, issuedOn: addDays(today, -at * 30), dueOn: addDays(today, 20 - at * 30), lines },
    idempotencyKey: `phone-${String(at)}`,
  }));
  const issued = await issueInvoices({ ctx, input: bills });
  if (!issued.ok) throw new Error(issued.reason);
  const opened = await openConversation({
    ctx,
    input: { accountId: account.id, personLoginId: login.id, subject: "general", title: "A question" },
  });
  if (!opened.ok) throw new Error(opened.reason);
  return { conversationId: opened.value.conversation.id, billNumber: issued.value[0]?.number ?? "" };
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/account/);
}
