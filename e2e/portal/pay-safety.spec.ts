import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { type Page } from "@playwright/test";
import postgres from "postgres";

import { openDatabase } from "../../db/open-database.ts";
import { type Cast, makeCast } from "../live/people.ts";
import { ON_PURPOSE } from "../on-purpose.ts";
import { cardForm, issueTwoBills, openPay, payButton, typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

type AllowList = { built: string; others: string[]; directive: string[] };

const root = resolve(import.meta.dirname, "../..");
const allowed = JSON.parse(readFileSync(join(root, "e2e/policy/pay-scripts.json"), "utf8")) as AllowList;
const NUMBER = "4242424242424242";
let cast: Cast;

test.beforeEach(async () => {
  cast = await makeCast();
  await issueTwoBills(cast);
});

/** Every script that reaches the page itself, with what it said. */
function watchScripts(page: Page): Map<string, Promise<string>> {
  const scripts = new Map<string, Promise<string>>();
  page.on("response", (response) => {
    const request = response.request();
    if (request.resourceType() !== "script" || request.frame() !== page.mainFrame()) return;
    scripts.set(
      new URL(response.url()).pathname,
      response.text().catch(() => ""),
    );
  });
  return scripts;
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

test("the pay page runs what the repository lists and nothing else", async ({ browser }) => {
  const page = await openPay(browser, cast);
  const scripts = watchScripts(page);
  const answered = await page.reload();
  await expect(cardForm(page).getByLabel("Card number")).toBeVisible();
  const built = [...scripts.keys()].filter((path) => path.startsWith(allowed.built));
  const others = [...scripts.keys()].filter((path) => !path.startsWith(allowed.built));
  expect(others.sort()).toEqual(allowed.others);
  expect(built.length).toBeGreaterThan(0);
  for (const path of built) {
    // What came over the wire is what was built from this repository, byte for byte.
    expect(hashOf((await scripts.get(path)) ?? ""), path).toBe(
      hashOf(readFileSync(join(root, "build/client", path), "utf8")),
    );
  }
  const policy = answered?.headers()["content-security-policy"] ?? "";
  const directive = /script-src ([^;]*)/.exec(policy)?.[1]?.split(" ") ?? [];
  const origin = new URL(page.url()).origin;
  const bare = directive.map((source) => source.replace(origin, "").replace(/nonce-[^']+/, "nonce-"));
  expect(bare).toEqual(allowed.directive);
  const nonces = await page.evaluate(() =>
    [...document.scripts].filter((script) => script.src === "").map((script) => script.nonce !== ""),
  );
  expect(nonces.every(Boolean)).toBe(true);
});

test("a script that is not listed does not run", async ({ browser }) => {
  const page = await openPay(browser, cast);
  const ran = await page.evaluate(async (mark) => {
    history.replaceState(history.state, "", mark);
    const inline = document.createElement("script");
    inline.textContent = "window.ranInline = true";
    document.head.append(inline);
    const foreign = document.createElement("script");
    foreign.src = "https://evil.example/x.js";
    const blocked = new Promise((settle) => (foreign.onerror = () => settle("blocked")));
    document.head.append(foreign);
    return { inline: "ranInline" in window, foreign: await blocked };
  }, `?${ON_PURPOSE}`);
  expect(ran).toEqual({ inline: false, foreign: "blocked" });
});

test("a card number is in no request of ours, no table and no log", async ({ browser }) => {
  const page = await openPay(browser, cast);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/sandbox/")) return;
    sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`);
  });
  await typeCard(page, NUMBER);
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await page.goto("/settings/methods/new");
  await typeCard(page, NUMBER);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Visa ··4242", { exact: true })).toBeVisible();
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter(tellsNumber)).toEqual([]);
  expect(await columnsWithNumber()).toEqual([]);
  const log = readFileSync(join(process.env["REMIT_E2E_DATA_DIR"] ?? "", "server.log"), "utf8");
  expect(log.split("\n").filter(tellsNumber)).toEqual([]);
});

/** Written together, with spaces, dashes or as a form writes them. */
const tellsNumber = (text: string): boolean => /4242(?:(?:[\s+-]|%20)?4242){3}/.test(text);

/** Every text and json column of every table there is, ours and the stand-in's: asked by their owner, who sees them all. */
async function columnsWithNumber(): Promise<string[]> {
  const database = await openDatabase({ dataDir: process.env["REMIT_E2E_DATA_DIR"] ?? "" }, { max: 1 });
  const sql = postgres(database.adminUrl, { max: 1 });
  try {
    const columns = await sql<{ schema: string; table: string; column: string }[]>`
      select c.table_schema as schema, c.table_name as table, c.column_name as column
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
        and (c.data_type in ('text', 'character varying', 'jsonb', 'json') or c.udt_name = 'citext')`;
    expect(columns.length).toBeGreaterThan(50);
    expect(new Set(columns.map(({ schema }) => schema))).toContain("stripe_sandbox");
    const found: string[] = [];
    for (const { schema, table, column } of columns) {
      const hits = await sql`
        select 1 from ${sql(schema)}.${sql(table)}
        where regexp_replace(${sql(column)}::text, '[ -]', '', 'g') like ${`%${NUMBER}%`} limit 1`;
      if (hits.length > 0) found.push(`${schema}.${table}.${column}`);
    }
    return found;
  } finally {
    await sql.end();
    await database.close();
  }
}
