import { type Browser, expect, type Page, test } from "@playwright/test";

import { openBooks } from "../faults/open-books.ts";
import { type Cast, cuttable, issueBill, makeCast, signIn } from "./people.ts";

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

async function meet(browser: Browser) {
  const ana = await signIn(browser, cast.customer, cast.password);
  const sam = await signIn(browser, cast.rep, cast.password);
  const account = await ana.context.newPage();
  await account.goto("/account");
  await expect(amountIn(account, "customer")).toHaveAttribute("value", "200.00 USD");
  return { ana, sam, account };
}

test("one day: pay, dispute, ask, credit from the thread, dispute decided; both sides agree at every step", async ({
  browser,
}) => {
  const { ana, sam, account } = await meet(browser);

  await payByCard(ana.page, "50.00");
  await expect(amountIn(account, "customer")).toHaveAttribute("value", "150.00 USD");

  await ana.page.goto("/bills?show=open");
  await ana.page.getByRole("link", { name: /INV-/ }).first().click();
  await expect(ana.page.getByRole("heading", { name: /Bill INV-/ })).toBeVisible();
  await ana.page
    .getByRole("main")
    .getByRole("link", { name: /dispute/i })
    .first()
    .click();
  await ana.page.getByLabel("I did not get this").check();
  await ana.page.getByLabel("Another amount").check();
  await ana.page.getByLabel("Amount in question").fill("30.00");
  await ana.page.getByLabel("What happened?").fill("No water on three days.");
  await ana.page.getByRole("button", { name: "Send dispute" }).click();
  await expect(ana.page.getByText(/We confirm by/)).toBeVisible();
  const dispute = new URL(ana.page.url()).pathname;
  await ana.page.getByRole("link", { name: "Messages about it" }).click();
  await expect(log(ana.page)).toContainText("No water on three days.");

  await sam.page.goto("/console?queue=all");
  const cut = await cuttable(sam);
  await sam.page.goto(`/console/c/${new URL(ana.page.url()).pathname.split("/").at(-1) ?? ""}`);
  await bothShow({ account, rep: sam.page }, "120.00");
  await sam.page.getByRole("button", { name: "Claim" }).click();
  await expect(sam.page.getByText("With you")).toBeVisible();
  await say(sam.page, "I am looking at it.");
  await expect(log(ana.page)).toContainText("I am looking at it.");

  const mend = await cut();
  for (const text of ["It was the week of the 9th.", "Also on the 12th.", "And the water was brown."])
    await say(ana.page, text);
  await expect(log(ana.page)).toContainText("And the water was brown.");
  await expect(log(sam.page)).not.toContainText("And the water was brown.");
  await mend();
  for (const text of ["It was the week of the 9th.", "Also on the 12th.", "And the water was brown."]) {
    await expect(log(sam.page)).toContainText(text, { timeout: 20_000 });
  }

  await sam.page.getByRole("textbox", { name: "Message" }).fill("/credit 15.00 service issue for the brown water");
  await sam.page.getByRole("textbox", { name: "Message" }).press("Enter");
  await sam.page.getByRole("button", { name: "Give credit" }).click();
  for (const page of [ana.page, sam.page]) {
    await expect(log(page)).toContainText("$15.00");
    await expect(log(page)).toContainText(/act_[0-9a-z]{26}/);
  }
  await bothShow({ account, rep: sam.page }, "105.00");

  await sam.page.getByLabel("What the customer reads").fill("The main was shut: you are right.");
  await sam.page.getByRole("button", { name: "Decide", exact: true }).click();
  await expect(log(ana.page)).toContainText("$30.00");
  await bothShow({ account, rep: sam.page }, "105.00");
  await ana.page.goto(dispute);
  await expect(ana.page.getByText("The main was shut: you are right.").first()).toBeVisible();

  const books = await openBooks(process.env["REMIT_E2E_DATA_DIR"] ?? "");
  expect(await books.brokenChecks()).toEqual([]);
  await books.close();
});

test("above a rep's limit the refusal names who can, and nothing typed is lost", async ({ browser }) => {
  const { ana, sam, account } = await meet(browser);
  await ana.page.goto("/messages");
  await ana.page.getByRole("textbox", { name: "Your message" }).fill("Can you take something off?");
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(log(ana.page)).toContainText("Can you take something off?");
  await sam.page.goto(`/console/c/${new URL(ana.page.url()).pathname.split("/").at(-1) ?? ""}`);
  await sam.page.getByRole("button", { name: "Credit" }).click();
  await sam.page.getByRole("textbox", { name: "Amount" }).fill("60.00");
  await sam.page.getByRole("textbox", { name: /For the customer/ }).fill("For your patience");
  await sam.page.getByRole("button", { name: "Give credit" }).click();
  await expect(sam.page.getByRole("alert")).toContainText(/up to \$50\.00 at once\. Ask .*supervisor/);
  await expect(sam.page.getByRole("textbox", { name: /For the customer/ })).toHaveValue("For your patience");
  await expect(sam.page.getByRole("textbox", { name: "Amount" })).toHaveValue("60.00");
  await sam.page.getByRole("button", { name: "Cancel" }).click();
  await bothShow({ account, rep: sam.page }, "200.00");
});
