import { type Browser, type Page } from "@playwright/test";

import { withDatabase } from "../../server/cli/with-database.ts";
import { getAccount } from "../../server/domains/accounts/index.ts";
import { issueBill, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

/** The reminders of an account with one bill, as a rep sees them. */
async function openReminders(browser: Browser): Promise<Page> {
  const cast = await makeCast();
  await issueBill(cast.accountId, "80.00");
  const number = await withDatabase("e2e", async ({ db }) => (await getAccount(db, cast.accountId)).number);
  const { page } = await signIn(browser, cast.rep, cast.password);
  await page.goto(`/console/accounts/${encodeURIComponent(number)}/reminders`);
  return page;
}

test("a rep pauses reminders of a bill by keyboard, ends the pause, and records a promised day", async ({
  browser,
}) => {
  const page = await openReminders(browser);
  const pauses = page.getByRole("region", { name: "Pauses" });
  await expect(pauses).toContainText("Nothing is paused");

  await pauses.getByLabel("What to pause").focus();
  await page.keyboard.press("ArrowDown");
  await pauses.getByLabel("Why").focus();
  await page.keyboard.press("Enter");
  await expect(pauses.getByText("Say why, for whoever reads it later.").first()).toBeVisible();
  await expect(pauses.getByLabel("What to pause")).not.toHaveValue("");
  await pauses.getByLabel("Why").focus();
  await page.keyboard.type("The meter is looked at");
  await page.keyboard.press("Enter");
  const standing = pauses.getByRole("listitem");
  await expect(standing).toContainText("Bill ");
  await expect(standing).toContainText("The meter is looked at");
  await expect(pauses.getByLabel("Why")).toHaveValue("");

  await standing.getByRole("button", { name: "End the pause of bill" }).focus();
  await page.keyboard.press("Enter");
  await expect(pauses).toContainText("Nothing is paused");

  const promise = page.getByRole("region", { name: "Promise to pay" });
  await promise.getByRole("button", { name: "Promise this day" }).click();
  await expect(promise).toContainText("Promised by");
});

test("what was refused is corrected and sent at once, while the page around is still read again", async ({
  browser,
}) => {
  const page = await openReminders(browser);
  await page.waitForLoadState("networkidle");
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((settle) => (letGo = settle));
  await page.route("**/reminders.data*", async (route) => {
    if (route.request().method() === "GET") await held;
    return route.continue();
  });
  const pauses = page.getByRole("region", { name: "Pauses" });
  await pauses.getByLabel("Why").press("Enter");
  await expect(pauses.getByText("Say why, for whoever reads it later.").first()).toBeVisible();
  await pauses.getByLabel("Why").fill("The meter is looked at");
  const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
  await pauses.getByLabel("Why").press("Enter");
  expect((await sent).status()).toBe(200);
  letGo();
  await expect(pauses.getByRole("listitem")).toContainText("The meter is looked at");
});
