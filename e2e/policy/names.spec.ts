import { rmSync } from "node:fs";

import { type Page } from "@playwright/test";
import { sql } from "drizzle-orm";

import { accounts, business, contacts, conversations, disputes, logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { signIn } from "../live/people.ts";
import { makeDataDir, type ServerProcess, startServer } from "../start-server.ts";
import { expect, test } from "../test.ts";

import { fill, listAddresses, readIds } from "./addresses.ts";

const PASSWORD = "demo-remit-2026";
test.setTimeout(400_000);

let site: ServerProcess;
const dataDir = makeDataDir();
const shared = process.env["REMIT_E2E_DATA_DIR"];

/** A town whose people, accounts and biller are all called something in Hebrew, with a number behind. */
test.beforeAll(async () => {
  site = await startServer({ dataDir, settings: { REQUESTS_PER_MINUTE: "1000000" } });
  process.env["REMIT_E2E_DATA_DIR"] = process.env["DATA_DIR"] = dataDir;
  await withDatabase("e2e", async ({ db }) => {
    await db.update(business).set({ name: "מים 7", legalName: "חברת המים 7" });
    await db.update(accounts).set({ name: sql`'שרה כהן ' || right(number, 1)` });
    await db.update(logins).set({ name: "משה לוי 3" });
    await db.update(contacts).set({ name: "דוד 4", note: "בבוקר 5" });
    await db.update(conversations).set({ title: "חשבון 8" });
    await db.update(disputes).set({ description: "חויבתי 2" });
  });
});
test.afterAll(async () => {
  process.env["REMIT_E2E_DATA_DIR"] = process.env["DATA_DIR"] = shared ?? "";
  await site.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const AUDIENCES = [
  { who: null, of: /^routes\/(auth|pay)\// },
  { who: "customer@demo.test", of: /^routes\/portal\// },
  { who: "admin@demo.test", of: /^routes\/console\// },
];

for (const { who, of } of AUDIENCES)
  test(`no name that runs from right to left turns the words beside it on a page of ${who ?? "a visitor"}`, async ({
    browser,
  }) => {
    const options = { baseURL: site.url };
    const context = who ? (await signIn(browser, who, PASSWORD, options)).context : await browser.newContext(options);
    const page = await context.newPage();
    const ids = await readIds();
    const bare: string[] = [];
    let seen = 0;
    const isPage = ({ file, path }: { file: string; path: string }) =>
      of.test(file) && file.endsWith(".tsx") && !/sign-out|theme/.test(path);
    const paths = listAddresses()
      .filter(isPage)
      .map(({ path }) => fill(path, ids.own) ?? path);
    for (const path of [...paths, ...(who?.startsWith("admin") ? [`/console/c/${ids.own[":held"] ?? ""}`] : [])]) {
      await page.goto(path);
      const found = await hebrewOf(page);
      seen += found.isolated + found.bare.length;
      bare.push(...found.bare.map((words) => `${path}: ${words}`));
    }
    expect([...new Set(bare)]).toEqual([]);
    expect(seen).toBeGreaterThan(paths.length / 2);
    await context.close();
  });

/** Texts in Hebrew letters on a page: how many stand alone in their block or are isolated, and which do not. */
const hebrewOf = (page: Page) =>
  page.evaluate(() => {
    const hebrew = /[\u0590-\u05ff]/;
    const inline = (element: Element) => /^(inline|contents)$/.test(getComputedStyle(element).display);
    const bare: string[] = [];
    let isolated = 0;
    const judge = (text: string, alone: boolean) => {
      if (alone || !hebrew.test(text.replace(/\u2068[^\u2069]*\u2069/g, ""))) isolated += 1;
      else bare.push(text);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!hebrew.test(node.textContent ?? "") || node.parentElement?.closest("script, style, template")) continue;
      let block: Element | null = node.parentElement;
      while (block && inline(block) && !block.matches("bdi, [dir=auto]")) block = block.parentElement;
      const alone = block?.matches("bdi, [dir=auto]") || block?.textContent?.trim() === node.textContent?.trim();
      judge(alone ? "" : (block?.textContent ?? ""), alone ?? false);
    }
    for (const element of document.querySelectorAll("[aria-label], [title]"))
      for (const said of [element.getAttribute("aria-label"), element.getAttribute("title")])
        if (said && hebrew.test(said)) judge(said, /^[\u0590-\u05ff \d]*$/.test(said));
    if (hebrew.test(document.title)) judge(document.title, /^[\u0590-\u05ff \d]*$/.test(document.title));
    return { isolated, bare };
  });
