import { type Browser, type Page } from "@playwright/test";

import { addDays, localDateOf } from "../../app/contracts/local-date.ts";
import { axeFindings } from "../axe.ts";
import { type Cast, makeCast, signIn } from "../live/people.ts";
import { attemptsOf, cardForm, issueTwoBills, openPay as openPayOf, payButton, typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

let cast: Cast;

test.beforeEach(async () => {
  cast = await makeCast();
  await issueTwoBills(cast);
});

/** A day by the business clock, which stands on the real one here, as date fields take it. */
const inDays = (days: number): string => addDays(localDateOf(new Date(), "UTC"), days);
const attempts = () => attemptsOf(cast);
const openPay = (browser: Browser) => openPayOf(browser, cast);

test("all that is due, with a card that is kept; next time it is one press", async ({ browser }) => {
  const page = await openPay(browser);
  await expect(payButton(page)).toHaveText("Pay $154.20");
  await page.getByRole("checkbox", { name: /112/ }).uncheck();
  await expect(payButton(page)).toHaveText("Pay $42.10");
  await typeCard(page, "4242 4242 4242 4242");
  await page.getByRole("checkbox", { name: /Save it/ }).check();
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("Paid");
  await expect(page.getByRole("main")).toContainText("Visa ··4242");
  const receipt = await page.context().request.get(`${page.url().split("?")[0] ?? ""}/receipt.pdf`);
  expect(receipt.headers()["content-type"]).toBe("application/pdf");
  await page.goto("/pay");
  await expect(page.getByRole("radio", { name: /Visa ··4242/ })).toBeChecked();
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("Paid");
  expect(await attempts()).toEqual(["settled", "settled"]);
});

/** The bill of 42.10 is paid, and its card saved: the one of 112.10 is left. */
async function payTheOther(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: /112/ }).uncheck();
  await typeCard(page, "4242 4242 4242 4242");
  await page.getByRole("checkbox", { name: /Save it/ }).check();
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await page.goto("/pay");
}

test("kept for a day, it says so and asks for nothing more; the bills say that they are scheduled", async ({
  browser,
}) => {
  const page = await openPay(browser);
  await payTheOther(page);
  await page.getByRole("radio", { name: "On a date" }).check();
  // Its grace is over 19 days from now: until then nothing comes of waiting.
  const feeComes = page.getByText(/Bill \S+: paid after .+, a late fee of \$1\.68 is added\./);
  await expect(feeComes).toHaveCount(0);
  await page.getByLabel("Date", { exact: true }).fill(inDays(19));
  await expect(feeComes).toHaveCount(0);
  await page.getByLabel("Date", { exact: true }).fill(inDays(20));
  await expect(feeComes).toBeVisible();
  await expect(page.getByText("By then $1.68 in late fees is added.")).toBeVisible();
  await page.getByRole("button", { name: /^Pay \$112.10 on/ }).click();
  await expect(page.getByText("Your payment is kept for")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Pay/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "To your account" })).toBeVisible();
  await page.goto("/pay");
  await expect(page.getByRole("main")).toContainText("$112.10 scheduled");
  await page.goto("/bills");
  await page
    .getByRole("row", { name: /112\.10/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("main")).toContainText("taken by itself on the date that was chosen");
  await page.getByRole("link", { name: "Pay it now" }).click();
  await expect(payButton(page)).toHaveText("Pay $112.10");
  await page.goBack();
  await page.getByRole("link", { name: "Change or cancel the date" }).click();
  await expect(page.getByRole("main")).toContainText("Chosen date");
});

test("a part that was kept for a day is not ready to be kept once more", async ({ browser }) => {
  const page = await openPay(browser);
  await payTheOther(page);
  await page.getByRole("button", { name: "Pay part of a bill" }).click();
  await page.getByLabel(/^Amount for/).fill("20.00");
  await page.getByLabel("Why not all of it?").selectOption({ label: "I pay the rest later" });
  await page.getByRole("radio", { name: "On a date" }).check();
  await page.getByLabel("Date", { exact: true }).fill(inDays(3));
  await page.getByRole("button", { name: /^Pay \$20.00 on/ }).click();
  await expect(page.getByText("Your payment is kept for")).toBeVisible();
  await expect(payButton(page)).toHaveText("Pay $92.10");
  await expect(page.getByRole("radio", { name: "Now" })).toBeChecked();
});

test("a promised day after the grace says which late fee it brings, and stands all the same", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/promise");
  const feeComes = page.getByText(/Bill \S+: paid after .+, a late fee of \$0\.63 is added\./);
  await expect(feeComes).toBeVisible();
  await page.getByLabel("To be paid by").fill(inDays(6));
  await expect(feeComes).toHaveCount(0);
  await page.getByLabel("To be paid by").fill(inDays(7));
  await expect(feeComes).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Promise this day" }).click();
  await expect(page.getByText("You promised to pay by")).toBeVisible();
});

