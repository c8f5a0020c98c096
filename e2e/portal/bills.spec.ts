import { randomUUID } from "node:crypto";

import { type Page } from "@playwright/test";

import { axeFindings } from "../axe.ts";
import { addDays } from "../../app/contracts/local-date.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { todayIn } from "../../server/domains/business/index.ts";
import { issueInvoice } from "../../server/domains/invoices/index.ts";
import { recordManualPayment } from "../../server/domains/payments/index.ts";
import { type Cast, makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

type Issued = { invoiceId: string; number: string };

/** One bill that is late and one that has time: 42.10 and 112.10. */
async function issueTwo(accountId: string): Promise<{ late: Issued; next: Issued }> {
  return withDatabase("e2e", async ({ ctx }) => {
    const today = todayIn("UTC", ctx.now);
    const issue = async (dueInDays: number, unitPrice: string): Promise<Issued> => {
      const dueOn = addDays(today, dueInDays);
      const lines = [
        {
          description: "Water use",
          explanation: "What ran through your meter.",
          quantity: "10",
          unit: "CCF",
          unitPrice,
        },
      ];
      const input = { accountId, issuedOn: addDays(dueOn, -24), dueOn, lines, silent: true };
      const issued = await issueInvoice({ ctx, input: { ...input, idempotencyKey: randomUUID() } });
      if (!issued.ok) throw new Error(issued.reason);
      return issued.value;
    };
    return { late: await issue(-9, "4.21"), next: await issue(4, "11.21") };
  });
}

let cast: Cast;
let bills: { late: Issued; next: Issued };
test.beforeEach(async () => {
  cast = await makeCast();
  bills = await issueTwo(cast.accountId);
});

const toPay = (page: Page) => page.getByRole("region", { name: "To pay now" });
/** One of the four numbers beside it: the definition after its term. */
const fact = (page: Page, name: string) =>
  toPay(page).getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd");

test("the landing tells what to pay and why, and leads to a bill, its lines and its paper", async ({ browser }) => {
  const { page, context } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/account");
  await expect(toPay(page)).toContainText("$154.20");
  await expect(fact(page, "Past due")).toHaveText("$42.10");
  await expect(fact(page, "In dispute")).toHaveText("$0.00");
  await expect(fact(page, "Credit")).toHaveText("$0.00");
  await expect(fact(page, "Next draft")).toContainText("None");
  await expect(page.getByRole("link", { name: "Pay $154.20" })).toHaveAttribute("href", "/pay");

  await expect(page.getByRole("region", { name: "How late it is" })).toContainText("Open");

  const opened = page.waitForResponse((answer) => answer.url().endsWith(`/bills/${bills.late.number}/opened`));
  await page.getByRole("link", { name: bills.late.number, exact: true }).click();
  await expect(page.getByRole("heading", { name: `Bill ${bills.late.number}` })).toBeVisible();
  expect((await opened).status()).toBe(204);
  await page.reload();
  await expect(page.getByRole("list", { name: "What happened to this bill" })).toContainText("Opened");
  await expect(page.getByRole("cell", { name: /What ran through your meter/ })).toBeVisible();
  await expect(page.getByText("10 CCF × $4.21")).toBeVisible();
  const paper = await context.request.get(`/bills/${bills.late.number}/bill.pdf`);
  expect(paper.headers()).toMatchObject({ "content-type": "application/pdf", "x-content-type-options": "nosniff" });
  expect((await paper.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("what is owed moves on an open page when money comes in elsewhere", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/account");
  await expect(toPay(page)).toContainText("$154.20");
  await withDatabase("e2e", async ({ ctx }) => {
    const recorded = await recordManualPayment({
      ctx,
      input: {
        accountId: cast.accountId,
        kind: "check",
        amountMinor: 42_10n,
        bills: [{ invoiceId: bills.late.invoiceId, amountMinor: 42_10n }],
        receivedOn: todayIn("UTC", ctx.now),
        reference: "1042",
        idempotencyKey: randomUUID(),
      },
    });
    expect(recorded).toMatchObject({ ok: true });
  });
  await expect(toPay(page)).toContainText("$112.10");
  await expect(fact(page, "Past due")).toHaveText("$0.00");
});

test("bills are filtered and searched without script, on a phone", async ({ browser }) => {
  const { context } = await signIn(browser, cast.customer, cast.password);
  const phone = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    storageState: await context.storageState(),
  });
  const page = await phone.newPage();
  await page.goto("/bills");
  await page.getByRole("link", { name: "Paid" }).click();
  await expect(page.getByText("Nothing is paid yet")).toBeVisible();
  await page.getByRole("link", { name: "Open", exact: true }).click();
  await page.getByLabel("Search by number, amount or word").fill("112.10");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("link", { name: bills.next.number })).toBeVisible();
});

test("somebody else's bill looks like one that does not exist", async ({ browser }) => {
  const stranger = await makeCast();
  const { page, context } = await signIn(browser, stranger.customer, stranger.password);
  const answer = await page.goto(`/bills/${bills.late.number}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  const paper = await context.request.get(`/bills/${bills.late.number}/bill.pdf`);
  expect(paper.status()).toBe(404);
});

test("what is typed into a dispute survives a reload and the end of the session", async ({ browser }) => {
  const { page, context } = await signIn(browser, cast.customer, cast.password);
  await page.goto(`/disputes/new?bill=${bills.late.number}`, { waitUntil: "networkidle" });
  await page.getByLabel("Another amount").check();
  await page.getByLabel("What happened?").fill("A long story, typed with care");
  await page.reload();
  await expect(page.getByLabel("What happened?")).toHaveValue("A long story, typed with care");
  await page.getByRole("textbox", { name: "Amount in question" }).fill("2.00");

  await context.clearCookies();
  await page.getByRole("button", { name: "Send dispute" }).click();
  await page.getByLabel("E-mail").fill(cast.customer);
  await page.getByLabel("Password", { exact: true }).fill(cast.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("What happened?")).toHaveValue("A long story, typed with care");
  await expect(page.getByRole("textbox", { name: "Amount in question" })).toHaveValue("2.00");
  await page.getByRole("button", { name: "Send dispute" }).click();
  await expect(page.getByRole("heading", { name: /^Dispute DSP-/ })).toBeVisible();
  await page.goto(`/disputes/new?bill=${bills.late.number}`);
  await expect(page.getByLabel("What happened?")).toHaveValue("");
});

test("axe finds nothing on the portal's pages, light and dark", async ({ browser }) => {
  const { page } = await signIn(browser, cast.customer, cast.password);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/account", "/bills", `/bills/${bills.late.number}`, "/activity", "/settings/methods"]) {
      await page.goto(path);
      expect(await axeFindings(page), `${path}, ${colorScheme}`).toEqual([]);
    }
  }
});
