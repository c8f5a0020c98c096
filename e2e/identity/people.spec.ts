import { eq } from "drizzle-orm";
import { type Page } from "@playwright/test";

import { axeFindings } from "../axe.ts";
import { accountPeople, accounts, mails } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { type Cast, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

async function manager(): Promise<Cast> {
  const cast = await makeCast();
  await withDatabase("e2e", ({ db }) =>
    db.update(accountPeople).set({ right: "manage" }).where(eq(accountPeople.accountId, cast.accountId)),
  );
  return cast;
}

/** Where the link of the newest mail of this kind to somebody leads. */
async function mailedPath(kind: string, to: string): Promise<string> {
  return withDatabase("e2e", async ({ db }) => {
    const rows = await db.select().from(mails).where(eq(mails.toAddress, to)).orderBy(mails.id);
    return String(rows.filter((mail) => mail.kind === kind).at(-1)?.data["path"]);
  });
}

const expectClean = async (page: Page) => {
  expect(await axeFindings(page)).toEqual([]);
};

test("whoever manages an account invites somebody, who then sees it; a right is changed and taken away", async ({
  browser,
}) => {
  const cast = await manager();
  const friend = cast.customer.replace("ana-", "bo-");
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Who else reaches this account" }).click();
  await page.getByLabel("E-mail").fill(friend);
  await page.getByLabel("What they may do").selectOption("view");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  await expect(page.getByText("Invited")).toBeVisible();
  await expectClean(page);

  const other = await (await browser.newContext()).newPage();
  await other.goto(await mailedPath("invite", friend));
  await other.getByLabel("Your name").fill("Bo");
  await other.getByRole("button", { name: "Open the account" }).click();
  await expect(other).toHaveURL(/\/account/);
  expect((await other.goto("/settings/people"))?.status()).toBe(403);

  await page.reload();
  await page.getByLabel("Right of Bo", { exact: true }).selectOption("none");
  await page.getByRole("button", { name: "Change the right of Bo" }).click();
  await expect(page.getByText("Changed. It counts from the next page")).toBeVisible();
  await other.goto("/account");
  await expect(other).toHaveURL(/\/claim/);

  await page.getByRole("button", { name: /^Change the right of Ana/ }).waitFor();
  await page.getByLabel(/^Right of Ana [0-9a-f]+$/).selectOption("view");
  await page.getByRole("button", { name: /^Change the right of Ana/ }).click();
  await expect(page.getByText("Somebody has to manage this account.")).toBeVisible();
});

test("an invitation is withdrawn, and its link leads nowhere", async ({ browser }) => {
  const cast = await manager();
  const friend = cast.customer.replace("ana-", "cy-");
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/settings/people");
  await page.getByLabel("E-mail").fill(friend);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("button", { name: `Withdraw the invitation of ${friend}` }).click();
  await expect(page.getByText("The invitation is withdrawn.")).toBeVisible();
  await page.goto(await mailedPath("invite", friend));
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("one login with two accounts chooses between them", async ({ browser }) => {
  const [cast, second] = [await manager(), await manager()];
  await withDatabase("e2e", async ({ db }) => {
    const [own] = await db.select().from(accountPeople).where(eq(accountPeople.accountId, cast.accountId));
    const row = { accountId: second.accountId, loginId: own?.loginId ?? "", right: "view" as const };
    await db.insert(accountPeople).values(row);
  });
  const numbers = await withDatabase("e2e", async ({ db }) => {
    const [account] = await db.select().from(accounts).where(eq(accounts.id, second.accountId));
    return account?.number ?? "";
  });
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.getByRole("link", { name: "Switch account" }).click();
  await expectClean(page);
  await page.getByRole("button", { name: new RegExp(numbers) }).click();
  await expect(page.getByText(`Account ${numbers}`).first()).toBeVisible();
});

test("an address changes by its own mail, and the old one undoes it", async ({ browser }) => {
  const cast = await makeCast();
  const fresh = cast.customer.replace("ana-", "ana2-");
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/settings/security");
  await page.getByLabel("New address").fill(fresh);
  await page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(page.getByText("a link is on its way to it")).toBeVisible();
  await expectClean(page);
  await page.goto(await mailedPath("confirm_email", fresh));
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByRole("heading", { name: "Your address is changed" })).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(await mailedPath("email_changed", cast.customer));
  await page.getByRole("button", { name: "Undo it" }).click();
  await expect(page.getByRole("heading", { name: "It is undone" })).toBeVisible();
});
