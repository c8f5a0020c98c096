import { type Page } from "@playwright/test";

import { axeFindings } from "../axe.ts";
import { type Cast, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
});

const SHEET = "**/assets/dock-sheet-*.js";
const open = (page: Page) => page.getByRole("link", { name: /^Messages/ }).last();
const sheet = (page: Page) => page.getByRole("dialog", { name: "Messages" });

/** Counts how often the page itself is loaded. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("load", () => (loads += 1));
  return () => loads;
}

test("a part whose code a new release took away has the page loaded again, once, and works", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.route(SHEET, (route) => route.fulfill({ status: 404 }));
  await page.goto("/account");
  const loads = countLoads(page);
  const again = page.waitForEvent("load");
  await open(page).click();
  await again;
  await page.unroute(SHEET);
  await open(page).click();
  await expect(sheet(page).getByRole("textbox")).toBeVisible();
  expect(loads()).toBe(1);
});

test("where loading again does not help, or nobody answers, the part says so in its place", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.route(SHEET, (route) => route.abort());
  await page.goto("/account");
  const loads = countLoads(page);
  await page.route("**/healthz", (route) => route.abort());
  await open(page).click();
  await expect(sheet(page).getByRole("alert")).toContainText("This part of the page could not be loaded");
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
  expect(loads()).toBe(0);
  await page.unroute(SHEET);
  const again = page.waitForEvent("load");
  await sheet(page).getByRole("button", { name: "Load the page again" }).click();
  await again;
  await open(page).click();
  await expect(sheet(page).getByRole("textbox")).toBeVisible();
});

test("the thread's code is at hand before anybody opens it", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  const ahead = page.waitForResponse(SHEET);
  await page.goto("/account");
  await (await ahead).finished();
  await page.route(SHEET, (route) => route.abort());
  await open(page).click();
  await expect(sheet(page).getByRole("textbox")).toBeVisible();
});

test("without a connection a press waits for it, on the page as it stands", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/account");
  // The code of the pages this one links to comes while it rests.
  await page.waitForFunction(() => {
    const bills = Object.values(window.__remixManifest.routes).find((route) => route?.path === "bills");
    const had = new Set(performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
    return bills && [bills.module, ...(bills.imports ?? [])].every((path) => had.has(path));
  });
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Bills", exact: true }).click();
  await expect(page.getByRole("progressbar", { name: "The next page is on its way" })).toBeVisible();
  await expect(page.getByRole("status").getByText("You are offline")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.context().setOffline(false);
  await expect(page).toHaveURL(/\/bills$/);
  await expect(page.getByRole("heading", { level: 1, name: "Bills" })).toBeVisible();
});