test("a decline says why and keeps what was chosen; another card pays", async ({ browser }) => {
  const page = await openPay(browser);
  await typeCard(page, "4000 0000 0000 9995");
  await payButton(page).click();
  await expect(page.getByText("There is not enough money on that card")).toBeVisible();
  await expect(payButton(page)).toHaveText("Pay $154.20");
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("Paid");
  expect(await attempts()).toEqual(["failed", "settled"]);
});

test("whoever types another card while the page is still read again is not called away from it", async ({
  browser,
}) => {
  const page = await openPay(browser);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((settle) => (letGo = settle));
  await typeCard(page, "4000 0000 0000 9995");
  await page.route(/\/pay\.data/, async (route) => {
    if (route.request().method() === "GET") await held;
    await route.continue();
  });
  await payButton(page).click();
  await expect(page.getByText("There is not enough money on that card")).toBeVisible();
  await expect(payButton(page)).toHaveAttribute("aria-busy", "true");
  await cardForm(page).getByLabel("Card number").fill("4242 4242 4242 4242");
  letGo();
  await expect(payButton(page)).not.toHaveAttribute("aria-busy");
  await expect(cardForm(page).getByLabel("Card number")).toBeFocused();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("IFRAME");
});

test("a card that wants to see its holder: agreed to, it is paid", async ({ browser }) => {
  const page = await openPay(browser);
  await typeCard(page, "4000 0027 6000 3184");
  await payButton(page).click();
  const bank = page.frameLocator('iframe[title="Confirmation by your bank"]');
  await expect(bank.getByRole("button", { name: /Complete/ })).toBeVisible();
  // Behind the bank's step the form stands as it was sent.
  await expect(page.getByRole("button", { name: /^Pay \$/, includeHidden: true })).toHaveText("Pay $154.20");
  await bank.getByRole("button", { name: /Complete/ }).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("Paid");
});

test("left at the bank's step, it is not finished, and starting again frees its bills", async ({ browser }) => {
  const page = await openPay(browser);
  await typeCard(page, "4000 0027 6000 3184");
  await payButton(page).click();
  await expect(page.getByRole("dialog", { name: /bank/ })).toBeVisible();
  await page.goto("/pay");
  await expect(page.getByText("A payment is on its way").first()).toBeVisible();
  await page.goto("/activity");
  await page
    .getByRole("link", { name: /Payment/ })
    .first()
    .click();
  await expect(page.getByText("Nothing was charged")).toBeVisible();
  await page.getByRole("button", { name: "Start again" }).click();
  await expect(page).toHaveURL(/\/pay$/);
  await expect(payButton(page)).toHaveText("Pay $154.20");
});

test("a bank account is on its way, and its bills are not asked for meanwhile", async ({ browser }) => {
  const page = await openPay(browser);
  const form = cardForm(page);
  await form.getByRole("radio", { name: "US bank account" }).check();
  await form.getByLabel("Name on the account").fill("Ana");
  await form.getByLabel("Email").fill("ana@example.com");
  await form.getByLabel("Routing number").fill("110000000");
  await form.getByLabel("Account number").fill("000123456789");
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("On its way");
  await page.goto("/account");
  await expect(page.getByRole("region", { name: "To pay now" })).toContainText("$0.00");
});

test("an amount is spread oldest first; an ambiguous one is asked about, and nothing typed is lost", async ({
  browser,
}) => {
  const page = await openPay(browser);
  await page.getByText("Other amount").click();
  const amount = page.getByRole("textbox", { name: "Amount" });
  for (const bad of ["abc", "-5", "0.001", "1e9", "9".repeat(40)]) {
    await amount.fill(bad);
    await page.getByRole("button", { name: /^Pay/ }).click();
    await expect(amount).toHaveValue(bad);
    await expect(page).toHaveURL(/\/pay/);
  }
  await amount.fill("50");
  await expect(payButton(page)).toHaveText("Pay $50.00");
  await expect(page.getByRole("main")).toContainText("$42.10");
  await expect(page.getByRole("main")).toContainText("$7.90");
  expect(await attempts()).toEqual([]);
});

