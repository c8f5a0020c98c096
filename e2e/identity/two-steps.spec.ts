import { randomUUID } from "node:crypto";

import { type Browser, type Page } from "@playwright/test";

import { axeFindings } from "../axe.ts";
import { logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { hashPassword, stepAt, totpCode } from "../../server/domains/auth/index.ts";
import { makeCast } from "../live/people.ts";
import { expect, test } from "../test.ts";

const password = `pw-${randomUUID()}`;

async function makeRep(): Promise<string> {
  const email = `new-${randomUUID().slice(0, 8)}@e2e.test`;
  const dataDir = process.env["REMIT_E2E_DATA_DIR"];
  if (dataDir) process.env["DATA_DIR"] = dataDir;
  await withDatabase("e2e", async ({ db }) => {
    await db.insert(logins).values({ email, name: "Noor", role: "rep", passwordHash: await hashPassword(password) });
  });
  return email;
}

async function typePassword(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const expectClean = async (page: Page) => {
  expect(await axeFindings(page)).toEqual([]);
};

/** Sets the app up on the page that stands open; answers its secret and the recovery codes. */
async function enrol(page: Page): Promise<{ secret: string; codes: string[]; step: number }> {
  const secret = (await page.getByLabel("Key", { exact: true }).innerText()).replace(/\s/g, "");
  const step = stepAt(Date.now());
  await page.getByLabel("Code", { exact: true }).fill(totpCode(secret, step));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByRole("heading", { name: "Keep your recovery codes" })).toBeVisible();
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  return { secret, codes, step };
}

test("staff set their app up before anything else works, and a code works once", async ({ browser }) => {
  const email = await makeRep();
  const page = await (await browser.newContext()).newPage();
  await typePassword(page, { email, password });
  await expect(page).toHaveURL(/\/second-factor/);
  await expectClean(page);
  await page.goto("/console");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/second-factor");
  const { secret, codes, step } = await enrol(page);
  await expectClean(page);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page).toHaveURL(/\/console/);

  const other = await (await browser.newContext()).newPage();
  await typePassword(other, { email, password });
  await expect(other).toHaveURL(/\/sign-in\/code/);
  await expectClean(other);
  await other.getByLabel("Code", { exact: true }).fill(totpCode(secret, step));
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByText("This code does not work.").first()).toBeVisible();
  await other.goto("/console");
  await expect(other).toHaveURL(/\/sign-in/);

  await other.goto("/sign-in/code");
  await other.getByLabel("Code", { exact: true }).fill((codes[0] ?? "").toLowerCase());
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other).toHaveURL(/\/console/);
  await twiceRefused(browser, { email, code: codes[0] ?? "" });
});

async function twiceRefused(browser: Browser, { email, code }: { email: string; code: string }): Promise<void> {
  const page = await (await browser.newContext()).newPage();
  await typePassword(page, { email, password });
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("This code does not work.").first()).toBeVisible();
}

test("without JavaScript a customer turns two-step sign-in on, and the codes are shown", async ({ browser }) => {
  const cast = await makeCast();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await typePassword(page, { email: cast.customer, password: cast.password });
  await expect(page).toHaveURL(/\/account/);
  await page.goto("/second-factor");
  await enrol(page);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page).toHaveURL(/\/settings\/security/);
});
