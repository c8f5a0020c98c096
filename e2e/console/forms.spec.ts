import { randomUUID } from "node:crypto";

import { type Page } from "@playwright/test";
import { eq } from "drizzle-orm";

import { accounts, invoices, logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { fileDispute } from "../../server/domains/disputes/index.ts";
import { type Cast, issueBill, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

const PASSWORD = "demo-remit-2026";

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
});

const pathOf = async (part: string): Promise<string> => {
  const [account] = await withDatabase("e2e", ({ db }) =>
    db.select({ number: accounts.number }).from(accounts).where(eq(accounts.id, cast.accountId)),
  );
  return `/console/accounts/${encodeURIComponent(account?.number ?? "")}/${part}`;
};
const open = async (page: Page, path: string) => {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
};

test("a policy says next to its button that it is saved, and leaves alone what is typed into the others", async ({
  browser,
}) => {
  const { page } = await signIn(browser, "admin@demo.test", PASSWORD);
  await open(page, "/console/policies");
  const [reminders, fees] = [
    page.getByRole("region", { name: "Reminders" }),
    page.getByRole("region", { name: "Late fees" }),
  ];
  await reminders.getByLabel("Why this changes").fill("half a thought");
  await fees.getByLabel("Days of grace").focus();
  await page.keyboard.press("Enter");
  const why = fees.getByLabel("Why this changes");
  await expect(why).toBeFocused();
  await expect(why).toHaveAccessibleDescription(/\w/);
  await page.keyboard.type("Looked at");
  await page.keyboard.press("Enter");
  const saved = fees.getByText("Saved. It holds from now on.");
  await expect(saved).toBeInViewport();
  await expect(fees.getByRole("status")).toBeFocused();
  await expect(why).toHaveValue("");
  await expect(reminders.getByLabel("Why this changes")).toHaveValue("half a thought");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("And");
  await expect(saved).toHaveCount(0);
});

test("the clock of one kind of dispute is set, and its row says so", async ({ browser }) => {
  const { page } = await signIn(browser, "admin@demo.test", PASSWORD);
  await open(page, "/console/policies");
  const row = page.getByRole("region", { name: "Days for a dispute" }).getByRole("listitem").filter({
    hasText: "Already paid",
  });
  await row.getByText("Set days").click();
  await row.getByLabel("Why this changes").fill("Receipts take a week");
  await page.keyboard.press("Enter");
  await expect(row.getByRole("status")).toBeFocused();
  await expect(row).toContainText("Acknowledged within 30");
  await row.getByText("Change", { exact: false }).first().click();
  await row.getByLabel("Why this changes").fill("As it was");
  await row.getByRole("button", { name: "Use the days of every dispute instead" }).click();
  await expect(row).toContainText("As every dispute");
});

