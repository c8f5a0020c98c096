import { randomUUID } from "node:crypto";

import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type WebSocketRoute,
} from "@playwright/test";

import { like } from "drizzle-orm";

import { currency } from "../../app/contracts/currency.ts";
import { addDays, localDateOf } from "../../app/contracts/local-date.ts";
import { accountPeople, accounts, logins, rateLimits } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { issueInvoice } from "../../server/domains/invoices/index.ts";
import { hashPassword } from "../../server/domains/auth/index.ts";

import { giveFactor, passSecondStep } from "./second-step.ts";

export type Cast = { accountId: string; customer: string; rep: string; password: string };

/** A customer with an account of their own, and a rep: made in the running server's database, so that no demo data is needed. */
export async function makeCast(): Promise<Cast> {
  const dataDir = process.env["REMIT_E2E_DATA_DIR"];
  if (dataDir) process.env["DATA_DIR"] = dataDir;
  const tag = randomUUID().slice(0, 8);
  const password = `pw-${randomUUID()}`;
  const [customer, rep] = [`ana-${tag}@e2e.test`, `sam-${tag}@e2e.test`];
  const accountId = await withDatabase("e2e", async ({ db }) => {
    // All browsers of a run sit behind one address, which may sign in only so often: each cast is a new neighbourhood.
    await db.delete(rateLimits).where(like(rateLimits.key, "%:ip:%"));
    const passwordHash = await hashPassword(password);
    const [ana] = await db
      .insert(logins)
      .values([
        { email: customer, name: `Ana ${tag}`, role: "customer", passwordHash },
        { email: rep, name: `Sam ${tag}`, role: "rep", passwordHash },
      ])
      .returning();
    const [account] = await db
      .insert(accounts)
      .values({ number: `E2E-${tag}`, name: `Ana ${tag}`, currency: currency("USD"), zone: "UTC" })
      .returning();
    if (!ana || !account) throw new Error("the cast was not made");
    await db.insert(accountPeople).values({ accountId: account.id, loginId: ana.id, right: "pay" });
    return account.id;
  });
  await giveFactor(rep);
  return { accountId, customer, rep, password };
}

/** A bill of one line, due in two weeks, issued beside the running server. */
export async function issueBill(accountId: string, amount: string): Promise<void> {
  await withDatabase("e2e", async ({ ctx }) => {
    const today = localDateOf(ctx.now, "UTC");
    const lines = [{ description: "Water", unitPrice: amount }];
    const dates = { issuedOn: today, dueOn: addDays(today, 14) };
    const issued = await issueInvoice({ ctx, input: { accountId, ...dates, lines, idempotencyKey: randomUUID() } });
    if (!issued.ok) throw new Error(issued.reason);
  });
}

/** A browser of one's own, signed in. */
export async function signIn(
  browser: Browser,
  email: string,
  password: string,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await passSecondStep(page, email);
  return { context, page };
}

/**
 * Makes a browser's line one that can be cut: taking a page offline leaves its WebSockets standing. To be called before
 * the page is loaded again. Cutting answers how to mend.
 */
export async function cuttable({ context }: { context: BrowserContext }): Promise<() => Promise<() => Promise<void>>> {
  let whole = true;
  const open = new Set<WebSocketRoute>();
  await context.routeWebSocket(/socket\.io/, (socket) => {
    if (!whole) return void socket.close();
    open.add(socket);
    socket.connectToServer();
  });
  return async () => {
    whole = false;
    await context.setOffline(true);
    await Promise.all([...open].map((socket) => socket.close()));
    open.clear();
    return async () => {
      whole = true;
      await context.setOffline(false);
    };
  };
}
