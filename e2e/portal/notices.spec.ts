import { randomUUID } from "node:crypto";

import { and, eq, isNotNull } from "drizzle-orm";

import { currency } from "../../app/contracts/currency.ts";
import { money } from "../../app/contracts/money.ts";
import { accounts, mails } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { applyCredit } from "../../server/domains/adjustments/index.ts";
import { makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

type Mail = { to: string; subject: string; plain: string };

test("a notice arrives on an open page; its mails are stopped by one press of a mail program, and it still arrives", async ({
  browser,
  request,
}) => {
  const cast = await makeCast();
  await withDatabase("e2e", ({ db }) =>
    db.update(accounts).set({ email: cast.customer }).where(eq(accounts.id, cast.accountId)),
  );
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/account");
  await expect(page.getByRole("link", { name: "Notices", exact: true })).toBeVisible();

  await giveCredit(cast.accountId, 500n);
  await page.getByRole("link", { name: "Notices, 1 new" }).click();
  const row = page.getByRole("row").filter({ hasText: "You have a credit" });
  await expect(row).toContainText("$5.00");
  await expect(row).toContainText("New");
  await page.getByRole("button", { name: "Mark all as seen" }).click();
  await expect(page.getByRole("link", { name: "Notices", exact: true })).toBeVisible();
  await expect(row).not.toContainText("New");

  // A mail program posts what RFC 8058 says, without a session and from no page of ours.
  const stop = await stopPathOf(request, cast.customer);
  const looked = await request.get(stop);
  expect(await looked.text()).toContain("Stop mails about");
  await page.goto("/settings/notices");
  await expect(page.getByRole("checkbox", { name: "Credits, by mail" })).toBeChecked();
  const stopped = await request.post(stop, { form: { "List-Unsubscribe": "One-Click" } });
  expect(stopped.ok()).toBe(true);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Credits, by mail" })).not.toBeChecked();
  await giveCredit(cast.accountId, 700n);
  await expect(page.getByRole("link", { name: "Notices, 1 new" })).toBeVisible();
  await expect.poll(() => skipped(cast.customer)).toBe(1);
  expect((await mailsTo(request, cast.customer)).length).toBe(1);

  await page.getByRole("checkbox", { name: "Credits, by mail" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await giveCredit(cast.accountId, 900n);
  await expect.poll(async () => (await mailsTo(request, cast.customer)).length).toBe(2);

  // The bell is a way of its own: what does not ring is listed, and not counted.
  await page.goto("/notices");
  await page.getByRole("button", { name: "Mark all as seen" }).click();
  await page.goto("/settings/notices");
  await page.getByRole("checkbox", { name: "Credits, at the bell" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await giveCredit(cast.accountId, 1100n);
  await page.goto("/notices");
  await expect(page.getByRole("row").filter({ hasText: "$11.00" })).not.toContainText("New");
  await expect(page.getByRole("link", { name: "Notices", exact: true })).toBeVisible();
});

async function giveCredit(accountId: string, amountMinor: bigint): Promise<void> {
  await withDatabase("e2e", async ({ ctx }) => {
    const given = await applyCredit({
      ctx,
      input: {
        ...{ accountId, kind: "goodwill", amount: money(amountMinor, currency("USD")), reason: "goodwill" },
        ...{ invoiceId: null, conversationId: null, idempotencyKey: randomUUID() },
      },
    });
    if (!given.ok) throw new Error(given.reason);
  });
}

const skipped = (to: string): Promise<number> =>
  withDatabase("e2e", ({ db }) => db.$count(mails, and(eq(mails.toAddress, to), isNotNull(mails.skippedAt))));

type Asking = { get(url: string): Promise<{ json(): Promise<unknown> }> };

async function mailsTo(request: Asking, to: string): Promise<Mail[]> {
  const all = (await (await request.get("/dev/mail.json")).json()) as Mail[];
  return all.filter((mail) => mail.to === to);
}

async function stopPathOf(request: Asking, to: string): Promise<string> {
  await expect.poll(async () => (await mailsTo(request, to)).length).toBe(1);
  const [mail] = await mailsTo(request, to);
  return /\/unsubscribe\/[\w-]{43}/.exec(mail?.plain ?? "")?.[0] ?? "";
}
