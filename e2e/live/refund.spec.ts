import { type Browser, type Page } from "@playwright/test";

import { openBooks } from "../faults/open-books.ts";
import { type Cast, issueBill, makeCast, signIn } from "./people.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
  await issueBill(cast.accountId, "60.00");
  await issueBill(cast.accountId, "40.00");
});

const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const accountNumber = () => cast.customer.replace(/^ana-(.*)@.*$/, "E2E-$1");

async function payAll(page: Page): Promise<void> {
  await page.goto("/pay?amount=other");
  await page.getByRole("textbox", { name: "Amount" }).fill("100.00");
  const form = page.frameLocator("iframe").first();
  await form.getByLabel(/card number/i).fill("4242424242424242");
  await form.getByLabel(/expir/i).fill("12 / 34");
  await form.getByLabel(/security|cvc/i).fill("123");
  await form.getByLabel(/zip|postal/i).fill("04841");
  await page.getByRole("button", { name: "Pay $100.00" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
}

async function ask(page: Page): Promise<string> {
  await page.goto("/messages");
  await page.getByRole("textbox", { name: "Your message" }).fill("My meter was read twice.");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(log(page)).toContainText("My meter was read twice.");
  return `/console/c/${new URL(page.url()).pathname.split("/").at(-1) ?? ""}`;
}

const meet = async (browser: Browser) => ({
  ana: (await signIn(browser, cast.customer, cast.password)).page,
  sam: (await signIn(browser, cast.rep, cast.password)).page,
});

test("a rep refunds part of a payment over two bills from the thread; both see it, and so do the bills", async ({
  browser,
}) => {
  const { ana, sam } = await meet(browser);
  await payAll(ana);
  const payment = new URL(ana.url()).pathname;
  const thread = await ask(ana);

  await sam.goto(thread);
  await sam.getByRole("region", { name: "Last payments" }).getByRole("link", { name: /Visa/ }).click();
  await expect(sam.getByRole("heading", { name: "Refund", exact: true })).toBeVisible();
  const [first, second] = [
    sam.getByRole("textbox", { name: /INV-/ }).first(),
    sam.getByRole("textbox", { name: /INV-/ }).last(),
  ];
  await first.fill("20.00");
  await second.fill("10.00");
  await sam.getByRole("textbox", { name: /For the customer/ }).fill("You were right, it was read twice.");
  const changes = sam.getByRole("region", { name: "What it changes" });
  await expect(changes).toContainText("Credited");
  await expect(changes).not.toContainText("Open");
  await sam.getByRole("button", { name: "Refund $30.00" }).click();

  for (const page of [sam, ana]) {
    await expect(log(page)).toContainText("$30.00");
    await expect(log(page)).toContainText("Your bill was wrong, and was corrected.");
    await expect(log(page)).toContainText("Sent");
  }
  await sam.goto(`/console/accounts/${accountNumber()}/payments`);
  await expect(sam.getByRole("cell", { name: "Partly refunded" })).toBeVisible();
  await ana.goto(payment);
  const back = ana.getByRole("region", { name: "What we sent back" });
  await expect(back).toContainText("You were right, it was read twice.");
  await expect(back).toContainText("$20.00");
  await back.getByRole("link", { name: /INV-/ }).first().click();
  await expect(ana.getByText(/Refunded/).first()).toBeVisible();

  const books = await openBooks(process.env["REMIT_E2E_DATA_DIR"] ?? "");
  expect(await books.brokenChecks()).toEqual([]);
  await books.close();
});

test("a check is recorded, deposited, and comes back: the bill is owed again", async ({ browser }) => {
  const { ana, sam } = await meet(browser);
  await sam.goto(`/console/accounts/${accountNumber()}/payments`);
  await sam.getByRole("link", { name: "Record a payment" }).click();
  await sam.getByRole("textbox", { name: "Amount" }).fill("70.00");
  await sam.getByRole("textbox", { name: /Number or reference/ }).fill("1042");
  await sam.getByRole("button", { name: "Record $70.00" }).click();
  await expect(sam.getByRole("heading", { name: /Check 1042/ })).toBeVisible();
  const page = sam.url();

  await sam.goto("/console/deposits");
  await sam
    .getByRole("row", { name: new RegExp(accountNumber()) })
    .getByRole("checkbox")
    .check();
  await sam.getByRole("textbox", { name: /Number of the slip/ }).fill(`SLIP-${accountNumber()}`);
  await sam.getByRole("button", { name: "Deposit $70.00" }).click();
  await expect(sam.getByRole("table", { name: "Last deposits" })).toContainText(`SLIP-${accountNumber()}`);

  await sam.goto(page);
  await sam.getByText("The bank sent it back").click();
  await sam.getByRole("textbox", { name: "Reason of the bank" }).fill("Not sufficient funds");
  await sam.getByRole("button", { name: "Book it as sent back" }).click();
  await expect(sam.getByText("Sent back by the bank")).toBeVisible();
  await sam.getByRole("link", { name: "All payments" }).click();
  await expect(sam.getByRole("cell", { name: "Sent back by the bank" })).toBeVisible();
  await ana.goto("/account");
  const asked = ana.getByRole("region", { name: "To pay now" }).locator("data").first();
  await expect(asked).toHaveAttribute("value", "100.00 USD");
});
