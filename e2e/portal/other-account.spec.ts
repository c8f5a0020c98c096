import { type Browser, type Page } from "@playwright/test";
import { eq } from "drizzle-orm";

import { accountPeople, accounts, logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { type Cast, issueBill, makeCast, signIn } from "../live/people.ts";
import { attemptsOf, payButton, typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

/** The account of one cast is also the other customer's, to manage. Answers its number. */
const share = ({ accountId }: Cast, { customer }: Cast): Promise<string> =>
  withDatabase("e2e", async ({ db }) => {
    const [login] = await db.select().from(logins).where(eq(logins.email, customer));
    const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
    if (!login || !account) throw new Error("the cast is not there");
    await db.update(accountPeople).set({ right: "manage" }).where(eq(accountPeople.loginId, login.id));
    await db.insert(accountPeople).values({ accountId, loginId: login.id, right: "manage" });
    return account.number;
  });

async function choose(page: Page, number: string): Promise<void> {
  await page.goto("/accounts");
  await page.getByRole("button", { name: new RegExp(number) }).click();
  await expect(page).toHaveURL(/\/account$/);
}

/** One login with two accounts that owe the same, and their numbers; the first one is looked at. */
async function twoAccounts(browser: Browser) {
  const [first, second] = [await makeCast(), await makeCast()];
  await issueBill(first.accountId, "80.00");
  await issueBill(second.accountId, "80.00");
  const theirs = await share(second, first);
  const { page, context } = await signIn(browser, first.customer, first.password);
  const own = `E2E-${first.customer.replace(/^ana-|@.*$/g, "")}`;
  await choose(page, own);
  return { page, context, first, second, own, theirs };
}

test("a payment that was begun for one account is not made on another that was chosen meanwhile", async ({
  browser,
}) => {
  const { page, context, first, second, theirs } = await twoAccounts(browser);
  await page.goto("/pay?amount=other");
  await page.getByRole("textbox", { name: "Amount" }).fill("33.00");
  await page.getByLabel("Why not all of it?").selectOption({ label: "I pay the rest later" });
  await typeCard(page, "4242 4242 4242 4242");
  await choose(await context.newPage(), theirs);
  await payButton(page).click();
  await expect(page.getByText(`Another account was chosen meanwhile, so nothing was done.`)).toBeVisible();
  await expect(page.getByText(`This is now account ${theirs}`)).toBeVisible();
  expect(await attemptsOf(first)).toEqual([]);
  expect(await attemptsOf(second)).toEqual([]);
  // Who presses again was told which account it is.
  await payButton(page).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
  expect(await attemptsOf(second)).toEqual(["settled"]);
});

test("nobody is invited to, and nothing is promised for, an account that was chosen meanwhile", async ({ browser }) => {
  const { page, context, own, theirs } = await twoAccounts(browser);
  const other = await context.newPage();
  await page.goto("/settings/people");
  await page.getByRole("textbox", { name: "E-mail" }).fill("friend@e2e.test");
  await choose(other, theirs);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("Another account was chosen meanwhile")).toBeVisible();
  await expect(page.getByText(`Who reaches account ${theirs}`)).toBeVisible();
  await page.goto("/settings/people");
  await expect(page.getByRole("main")).not.toContainText("Invited");

  await page.goto("/promise");
  await choose(other, own);
  await page.getByLabel("To be paid by").fill((await page.getByLabel("To be paid by").getAttribute("min")) ?? "");
  await page.getByRole("button", { name: "Promise this day" }).click();
  await expect(page.getByText("Another account was chosen meanwhile")).toBeVisible();
  await page.goto("/promise");
  await expect(page.getByText("You promised to pay")).toHaveCount(0);
});

test("a question goes to no account that was chosen meanwhile, and what was typed stays", async ({ browser }) => {
  const { page, context, own, theirs } = await twoAccounts(browser);
  const other = await context.newPage();
  await page.goto("/messages");
  await page.getByRole("textbox", { name: "Your message" }).fill("Why so much?");
  await choose(other, theirs);
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText(`This is now account ${theirs}`)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your message" })).toHaveValue("Why so much?");
  // Who presses again was told which account it is.
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByRole("log")).toContainText("Why so much?");

  await page.goto("/statements");
  await choose(other, own);
  await page.getByRole("button", { name: /^Stop mailing them|^Mail me one/ }).click();
  await expect(page.getByText(`This is now account ${own}`)).toBeVisible();
});
