import { randomUUID } from "node:crypto";

import { type Browser, type Page } from "@playwright/test";

import { addDays } from "../../app/contracts/local-date.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { todayIn } from "../../server/domains/business/index.ts";
import { issueInvoice } from "../../server/domains/invoices/index.ts";
import { listPayments } from "../../server/domains/payments/index.ts";
import { type Cast, signIn } from "../live/people.ts";

/** Two bills: one of 42.10 that is late, one of 112.10 that is due soon. */
export async function issueTwoBills({ accountId }: Cast): Promise<void> {
  await withDatabase("e2e", async ({ ctx }) => {
    const today = todayIn("UTC", ctx.now);
    for (const [dueInDays, unitPrice] of [
      [-9, "42.10"],
      [4, "112.10"],
    ] as const) {
      const dueOn = addDays(today, dueInDays);
      const input = { accountId, issuedOn: addDays(dueOn, -24), dueOn, silent: true };
      const lines = [{ description: "Water", unitPrice }];
      const issued = await issueInvoice({ ctx, input: { ...input, lines, idempotencyKey: randomUUID() } });
      if (!issued.ok) throw new Error(issued.reason);
    }
  });
}

/** What became of every attempt on the account, sorted. */
export const attemptsOf = ({ accountId }: Cast) =>
  withDatabase("e2e", async ({ db }) => (await listPayments(db, { accountId })).items.map(({ state }) => state).sort());

export async function openPay(browser: Browser, cast: Cast): Promise<Page> {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/pay");
  return page;
}

export const cardForm = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]');
export const payButton = (page: Page) => page.getByRole("button", { name: /^Pay \$/ });

export async function typeCard(page: Page, number: string): Promise<void> {
  const form = cardForm(page);
  await form.getByLabel("Card number").fill(number);
  await form.getByLabel("Expiration date").fill("12 / 34");
  await form.getByLabel("Security code").fill("123");
  await form.getByLabel("ZIP").fill("12345");
}
