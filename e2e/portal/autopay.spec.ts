import { issueBill, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("autopay is set up with its terms read first, announces the next payment, and is turned off again", async ({
  browser,
}) => {
  const cast = await makeCast();
  await issueBill(cast.accountId, "61.66");
  const { page } = await signIn(browser, cast.customer, cast.password);

  await page.goto("/autopay");
  await expect(page.getByText("It needs a saved card or bank account first.")).toBeVisible();

  await page.goto("/pay?amount=other");
  await page.getByRole("textbox", { name: "Amount" }).fill("10.00");
  const card = page.frameLocator("iframe").first();
  await card.getByLabel(/card number/i).fill("4242424242424242");
  await card.getByLabel(/expir/i).fill("12 / 34");
  await card.getByLabel(/security|cvc/i).fill("123");
  await card.getByLabel(/zip|postal/i).fill("04841");
  await page.getByLabel("Save it to this account").check();
  await page.getByLabel("Why not all of it?").selectOption({ label: "I pay the rest later" });
  await page.getByRole("button", { name: "Pay $10.00" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();

  await page.goto("/autopay");
  await page.getByRole("link", { name: "Set up autopay" }).click();
  await page.getByLabel("A fixed amount each month").check();
  await page.getByRole("textbox", { name: "At most, each month" }).fill("a lot");
  await page.getByRole("button", { name: "See the terms" }).click();
  await expect(page.getByText("Enter an amount in digits, such as 25.00.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "At most, each month" })).toHaveValue("a lot");
  await page.getByLabel("What each bill asks for").check();
  await page.getByLabel("When", { exact: true }).selectOption("7");
  await page.getByRole("button", { name: "See the terms" }).click();
  await expect(page.getByRole("blockquote")).toContainText("7 days before the due date, from Visa ··4242");
  await page.getByRole("button", { name: "Agree and turn autopay on" }).click();
  await expect(page.getByText("Autopay is on. We have mailed you what you agreed to.")).toBeVisible();

  const coming = page.getByRole("region", { name: "Coming up" });
  await expect(coming).toContainText("$51.66", { timeout: 30_000 });
  await expect(coming).toContainText("from Visa ··4242");
  await page.goto("/account");
  await expect(page.getByRole("region", { name: "To pay now" })).toContainText("$51.66");

  await page.goto("/autopay");
  await coming.getByText("Cancel it").click();
  await coming.getByRole("button", { name: "Cancel this payment" }).click();
  await expect(page.getByRole("region", { name: "The last ones" })).toContainText("Canceled by you");
  await page.getByRole("button", { name: "Pause it" }).click();
  await expect(page.getByText("Nothing is taken until you go on.")).toBeVisible();
  await page.getByRole("button", { name: "Go on with autopay" }).click();
  await expect(page.getByText("Autopay goes on.")).toBeVisible();
  await page.getByRole("button", { name: "Turn autopay off" }).click();
  await expect(page.getByText("Autopay is off. Nothing will be taken by itself.")).toBeVisible();
});
