import { withDatabase } from "../../server/cli/with-database.ts";
import { getAccount } from "../../server/domains/accounts/index.ts";
import { expect, test } from "../test.ts";
import { issueBill, makeCast, signIn } from "./people.ts";

test("from a bill's page a rep finds the way to its credit, in the conversation where the customer sees it", async ({
  browser,
}) => {
  const cast = await makeCast();
  await issueBill(cast.accountId, "60.00");
  await issueBill(cast.accountId, "40.00");
  const { number } = await withDatabase("e2e", async ({ db }) => getAccount(db, cast.accountId));
  const { page: sam } = await signIn(browser, cast.rep, cast.password);
  await sam.goto(`/console/accounts/${encodeURIComponent(number)}/bills`);
  const row = sam.getByRole("row").filter({ hasText: "$40.00" });
  const bill = (await row.getByRole("link").textContent()) ?? "";
  await row.getByRole("link").click();
  const credit = sam.getByRole("region", { name: "Credit" });
  await credit.getByRole("link", { name: "Start one" }).click();
  await expect(sam.getByRole("heading", { name: "Conversations" })).toBeVisible();

  const { page: ana } = await signIn(browser, cast.customer, cast.password);
  await ana.goto("/messages");
  await ana.getByRole("textbox", { name: "Your message" }).fill("The water was off for a day.");
  await ana.getByRole("button", { name: "Send message" }).click();
  await expect(ana.getByRole("log", { name: "Messages" })).toContainText("The water was off for a day.");

  await sam.goto(`/console/accounts/${encodeURIComponent(number)}/bills/${bill}`);
  await credit.getByRole("link", { name: "Credit this bill" }).click();
  await expect(sam.getByRole("heading", { name: "Give a credit" })).toBeVisible();
  await expect(sam.getByLabel("On", { exact: true }).locator("option:checked")).toContainText(bill);
  await sam.getByRole("textbox", { name: "Amount" }).fill("5.00");
  await sam.getByRole("button", { name: "Give credit" }).click();
  await expect(ana.getByRole("log", { name: "Messages" })).toContainText("$5.00");
  await ana.goto(`/bills/${bill}`);
  await expect(ana.getByRole("main")).toContainText("$35.00");
});