test("what is chosen and typed to pay survives a reload and the end of the session, until it is paid", async ({
  browser,
}) => {
  const page = await openPay(browser);
  const amount = page.getByRole("textbox", { name: "Amount" });
  await page.getByText("Other amount").click();
  const why = page.getByLabel("Why not all of it?");
  await amount.fill("50");
  await why.selectOption({ index: 2 });
  const chosen = await why.inputValue();
  await page.reload();
  await expect(amount).toHaveValue("50");
  await typeCard(page, "4242 4242 4242 4242");
  await page.context().clearCookies();
  await payButton(page).click();
  await page.getByLabel("E-mail").fill(cast.customer);
  await page.getByLabel("Password", { exact: true }).fill(cast.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(amount).toHaveValue("50");
  await expect(why).toHaveValue(chosen);
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\//);
  await page.goto("/pay");
  await expect(payButton(page)).toHaveText("Pay $104.20");
});

test("a link to pay shows what it asks for, whatever was left there before; back and a reload show what was chosen", async ({
  browser,
}) => {
  const page = await openPay(browser);
  const amount = page.getByRole("textbox", { name: "Amount" });
  const choose = async (text: string) => {
    await page.getByText("Other amount").click();
    await amount.fill(text);
    await expect(payButton(page)).toHaveText(`Pay $${text}.00`);
  };
  await choose("50");
  await page.goto("/account");
  await page.getByRole("link", { name: "Pay $154.20" }).click();
  await expect(payButton(page)).toHaveText("Pay $154.20");
  await choose("20");
  await page.goto("/account");
  await page.goBack();
  await expect(payButton(page)).toHaveText("Pay $20.00");
  await page.reload();
  await expect(payButton(page)).toHaveText("Pay $20.00");
  await page.goto("/bills");
  const bill = page.getByRole("main").getByRole("link", { name: /^INV-/ }).first();
  await bill.click();
  const payBill = page.getByRole("link", { name: /^Pay \$/ });
  const asked = (await payBill.textContent()) ?? "";
  await payBill.click();
  await expect(payButton(page)).toHaveText(asked);
  await choose("5");
  await page.goto("/bills");
  await bill.click();
  await payBill.click();
  await expect(payButton(page)).toHaveText(asked);
});

test("part of a bill asks why, and staff see the answer; more than is due asks before it becomes credit", async ({
  browser,
}) => {
  const page = await openPay(browser);
  await page.getByRole("button", { name: "Pay part of a bill" }).click();
  const parts = page.getByRole("textbox", { name: /^Amount for/ });
  await expect(parts.first()).toHaveValue("42.10");
  await parts.first().fill("12.10");
  await expect(payButton(page)).toHaveText("Pay $124.20");
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await expect(page.getByRole("combobox", { name: "Why not all of it?" })).toBeFocused();
  await page
    .getByRole("combobox", { name: "Why not all of it?" })
    .selectOption({ label: "I do not agree with all of it" });
  await page.getByRole("textbox", { name: /Anything we should know/ }).fill("The meter was read wrongly");
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  const rep = await signIn(browser, cast.rep, cast.password);
  await rep.page.goto(`/console/accounts/E2E-${/-(\w+)@/.exec(cast.customer)?.[1] ?? ""}/payments`);
  await expect(rep.page.getByRole("main")).toContainText("I do not agree with all of it");
  await expect(rep.page.getByRole("main")).toContainText("The meter was read wrongly");
  await page.goto("/pay");
  await page.getByText("Other amount").click();
  await page.getByRole("textbox", { name: "Amount" }).fill("50");
  await page.getByRole("button", { name: "Change where it goes" }).click();
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await page.getByRole("button", { name: "Pay anyway: $20.00 becomes credit" }).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await expect(page.getByRole("main")).toContainText("Kept as credit$20.00");
});

test("without script part of a bill, or an amount and where it goes, can be chosen", async ({ browser }) => {
  const { page: first } = await signIn(browser, cast.customer, cast.password);
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await first.context().storageState(),
  });
  const page = await plain.newPage();
  await page.goto(new URL("/pay", first.url()).href);
  await page.getByRole("button", { name: "Pay part of a bill" }).click();
  await expect(page.getByRole("textbox", { name: /^Amount for/ })).toHaveCount(2);
  await page
    .getByRole("textbox", { name: /^Amount for/ })
    .first()
    .fill("40");
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByRole("textbox", { name: /^Amount for/ }).first()).toHaveValue("40");
  await expect(page.getByText("Choose why you pay less")).toBeVisible();
  await page.goto(new URL("/pay?amount=other", first.url()).href);
  await page.getByRole("textbox", { name: "Amount" }).fill("50");
  await page.getByRole("button", { name: "Show where it goes" }).click();
  await expect(page.getByRole("textbox", { name: /^Amount for/ }).nth(0)).toHaveValue("42.10");
  await expect(page.getByRole("textbox", { name: /^Amount for/ }).nth(1)).toHaveValue("7.90");
});

test("on a phone nothing is wider than the screen, and axe finds nothing", async ({ browser }) => {
  const page = await openPay(browser);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(cardForm(page).getByLabel("Card number")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeFindings(page)).toEqual([]);
});
