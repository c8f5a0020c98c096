import { expect, type Page } from "@playwright/test";
import { eq, inArray } from "drizzle-orm";

import { logins, totpSecrets } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { giveTotp, stepAt, totpCode } from "../../server/domains/auth/index.ts";
import { DEMO_TOTP_SECRET } from "../../server/demo/demo-factor.ts";

/** Secrets that a page has shown; every other login has the demo's. */
const shown = new Map<string, string>();

/** What the app of somebody shows now. */
export const codeOf = (email: string): string => totpCode(shown.get(email) ?? DEMO_TOTP_SECRET, stepAt(Date.now()));

/** Gives a login that a test has made the demo's secret, so that it need not be set up on a page. */
export async function giveFactor(email: string): Promise<void> {
  await withDatabase("e2e", async ({ db, ctx }) => {
    const [login] = await db.select({ id: logins.id }).from(logins).where(eq(logins.email, email));
    if (!login) throw new Error(`nobody signs in as ${email}`);
    await giveTotp({ ctx, input: { loginId: login.id, secret: DEMO_TOTP_SECRET } });
  });
}

/**
 * A code is taken once (S22), and one person signs in several times within half a minute here: their used codes are
 * forgotten first. What is refused in between is for e2e/identity to prove.
 */
export async function forgetUsedCodes(email: string): Promise<void> {
  await withDatabase("e2e", async ({ db }) => {
    const whose = db.select({ id: logins.id }).from(logins).where(eq(logins.email, email));
    await db.update(totpSecrets).set({ lastStep: 0 }).where(inArray(totpSecrets.loginId, whose));
  });
}

/** The step after the password, where there is one: a code of the app, or setting the app up. */
export async function passSecondStep(page: Page, email: string): Promise<void> {
  await expect(page).not.toHaveURL(/\/sign-in(\?|$)/);
  if (page.url().includes("/second-factor")) {
    const key = await page.getByLabel("Key", { exact: true }).innerText();
    shown.set(email, key.replace(/\s/g, ""));
    await page.getByLabel("Code", { exact: true }).fill(codeOf(email));
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.getByRole("link", { name: "I have kept them" }).click();
  } else if (page.url().includes("/sign-in/code")) {
    await forgetUsedCodes(email);
    await page.getByLabel("Code", { exact: true }).fill(codeOf(email));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  await expect(page).not.toHaveURL(/sign-in|second-factor/);
}
