import { type Browser, type Page } from "@playwright/test";

import { openBooks } from "../faults/open-books.ts";
import { type Cast, cuttable, issueBill, makeCast, signIn } from "./people.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
  await issueBill(cast.accountId, "120.00");
  await issueBill(cast.accountId, "80.00");
});

const amountIn = (page: Page, region: "customer" | "rep") =>
  region === "customer"
    ? page.getByRole("region", { name: "To pay now" }).locator("data").first()
    : page
        .getByRole("region", { name: "Account", exact: true })
        .getByText("To pay now")
        .locator("..")
        .locator("data")
        .first();

/** Both sides show the same, by themselves and soon: what the customer is asked for, and what the rep reads. */
async function bothShow({ account, rep }: { account: Page; rep: Page }, decimal: string): Promise<void> {
  await expect(amountIn(account, "customer")).toHaveAttribute("value", `${decimal} USD`);
  await expect(amountIn(rep, "rep")).toHaveAttribute("value", `${decimal} USD`);
}

const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const say = async (page: Page, text: string) => {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
};

async function payByCard(page: Page, amount: string): Promise<void> {
  await page.goto("/pay?amount=other");
  await page.getByRole("textbox", { name: "Amount" }).fill(amount);
  const form = page.frameLocator("iframe").first();
  await form.getByLabel(/card number/i).fill("4242424242424242");
  await form.getByLabel(/expir/i).fill("12 / 34");
  await form.getByLabel(/security|cvc/i).fill("123");
  await form.getByLabel(/zip|postal/i).fill("04841");
  await page.getByLabel("Why not all of it?").selectOption({ label: "I pay the rest later" });
  await page.getByRole("button", { name: `Pay $${amount}` }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
}

/** A phone, and a rep's desk. */
async function meet(browser: Browser) {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const ana = await signIn(browser, cast.customer, cast.password, phone);
  const sam = await signIn(browser, cast.rep, cast.password);
  const account = await ana.context.newPage();
  await account.goto("/account");
  await expect(amountIn(account, "customer")).toHaveAttribute("value", "200.00 USD");
  return { ana, sam, account };
}

/** Asks something from the phone. Answers the number of what it began. */
async function ask(page: Page, question: string): Promise<string> {
  await page.goto("/messages");
  await page.getByRole("textbox", { name: "Your message" }).fill(question);
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(log(page)).toContainText(question);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

async function fileDispute(page: Page): Promise<string> {
  await page.goto("/bills?show=open");
  await page.getByRole("link", { name: /INV-/ }).first().click();
  await expect(page.getByRole("heading", { name: /Bill INV-/ })).toBeVisible();
  await page
    .getByRole("main")
    .getByRole("link", { name: /dispute/i })
    .first()
    .click();
  await page.getByLabel("I did not get this").check();
  await page.getByLabel("Another amount").check();
  await page.getByLabel("Amount in question").fill("30.00");
  await page.getByLabel("What happened?").fill("No water on three days.");
  await page.getByRole("button", { name: "Send dispute" }).click();
  await expect(page.getByText(/We confirm by/)).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Nothing of a rep's is pressed with a mouse in this story. */
const keys = (page: Page) => ({
  press: (key: string) => page.keyboard.press(key),
  type: (text: string) => page.keyboard.type(text),
  /** Down the queue to the row of somebody. */
  async rowOf(name: string): Promise<void> {
    const row = page.getByRole("link", { name, exact: true });
    await expect(row).toBeVisible();
    await expect(async () => {
      await page.keyboard.press("j");
      await expect(row).toBeFocused({ timeout: 200 });
    }).toPass();
  },
  async tabTo(target: ReturnType<Page["getByRole"]>): Promise<void> {
    await expect(target).toBeVisible();
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(target).toBeFocused({ timeout: 50 });
    }).toPass({ intervals: [10] });
  },
});

test("one day on a phone and by keyboard: ask, pay, dispute, credit from the thread, dispute decided; both sides agree at every step", async ({
  browser,
}) => {
  const { ana, sam, account } = await meet(browser);
  const rep = keys(sam.page);
  const sides = { account, rep: sam.page };
  const question = await ask(ana.page, "May I pay this in parts?");

  const cut = await cuttable(sam);
  await sam.page.goto("/console");
  await sam.page.waitForLoadState("networkidle");
  await rep.rowOf(cast.customer.replace(/^ana-(.*)@.*$/, "Ana $1"));
  await rep.press("Enter");
  await expect(log(sam.page)).toContainText("May I pay this in parts?");
  await bothShow(sides, "200.00");
  await rep.press("a");
  await expect(sam.page.getByText("With you")).toBeVisible();
  await rep.press("r");
  await rep.type("You may: pay what you can, and the rest later.");
  await rep.press("Enter");
  await expect(log(ana.page)).toContainText("You may: pay what you can, and the rest later.");

  await payByCard(ana.page, "50.00");
  await bothShow(sides, "150.00");

  const mend = await cut();
  const dispute = await fileDispute(ana.page);
  await expect(amountIn(account, "customer")).toHaveAttribute("value", "120.00 USD");
  await ana.page.goto(`/messages/${question}`);
  const meanwhile = ["I filed it just now.", "It was the week of the 9th.", "And the water was brown."];
  for (const text of meanwhile) await say(ana.page, text);
  await expect(log(ana.page)).toContainText("And the water was brown.");
  await expect(log(sam.page)).not.toContainText("I filed it just now.");
  await expect(amountIn(sam.page, "rep")).toHaveAttribute("value", "150.00 USD");
  await mend();
  for (const text of meanwhile) await expect(log(sam.page)).toContainText(text, { timeout: 20_000 });
  expect((await log(sam.page).locator(".thread-text").allTextContents()).slice(-3)).toEqual(meanwhile);
  await bothShow(sides, "120.00");

  await sam.page.getByRole("textbox", { name: "Message" }).focus();
  await rep.type("/credit 15.00 service issue for the brown water");
  await expect(sam.page.getByText("to give it")).toBeVisible();
  await rep.press("Enter");
  for (const page of [ana.page, sam.page]) {
    await expect(log(page)).toContainText("$15.00");
    await expect(log(page)).toContainText(/act_[0-9a-z]{26}/);
    await expect(log(page)).toContainText("for the brown water");
  }
  await expect(sam.page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await bothShow(sides, "105.00");

  await ana.page.goto(`/disputes/${dispute}`);
  await rep.press("Control+k");
  await rep.type(dispute.toLowerCase());
  await rep.press("Enter");
  await expect(sam.page.getByRole("region", { name: `Dispute ${dispute}` })).toBeVisible();
  await expect(log(sam.page)).toContainText("No water on three days.");
  await bothShow(sides, "105.00");
  await rep.press("d");
  await expect(sam.page.getByRole("radio", { name: /For the customer/ })).toBeFocused();
  await rep.tabTo(sam.page.getByLabel("What the customer reads"));
  await rep.type("The main was shut: you are right.");
  await rep.tabTo(sam.page.getByRole("button", { name: "Decide", exact: true }).last());
  await rep.press("Enter");
  await expect(log(sam.page)).toContainText("$30.00");
  await expect(ana.page.getByText("The main was shut: you are right.").first()).toBeVisible();
  await bothShow(sides, "105.00");

  const books = await openBooks(process.env["REMIT_E2E_DATA_DIR"] ?? "");
  expect(await books.brokenChecks()).toEqual([]);
  await books.close();
});

test("above a rep's limit the refusal names who can, a wrong amount says so, a lost line gives once; nothing typed is lost", async ({
  browser,
}) => {
  const { ana, sam, account } = await meet(browser);
  const question = await ask(ana.page, "Can you take something off?");
  const cut = await cuttable(sam);
  await sam.page.goto(`/console/c/${question}`);
  await sam.page.waitForLoadState("networkidle");
  await sam.page.getByRole("button", { name: "Credit" }).click();
  const amount = sam.page.getByRole("textbox", { name: "Amount" });
  const note = sam.page.getByRole("textbox", { name: /For the customer/ });
  const give = sam.page.getByRole("button", { name: "Give credit" });
  await note.fill("For your patience");
  await amount.fill("sixty");
  await give.click();
  await expect(sam.page.getByText("Enter an amount in digits, such as 25.00.").last()).toBeVisible();
  await amount.fill("60.00");
  await give.click();
  await expect(sam.page.getByRole("alert")).toContainText(/up to \$50\.00 at once\. Ask .*supervisor/);
  await expect(note).toHaveValue("For your patience");
  await expect(amount).toHaveValue("60.00");
  await expect(amountIn(account, "customer")).toHaveAttribute("value", "200.00 USD");

  // Out of the field, out of the form, and back.
  await amount.press("Escape");
  await sam.page.keyboard.press("Escape");
  await expect(give).toHaveCount(0);
  await sam.page.getByRole("button", { name: "Credit" }).click();
  await expect(note).toHaveValue("For your patience");
  await expect(amount).toHaveValue("60.00");

  await amount.fill("20.00");
  const mend = await cut();
  await give.click();
  await expect(sam.page.getByText(/Waiting for the connection\. It is done once/)).toBeVisible();
  await expect(note).toHaveValue("For your patience");
  await mend();
  await expect(log(ana.page)).toContainText("$20.00", { timeout: 20_000 });
  await expect(log(sam.page)).toContainText("$20.00", { timeout: 20_000 });
  await bothShow({ account, rep: sam.page }, "180.00");
  await sam.page.getByRole("button", { name: "Credit" }).click();
  await expect(amount).toHaveValue("");
});
