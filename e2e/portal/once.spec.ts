import { type Page } from "@playwright/test";

import { type Cast, makeCast } from "../live/people.ts";
import { attemptsOf, cardForm, issueTwoBills, openPay, payButton, typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

const CARD = "4242 4242 4242 4242";
let cast: Cast;

test.beforeEach(async () => {
  cast = await makeCast();
  await issueTwoBills(cast);
});

const isPayment = (url: string, method: string) => method === "POST" && new URL(url).pathname.startsWith("/pay");

/** Stops the form on its way: before the server has it, or with the server's answer lost or late. */
async function hinder(
  page: Page,
  how: "never_sent" | "answer_lost" | "answer_late",
): Promise<{ arrived: Promise<void> }> {
  let tell = () => {};
  const arrived = new Promise<void>((resolve) => (tell = resolve));
  await page.route(
    (url) => url.pathname.startsWith("/pay"),
    async (route) => {
      const request = route.request();
      if (!isPayment(request.url(), request.method())) return route.fallback();
      if (how === "never_sent") {
        tell();
        return route.abort("connectionreset");
      }
      await route.fetch();
      tell();
      // Late: the page is left before the answer comes.
      if (how === "answer_lost") await route.abort("connectionreset");
    },
  );
  return { arrived };
}

const settledOnce = async () => expect.poll(() => attemptsOf(cast)).toEqual(["settled"]);

test("a double click charges once", async ({ browser }) => {
  const page = await openPay(browser, cast);
  await typeCard(page, CARD);
  await payButton(page).dblclick();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await settledOnce();
});

test("the back button after paying leads to what is left, not to a second charge", async ({ browser }) => {
  const page = await openPay(browser, cast);
  await typeCard(page, CARD);
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await page.goBack();
  await expect(page.getByText("Nothing is due")).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
  await settledOnce();
});

test("two tabs pressed at once: one pays, the other is told what changed", async ({ browser }) => {
  const first = await openPay(browser, cast);
  const second = await first.context().newPage();
  await second.goto("/pay");
  await Promise.all([typeCard(first, CARD), typeCard(second, CARD)]);
  await Promise.all([payButton(first).click(), payButton(second).click()]);
  await expect.poll(async () => (await attemptsOf(cast)).filter((state) => state === "settled").length).toBe(1);
  await expect.poll(() => [first, second].filter((page) => /\/payments\//.test(page.url())).length).toBe(1);
  const told = /\/payments\//.test(first.url()) ? second : first;
  await expect(told.getByRole("alert")).toBeVisible();
  await settledOnce();
});

test("an old tab meets the state, not an open payment", async ({ browser }) => {
  const first = await openPay(browser, cast);
  const old = await first.context().newPage();
  // Nothing live reaches it: it stands as it was opened.
  await old.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await old.route(/socket\.io/, (route) => route.abort());
  await old.goto("/pay");
  await typeCard(first, CARD);
  await payButton(first).click();
  await expect(first).toHaveURL(/\/payments\/pay_/);
  await typeCard(old, CARD);
  await payButton(old).click();
  await expect(old.getByRole("alert")).toContainText("Something on this account changed");
  await expect(old.getByRole("alert")).toContainText(/INV-\S+ is settled\. INV-\S+ is settled\./);
  await expect(old.getByText("Nothing is due")).toBeVisible();
  await expect(old.getByRole("button", { name: "Pay anyway: $154.20 becomes credit" })).toBeVisible();
  await settledOnce();
});

test("reloaded while it is on its way, it is charged once and the page says so", async ({ browser }) => {
  const page = await openPay(browser, cast);
  await typeCard(page, CARD);
  const { arrived } = await hinder(page, "answer_late");
  await payButton(page).click();
  await arrived;
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.goto("/pay");
  await expect(page.getByText("Nothing is due")).toBeVisible();
  await settledOnce();
});

test("a connection lost after the server heard: one charge, found again", async ({ browser }) => {
  const page = await openPay(browser, cast);
  await typeCard(page, CARD);
  const { arrived } = await hinder(page, "answer_lost");
  await payButton(page).click();
  await arrived;
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.getByRole("alert")).toContainText("The connection was lost");
  // What arrived is read by itself.
  await expect(page.getByText("Nothing is due")).toBeVisible();
  await settledOnce();
});

test("a connection lost before the server heard: nothing is charged, and paying again pays once", async ({
  browser,
}) => {
  const page = await openPay(browser, cast);
  await typeCard(page, CARD);
  const { arrived } = await hinder(page, "never_sent");
  await payButton(page).click();
  await arrived;
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.getByRole("alert")).toContainText("The connection was lost");
  expect(await attemptsOf(cast)).toEqual([]);
  // Nothing is typed again: the card stands in its form.
  await payButton(page).click();
  await expect(page).toHaveURL(/\/payments\/pay_/);
  await settledOnce();
});

for (const width of [390, 1440]) {
  test(`from sign-in to receipt without a mouse, ${String(width)} px wide`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await tabTo(page, /E-mail/);
    await page.keyboard.type(cast.customer);
    await tabTo(page, /^Password/);
    await page.keyboard.type(cast.password);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/account/);
    await tabTo(page, /^Pay \$154/);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/pay/);
    // Keys typed before the form is there would be lost.
    await expect(cardForm(page).getByLabel("Card number")).toBeVisible();
    await tabTo(page, /^IFRAME$/);
    // The form's own first stop is the choice of method, then the number.
    await page.keyboard.press("Tab");
    await expect(cardForm(page).getByLabel("Card number")).toBeFocused();
    for (const text of ["4242424242424242", "1234", "123"]) {
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Tab");
    await page.keyboard.type("12345");
    await tabTo(page, /^Pay \$154/);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/payments\/pay_/);
    await expect(page.getByRole("main")).toContainText("Received on");
    await tabTo(page, /^Receipt/);
    await settledOnce();
    await context.close();
  });
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const at = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return "";
      if (at?.tagName === "IFRAME") return "IFRAME";
      const label = at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent ?? "") : "";
      return (label === "" ? (at?.textContent ?? "") : label).trim();
    });
    if (name.test(at)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no amount of Tab leads to ${String(name)}`);
}
