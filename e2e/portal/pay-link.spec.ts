import { type Browser, type Page } from "@playwright/test";
import { asc, eq } from "drizzle-orm";

import { axeFindings } from "../axe.ts";
import { addDays, localDateOf } from "../../app/contracts/local-date.ts";
import { accounts, invoices, payLinks, payments } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { ensurePayLink, revokePayLink } from "../../server/domains/pay-links/index.ts";
import { type Cast, issueBill, makeCast, signIn } from "../live/people.ts";
import { type KeptMail, mailTo } from "../mails.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
let mailbox: string;

test.beforeEach(async () => {
  cast = await makeCast();
  mailbox = cast.customer.replace("ana-", "file-");
  await withDatabase("e2e", async ({ db }) => {
    await db.update(accounts).set({ email: mailbox, postalCode: "04101" }).where(eq(accounts.id, cast.accountId));
  });
});

/** A bill of the cast, with its link: `/p/…`. */
async function linked(amount: string): Promise<{ path: string; invoiceId: string }> {
  await issueBill(cast.accountId, amount);
  return withDatabase("e2e", async ({ ctx, db }) => {
    const bills = await db
      .select()
      .from(invoices)
      .where(eq(invoices.accountId, cast.accountId))
      .orderBy(asc(invoices.id));
    const invoiceId = bills.at(-1)?.id ?? "";
    const link = await ensurePayLink({ ctx, input: { accountId: cast.accountId, invoiceId } });
    return { path: link?.path ?? "", invoiceId };
  });
}

async function onPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  return context.newPage();
}

async function typeCard(page: Page, number: string): Promise<void> {
  const form = page.frameLocator('iframe[title="Secure payment input frame"]');
  await form.getByLabel("Card number").fill(number);
  await form.getByLabel("Expiration date").fill("12 / 34");
  await form.getByLabel("Security code").fill("123");
  await form.getByLabel("ZIP").fill("12345");
}

const payButton = (page: Page) => page.getByRole("button", { name: /^Pay \$/ });

const linkIn = (mail: KeptMail): string => /\/p\/[\w-]+/.exec(mail.plain)?.[0] ?? "";

