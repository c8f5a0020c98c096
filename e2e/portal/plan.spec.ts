import { eq } from "drizzle-orm";

import { axeFindings } from "../axe.ts";
import { conversations } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { issueBill, makeCast, signIn } from "../live/people.ts";
import { typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("a customer proposes a plan on a phone, a rep approves it on its card, the first payment is taken by itself", async ({
  browser,
}) => {
  const cast = await makeCast();
  await issueBill(cast.accountId, "120.00");
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/pay?amount=other");
  await page.getByRole("textbox", { name: "Amount" }).fill("10.00");
  await typeCard(page, "4242 4242 4242 4242");
  await page.getByLabel("Save it to this account").check();
  await page.getByLabel("Why not all of it?").selectOption({ label: "I pay the rest later" });
  await page.getByRole("button", { name: "Pay $10.00" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();

  await page.goto("/plans/new");
  await page.getByLabel(/Paid at once/).fill("110.00");
  await page.getByRole("button", { name: "Show the schedule" }).click();
  await expect(page.getByText("That would pay all of it at once: no plan is needed.").first()).toBeVisible();
  await page.getByLabel(/Paid at once/).fill("20.00");
  await page.getByRole("button", { name: "Show the schedule" }).click();
  const schedule = page.getByRole("table", { name: "Instalments" });
  await expect(schedule).toContainText("At once");
  await expect(schedule).toContainText("$110.00");
  await expect(page.getByText("$30.00").first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Propose this plan" }).click();
  await expect(page.getByRole("region", { name: "Amount" })).toContainText("Waits for approval");
  const plan = page.url();

  const number = await withDatabase("e2e", async ({ db }) => {
    const [row] = await db.select().from(conversations).where(eq(conversations.accountId, cast.accountId));
    return row?.number ?? "";
  });
  const sam = await signIn(browser, cast.rep, cast.password);
  await sam.page.goto(`/console/c/${number}`);
  const card = sam.page.getByRole("article").filter({ hasText: "Payment plan proposed" });
  await expect(card).toContainText("3 instalments, every month");
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(card).toContainText("Running");

  await expect(page.getByRole("region", { name: "Amount" })).toContainText("Running");
  await page.goto(plan);
  await expect(page.getByRole("region", { name: "Amount" })).toContainText("$90.00", { timeout: 40_000 });
  await expect(schedule.getByRole("link", { name: "Paid" })).toBeVisible();
  // The address from which it was agreed to belongs to the mandate; it is nothing to pay from.
  const mandate = page.getByRole("region", { name: "What was agreed to" });
  await expect(mandate).toContainText("I authorize");
  await expect(mandate).toContainText(/Agreed to by Ana .* on .*, from the network address \S+\./);
  await expect(page.getByRole("region", { name: "Paid from" })).toHaveText(/^Paid from\s*Visa ··4242$/);
  expect(await axeFindings(page)).toEqual([]);
  await page.goto("/account");
  await expect(page.getByRole("region", { name: "Payment plan" })).toContainText("3 instalments");

  await page.goto(plan);
  await page.getByRole("button", { name: /and finish/ }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
  await page.goto(plan);
  await expect(page.getByRole("region", { name: "Amount" })).toContainText("Paid off", { timeout: 30_000 });
});
