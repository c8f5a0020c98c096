import { randomUUID } from "node:crypto";

import { type Browser, type Page } from "@playwright/test";

import { logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { hashPassword } from "../../server/domains/auth/index.ts";
import { signIn } from "../live/people.ts";
import { openBooks } from "../faults/open-books.ts";
import { mailTo } from "../mails.ts";
import { payButton, typeCard } from "../portal/payer.ts";
import { expect, test } from "../test.ts";

const password = `pw-${randomUUID()}`;
const tag = randomUUID().slice(0, 6);
const supervisor = `sue-${tag}@e2e.test`;

test.beforeAll(async () => {
  const dataDir = process.env["REMIT_E2E_DATA_DIR"];
  if (dataDir) process.env["DATA_DIR"] = dataDir;
  await withDatabase("e2e", async ({ db }) => {
    const passwordHash = await hashPassword(password);
    await db.insert(logins).values({ email: supervisor, name: "Sue", role: "supervisor", passwordHash });
  });
});

const HEAD = "Customer No,Customer Name,Invoice Number,Invoice Date,Due Date,Amount,Paid On,Disputed";
const ROWS = [
  `MILL-${tag}-1,Old Mill,B-${tag}-1,1/15/2026,2/14/2026,120.50,2/10/2026,No`,
  `MILL-${tag}-1,Old Mill,B-${tag}-2,2/15/2026,3/17/2026,99.95,,Yes`,
  `MILL-${tag}-2,"Fox, Ltd.",B-${tag}-3,2/16/2026,3/18/2026,1040.00,,No`,
];

async function upload(page: Page, rows: readonly string[]): Promise<void> {
  await page.goto("/console/imports");
  const buffer = Buffer.from([HEAD, ...rows].join("\r\n"));
  await page.getByLabel("CSV file").setInputFiles({ name: "books.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Upload and choose columns" }).click();
  await expect(page.getByRole("heading", { name: "What the columns hold" })).toBeVisible();
}

test("a file is uploaded, its columns guessed, checked and imported; twice is once", async ({ browser }) => {
  const { page } = await signIn(browser, supervisor, password);
  await upload(page, ROWS);
  await expect(page.getByLabel("Account number")).toHaveValue("Customer No");
  await expect(page.getByLabel("Paid-on date")).toHaveValue("Paid On");
  await expect(page.getByLabel("Dates are written")).toHaveValue("M/D/YYYY");
  await expect(page.getByRole("region", { name: "The first rows of the file" })).toContainText("Fox, Ltd.");
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("The file can be imported. This is what it would change.")).toBeVisible();
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported. New accounts get no reminders")).toBeVisible();
  await page.goto(`/console/accounts/MILL-${tag}-1`);
  await expect(page.getByRole("link", { name: `B-${tag}-2` }).first()).toBeVisible();

  await upload(page, ROWS);
  await page.getByRole("button", { name: "Check the file" }).click();
  const fact = (label: string) => page.locator("dl div").filter({ hasText: label }).locator("dd");
  await expect(fact("New bills to come")).toHaveText("0");
  await expect(fact("Paid already")).toHaveText("1");

  await inviteAndPay({ browser, page });
  const books = await openBooks(process.env["REMIT_E2E_DATA_DIR"] ?? "");
  expect(await books.brokenChecks()).toEqual([]);
  await books.close();
});

/** A customer of the other system: invited by staff, comes by the mail, pays what the file brought, and both sides agree. */
async function inviteAndPay({ browser, page }: { browser: Browser; page: Page }): Promise<void> {
  const friend = `fox-${tag}@e2e.test`;
  await page.goto(`/console/accounts/MILL-${tag}-2/people`);
  const send = page.getByRole("button", { name: "Send invitation" });
  await page.locator("form").filter({ has: send }).getByLabel("E-mail").fill(friend);
  await send.click();
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();

  const customer = await (await browser.newContext()).newPage();
  await mailTo(customer.request, friend, 1);
  await customer.goto("/dev/mail");
  await customer.getByRole("row", { name: friend }).getByRole("link").click();
  const invitation = customer
    .frameLocator("iframe")
    .getByRole("link")
    .filter({ hasText: /account/i });
  await customer.goto(new URL((await invitation.getAttribute("href")) ?? "").pathname);
  await customer.getByLabel("Your name").fill("Fox");
  await customer.getByRole("button", { name: "Open the account" }).click();
  await expect(customer.getByText("$1,040.00").first()).toBeVisible();

  await customer.goto("/pay");
  await typeCard(customer, "4242 4242 4242 4242");
  await expect(payButton(customer)).toHaveText("Pay $1,040.00");
  await payButton(customer).click();
  await expect(customer).toHaveURL(/\/payments\/pay_/);
  await expect(customer.getByRole("main")).toContainText("Paid");
  await customer.goto("/account");
  await expect(customer.getByText("$0.00").first()).toBeVisible();
  await page.goto(`/console/accounts/MILL-${tag}-2`);
  await expect(page.getByRole("main")).toContainText("$0.00");
  await customer.context().close();
}

test("bad rows are told by line with the reason, and stop the import until they are left out", async ({ browser }) => {
  const { page } = await signIn(browser, supervisor, password);
  await upload(page, [
    `MILL-${tag}-9,Mill,C-${tag}-1,2/15/2026,3/17/2026,twelve,,No`,
    `MILL-${tag}-9,Mill,C-${tag}-2,31/2/2026,3/17/2026,10.00,,No`,
    `MILL-${tag}-9,Mill,C-${tag}-3,2/15/2026,3/17/2026,10.00,,No`,
  ]);
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("2 bad rows must be mended first, or left out. Nothing was imported.")).toBeVisible();
  await expect(page.getByRole("row", { name: /^Line 2 The amount “twelve” is not an amount/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Line 3 The issue date “31\/2\/2026” is not a date/ })).toBeVisible();
  await page.getByLabel("Leave out bad bills and go on").check();
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported, without the bills of 2 bad rows.")).toBeVisible();
});

test("what is no CSV is refused with a sentence", async ({ browser }) => {
  const { page } = await signIn(browser, supervisor, password);
  await page.goto("/console/imports");
  const buffer = Buffer.from('a,b\n"never closed,1\n');
  await page.getByLabel("CSV file").setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Upload and choose columns" }).click();
  await expect(page.getByText(/not a CSV file we can read/)).toBeVisible();
});