test("a link opens one bill on a phone and pays it: no session before, none after", async ({ browser }) => {
  const { path } = await linked("42.10");
  const page = await onPhone(browser);
  const { request } = page.context();
  // Paid before it is told of, a bill is not told of.
  const told = await mailTo(request, mailbox, 1);
  expect(told.subject).toMatch(/^Your bill INV-\d+ from .*: \$42\.10, due/);
  expect(linkIn(told)).toBe(path);
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bill INV-");
  await expect(page.getByRole("checkbox", { name: /Save/ })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  await typeCard(page, "4242 4242 4242 4242");
  await expect(payButton(page)).toHaveText("Pay $42.10");
  await payButton(page).click();
  await expect(page).toHaveURL(/\/p\/[\w-]{43}\/paid\/pay_/);
  await expect(page.getByRole("main")).toContainText("Paid");
  await expect(page.getByRole("main")).toContainText("Visa ··4242");
  expect(await axeFindings(page)).toEqual([]);
  const receipt = await request.get(`${page.url()}/receipt.pdf`);
  expect(receipt.headers()["content-type"]).toBe("application/pdf");
  const mail = await mailTo(request, mailbox, 2);
  expect(mail.subject).toContain("Receipt");
  expect(linkIn(mail)).toBe(path);
  const paidAt = page.url().split("/paid/")[1] ?? "";
  const other = await linked("7.00");
  for (const foreign of [`${other.path}/paid/${paidAt}`, `${other.path}/paid/${paidAt}/receipt.pdf`]) {
    expect((await request.get(foreign)).status(), foreign).toBe(404);
  }
  await page.getByRole("link", { name: "Back to the bill" }).click();
  await expect(page.getByRole("main")).toContainText("Nothing is left to pay");
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
  const kept = await withDatabase("e2e", ({ db }) =>
    db.select().from(payments).where(eq(payments.accountId, cast.accountId)),
  );
  expect(kept).toMatchObject([{ state: "settled", madeBy: null, saveMethod: false }]);
});

test("part of a bill, a decline told in place, then another card; more than the bill is not taken", async ({
  browser,
}) => {
  const { path } = await linked("100.00");
  const page = await onPhone(browser);
  await page.goto(path);
  await page.getByText("Part of it").click();
  await page.getByRole("textbox", { name: "Amount" }).fill("120");
  await expect(page.getByText("At most $100.00")).toBeVisible();
  await page.getByRole("textbox", { name: "Amount" }).fill("40");
  await page.getByLabel("Why not all of it?").selectOption("later");
  await typeCard(page, "4000 0000 0000 9995");
  await payButton(page).click();
  await expect(page.getByText("There is not enough money on that card")).toBeVisible();
  await typeCard(page, "4242 4242 4242 4242");
  await payButton(page).click();
  await expect(page.getByRole("main")).toContainText("Left of this bill");
  await page.getByRole("link", { name: "Back to the bill" }).click();
  await expect(payButton(page)).toHaveText("Pay $60.00");
});

test("a link whose days are over leads to a fresh one, by the mail on file", async ({ browser }) => {
  const { path, invoiceId } = await linked("42.10");
  const page = await onPhone(browser);
  expect(linkIn(await mailTo(page.context().request, mailbox, 1))).toBe(path);
  await withDatabase("e2e", async ({ ctx, db }) => {
    const yesterday = addDays(localDateOf(ctx.now, "UTC"), -1);
    await db.update(payLinks).set({ expiresOn: yesterday }).where(eq(payLinks.invoiceId, invoiceId));
  });
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(410);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link has expired");
  await expect(page.getByRole("main")).not.toContainText("42.10");
  await page.getByRole("button", { name: "Mail a fresh link" }).click();
  await expect(page.getByText(/a fresh link is on its way/)).toBeVisible();
  const fresh = linkIn(await mailTo(page.context().request, mailbox, 2));
  expect(fresh).not.toBe(path);
  await page.goto(fresh);
  await expect(payButton(page)).toHaveText("Pay $42.10");
});

test("a revoked link shows nothing of the bill, nor of its documents; an unknown one is not there", async ({
  browser,
}) => {
  const { path, invoiceId } = await linked("42.10");
  const { request } = await browser.newContext();
  expect((await request.get(`${path}/bill.pdf`)).headers()["content-type"]).toBe("application/pdf");
  await withDatabase("e2e", ({ ctx }) => revokePayLink({ ctx, input: { accountId: cast.accountId, invoiceId } }));
  expect((await request.get(path)).status()).toBe(410);
  const paper = await request.get(`${path}/bill.pdf`, { maxRedirects: 0 });
  expect(paper.headers()["location"]).toBe(path);
  const other = path.replace(/.$/, (last) => (last === "A" ? "E" : "A"));
  for (const unknown of [other, "/p/short", `${other}/bill.pdf`, `${other}/paid/pay_1`]) {
    expect((await request.get(unknown, { maxRedirects: 0 })).status(), unknown).toBe(404);
  }
});

test("what stands at a link's address is kept and listed nowhere, and tells no other site of itself", async ({
  browser,
}) => {
  const { path } = await linked("42.10");
  const { request } = await browser.newContext();
  for (const address of [path, `${path}.data`, `${path}/bill.pdf`]) {
    const headers = (await request.get(address)).headers();
    expect(headers["cache-control"], address).toContain("no-store");
    expect(headers["x-robots-tag"], address).toContain("noindex");
    expect(headers["referrer-policy"], address).toBe("same-origin");
    expect(headers["set-cookie"], address).toBeUndefined();
  }
});

test("the look-up answers the same for what exists and what does not, and mails only the address on file", async ({
  browser,
}) => {
  await linked("42.10");
  const number = await withDatabase("e2e", async ({ db }) => {
    const [account] = await db.select().from(accounts).where(eq(accounts.id, cast.accountId));
    return account?.number ?? "";
  });
  const page = await onPhone(browser);
  await mailTo(page.context().request, mailbox, 1);
  const answers: string[] = [];
  for (const [account, code] of [
    [number, "04101"],
    [number, "99999"],
    [`${number}-0`, "04101"],
  ] as const) {
    await page.goto("/lookup");
    await page.getByLabel("Account number").fill(account);
    await page.getByLabel("Postal code").fill(code);
    await page.getByRole("button", { name: "Find my bill" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
    answers.push(await page.getByRole("main").innerText());
  }
  expect(new Set(answers).size).toBe(1);
  const mail = await mailTo(page.context().request, mailbox, 2);
  await page.goto(linkIn(mail));
  await expect(payButton(page)).toHaveText("Pay $42.10");
});

test("staff make a link, and what they switch off is off at once", async ({ browser }) => {
  await issueBill(cast.accountId, "42.10");
  const [account, bill] = await withDatabase("e2e", async ({ db }) => {
    const [one] = await db.select().from(accounts).where(eq(accounts.id, cast.accountId));
    const [issued] = await db.select().from(invoices).where(eq(invoices.accountId, cast.accountId));
    return [one?.number ?? "", issued?.number ?? ""];
  });
  const { page } = await signIn(browser, cast.rep, cast.password);
  await mailTo(page.context().request, mailbox, 1);
  await page.goto(`/console/accounts/${account}/bills/${bill}`);
  const address = page.getByRole("textbox", { name: "Address" });
  const first = await address.inputValue();
  await page.getByRole("button", { name: "Make a new one" }).click();
  await expect(address).not.toHaveValue(first);
  const second = await address.inputValue();
  const customer = await onPhone(browser);
  await customer.goto(first);
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText("There is a newer link");
  await customer.goto(second);
  await expect(payButton(customer)).toHaveText("Pay $42.10");
  await page.getByRole("button", { name: "Switch it off" }).click();
  await expect(page.getByRole("button", { name: "Make a link" })).toBeVisible();
  expect((await customer.goto(second))?.status()).toBe(410);
});

test("a bank that wants to see the payer is told of, and the attempt can be begun anew", async ({ browser }) => {
  const { path } = await linked("42.10");
  const page = await onPhone(browser);
  await page.goto(path);
  await typeCard(page, "4000 0027 6000 3184");
  await payButton(page).click();
  await expect(page.getByRole("dialog", { name: /bank/ })).toBeVisible();
  await page.goto(path);
  await page.getByRole("link", { name: "See how it stands" }).click();
  await expect(page.getByText("Nothing was charged")).toBeVisible();
  await page.getByRole("button", { name: "Start again" }).click();
  await expect(page).toHaveURL(path);
  await expect(payButton(page)).toHaveText("Pay $42.10");
});
