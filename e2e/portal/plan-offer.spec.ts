import { withDatabase } from "../../server/cli/with-database.ts";
import { getAccount } from "../../server/domains/accounts/index.ts";
import { issueBill, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";
import { typeCard } from "./payer.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("a rep offers a plan, the customer meets it on the landing, saves a card for it and accepts", async ({
  browser,
}) => {
  const cast = await makeCast();
  await issueBill(cast.accountId, "90.00");
  const number = await withDatabase("e2e", async ({ db }) => (await getAccount(db, cast.accountId)).number);
  const { page: rep } = await signIn(browser, cast.rep, cast.password);
  await rep.goto(`/console/accounts/${encodeURIComponent(number)}/plans`);
  await rep.getByRole("textbox", { name: /For the customer/ }).fill("Three months, as you asked.");
  await rep.getByRole("button", { name: "Offer this plan" }).click();
  await expect(rep.getByText("Waits for the customer")).toBeVisible();

  const { page } = await signIn(browser, cast.customer, cast.password);
  const offer = page.getByRole("region", { name: "A payment plan, offered to you" });
  await expect(offer).toContainText("Waits for you");
  await offer.getByRole("link", { name: /instalments, every month/ }).click();
  await expect(page.getByText("Three months, as you asked.")).toBeVisible();
  await page.getByRole("link", { name: "Save one first" }).click();
  await typeCard(page, "4242 4242 4242 4242");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByRole("radio", { name: /4242/ })).toBeChecked();
  await page.getByRole("button", { name: "Accept this plan" }).click();
  await expect(page.getByText("Your plan has begun.")).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("region", { name: "Payment plan", exact: true })).toContainText("Running");
  await expect(offer).toHaveCount(0);
});
