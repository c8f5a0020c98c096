import { rmSync } from "node:fs";

import { type Browser, type Page } from "@playwright/test";

import { type Cast, makeCast, signIn } from "../live/people.ts";
import { makeDataDir, type ServerProcess, startServer } from "../start-server.ts";
import { cardForm, issueTwoBills, payButton } from "./payer.ts";
import { expect, test } from "../test.ts";

const ACCOUNTS = { good: "000123456789", comesBack: "000555555559", broke: "000222222227" };
let cast: Cast;
let server: ServerProcess;
let before: string | undefined;

// A server of its own: its days pass without anybody else's.
test.beforeAll(async () => {
  const dataDir = makeDataDir();
  before = process.env["REMIT_E2E_DATA_DIR"];
  process.env["REMIT_E2E_DATA_DIR"] = dataDir;
  server = await startServer({ dataDir, settings: { DEMO: "0" } });
});
test.afterAll(async () => {
  await server.stop();
  const dataDir = process.env["REMIT_E2E_DATA_DIR"];
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  process.env["REMIT_E2E_DATA_DIR"] = before;
  process.env["DATA_DIR"] = before;
});

test.beforeEach(async () => {
  cast = await makeCast();
  await issueTwoBills(cast);
});

async function openPay(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(cast.customer);
  await page.getByLabel("Password", { exact: true }).fill(cast.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/account/);
  await page.goto("/pay");
  return page;
}

async function typeAccount(page: Page, account: string, how: "instant" | "microdeposits"): Promise<void> {
  const form = cardForm(page);
  await form.getByRole("radio", { name: "US bank account" }).check();
  await form.getByLabel("Name on the account").fill("Ana");
  await form.getByLabel("Email").fill("ana@example.com");
  await form.getByLabel("Routing number").fill("110000000");
  await form.getByLabel("Account number").fill(account);
  await form.getByLabel("How to verify it").selectOption(how);
}

/** Moves the business clock of the stand-in, as its own page does. */
async function passDays(page: Page, days: number): Promise<void> {
  const moved = await page.request.post("/sandbox/clock", {
    data: { days, hours: 0 },
    headers: { Origin: new URL(page.url()).origin },
  });
  expect(moved.ok(), await moved.text()).toBe(true);
}

async function payFrom(page: Page, account: string, how: "instant" | "microdeposits"): Promise<void> {
  await typeAccount(page, account, how);
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
}

/** The page is looked at again until it says so: days pass by the stand-in's clock, webhooks a moment later. */
async function becomes(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

test("processing says until when and gives no receipt; settled gives one; returned days later restores the bill", async ({
  browser,
}) => {
  const page = await openPay(browser);
  await payFrom(page, ACCOUNTS.comesBack, "instant");
  const main = page.getByRole("main");
  await expect(main).toContainText("On its way");
  await expect(main).toContainText("Your bank confirms it by");
  await expect(page.getByRole("link", { name: /Receipt/ })).toHaveCount(0);
  await passDays(page, 7);
  await expect(async () => {
    await page.reload();
    await expect(main).toContainText(/Received on|Returned/, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await passDays(page, 7);
  await becomes(page, "Returned");
  await page.goto("/pay");
  await expect(payButton(page)).toHaveText("Pay $154.20");

  const sam = (await signIn(browser, cast.rep, cast.password, { baseURL: server.url })).page;
  const account = cast.customer.replace(/^ana-(.*)@.*$/, "E2E-$1");
  await sam.goto(`/console/accounts/${account}/payments`);
  const row = sam.getByRole("table", { name: "Payments" }).getByRole("row").nth(1);
  await expect(row.getByRole("cell", { name: "Returned", exact: true })).toBeVisible();
  await row.getByRole("link").click();
  await expect(sam.getByRole("region", { name: "Payment" })).toContainText("Returned");
});

test("small deposits: confirmed on the bank's page it goes on, and settles", async ({ browser }) => {
  const page = await openPay(browser);
  await payFrom(page, ACCOUNTS.good, "microdeposits");
  await expect(page.getByRole("main")).toContainText("Not finished");
  const paymentPage = page.url();
  await page.getByRole("link", { name: "Confirm the deposit" }).click();
  await expect(page).toHaveURL(/\/sandbox\//);
  await tellDeposit(page);
  await page.goto(paymentPage);
  await becomes(page, "On its way");
  await passDays(page, 7);
  await becomes(page, "Received on");
});

test("an account without enough money fails and says why; the bill is asked for again", async ({ browser }) => {
  const page = await openPay(browser);
  await payFrom(page, ACCOUNTS.broke, "instant");
  await passDays(page, 7);
  await becomes(page, "Not paid");
  await expect(page.getByRole("main")).toContainText("There is not enough money");
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(payButton(page)).toHaveText("Pay $154.20");
});

test("a bank account saved alone waits for its deposit and is there when it is told", async ({ browser }) => {
  const page = await openPay(browser);
  await page.goto("/settings/methods/new");
  await typeAccount(page, ACCOUNTS.good, "microdeposits");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.getByRole("link", { name: "Confirm the deposit" }).click();
  await expect(page).toHaveURL(/\/sandbox\//);
  await tellDeposit(page);
  await page.goto("/settings/methods");
  await expect(page.getByText("STRIPE TEST BANK ··6789", { exact: true })).toBeVisible();
});

/** The code that the stand-in's deposit carries, told on the bank's page. */
async function tellDeposit(page: Page): Promise<void> {
  await page.getByLabel("Six-character code").fill("SM11AA");
  await page.getByRole("button", { name: "Verify account" }).click();
  await expect(page.getByText("Your account is verified")).toBeVisible();
}