test("whoever suspends without a reason is told at the field; an invitation is told beside its button", async ({
  browser,
}) => {
  const { page } = await signIn(browser, "admin@demo.test", PASSWORD);
  await open(page, "/console/staff");
  const row = page.getByRole("row").filter({ hasText: cast.rep });
  await row.getByText("Suspend", { exact: false }).first().click();
  await row.getByRole("button", { name: "Suspend" }).click();
  const why = row.getByRole("textbox", { name: "Why, for the log" });
  await expect(why).toBeFocused();
  await expect(why).toHaveAccessibleDescription("Say why, for the log.");

  await page.getByLabel("E-mail").fill("no address");
  await page.getByRole("textbox", { name: "Name" }).fill("Ines");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue("no address");
  await page.getByLabel("E-mail").fill(`new-${cast.rep}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The invitation is on its way" })).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue("");
});

test("details say that they are saved where the button stands", async ({ browser }) => {
  const { page } = await signIn(browser, cast.rep, cast.password);
  await open(page, await pathOf("details"));
  await page.getByLabel("Phone").fill("+1 207 555 0177");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeFocused();
  await expect(page.getByLabel("Phone")).toHaveValue("+1 207 555 0177");
});

test("a deposit of a day to come is told at the day, and what was ticked stays ticked", async ({ browser }) => {
  await issueBill(cast.accountId, "30.00");
  const { page } = await signIn(browser, cast.rep, cast.password);
  await open(page, await pathOf("payments/record"));
  await page.getByRole("textbox", { name: "Amount" }).fill("30.00");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Recorded." })).toBeInViewport();

  await open(page, "/console/deposits");
  const number = cast.customer.replace(/^ana-(.*)@.*$/, "E2E-$1");
  const tick = page.getByRole("row").filter({ hasText: number }).getByRole("checkbox");
  const today = await page.getByLabel("Deposited on").inputValue();
  await tick.check();
  await page.getByLabel("Deposited on").fill("2199-01-01");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByLabel("Deposited on")).toBeFocused();
  await expect(page.getByLabel("Deposited on")).toHaveAccessibleDescription("This day has not come yet.");
  await expect(tick).toBeChecked();
  await page.getByLabel("Deposited on").fill(today);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Deposited." })).toBeFocused();
});

test("a promised day that is too far out stays typed, and one that holds says so", async ({ browser }) => {
  await issueBill(cast.accountId, "30.00");
  const { page } = await signIn(browser, cast.rep, cast.password);
  await open(page, await pathOf("reminders"));
  const promise = page.getByRole("region", { name: "Promise to pay" });
  const day = promise.getByLabel("To be paid by");
  const fits = await day.inputValue();
  await day.fill("2199-01-01");
  await promise.getByRole("button", { name: "Promise this day" }).click();
  await expect(day).toBeFocused();
  await expect(day).toHaveAttribute("aria-invalid", "true");
  await expect(day).toHaveValue("2199-01-01");
  await day.fill(fits);
  await promise.getByRole("button", { name: "Promise this day" }).click();
  await expect(promise.getByRole("status").filter({ hasText: "Reminders wait until that day is over." })).toBeVisible();
});

test("Enter in the question to a customer asks it, and an empty one is told at the field", async ({ browser }) => {
  await issueBill(cast.accountId, "30.00");
  const number = await fileCase();
  const { page } = await signIn(browser, cast.rep, cast.password);
  await open(page, `/console/disputes/${number}`);
  const panel = page.getByRole("region", { name: `Dispute ${number}` });
  await panel.getByText("Ask the customer").click();
  const question = panel.getByRole("textbox", { name: "Question" });
  await question.focus();
  await page.keyboard.press("Enter");
  await expect(question).toHaveAccessibleDescription("Write the question that the customer shall answer.");
  await expect(question).toBeFocused();
  await page.keyboard.type("Which day was it?");
  await expect(panel.getByRole("button", { name: "Ask", exact: true })).not.toHaveAttribute("aria-busy");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("Waiting for customer");
});

/** A case about the account's bill. Answers its number. */
const fileCase = (): Promise<string> =>
  withDatabase("e2e", async ({ db, ctx }) => {
    const [bill] = await db.select().from(invoices).where(eq(invoices.accountId, cast.accountId));
    const [person] = await db.select().from(logins).where(eq(logins.email, cast.customer));
    if (!bill || !person) throw new Error("there is no bill to dispute");
    const { id: loginId, name, email, locale } = person;
    const rights = new Map([[cast.accountId, "pay" as const]]);
    const filed = await fileDispute({
      ctx: { ...ctx, actor: { kind: "customer", loginId, name, email, locale, accounts: rights } },
      input: {
        ...{ accountId: cast.accountId, invoiceId: bill.id, lineId: null, amountMinor: 10_00n, reason: "other" },
        ...{ description: "Too much.", fileIds: [], clientKey: randomUUID() },
      },
    });
    if (!filed.ok) throw new Error(filed.reason);
    return filed.value.number;
  });
