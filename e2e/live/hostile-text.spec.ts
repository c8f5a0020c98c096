import { randomUUID } from "node:crypto";

import { type Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import sharp from "sharp";

import { addDays, localDateOf } from "../../app/contracts/local-date.ts";
import { accounts, logins } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { issueInvoice } from "../../server/domains/invoices/index.ts";
import { type Cast, makeCast, signIn } from "./people.ts";
import { expect, test } from "../test.ts";

/** Ends the element it stands in, comments it out, runs by every way there is; then links that say one thing and do another. */
const SCRIPT = `</script></title></textarea><script>window.taken=1</script><img src=x onerror="window.taken=1">`;
const HIDDEN = `<!--<svg/onload=window.taken=1>{{window.taken=1}}\u2028\u202etxt.exe`;
const LINKS = `[pay here](javascript:window.taken=1) <a href="https://evil.example">Pay</a> https://evil.example/pay`;
const TEXT = `${SCRIPT} ${HIDDEN} ${LINKS}`;

/** An account, its people and a bill whose every word is somebody's attack. */
async function takeNames({ accountId, customer, rep }: Cast): Promise<string> {
  return withDatabase("e2e", async ({ db, ctx }) => {
    await db.update(accounts).set({ name: SCRIPT }).where(eq(accounts.id, accountId));
    for (const email of [customer, rep]) await db.update(logins).set({ name: SCRIPT }).where(eq(logins.email, email));
    const today = localDateOf(ctx.now, "UTC");
    const lines = [{ description: TEXT, unitPrice: "12.00" }];
    const input = { accountId, issuedOn: today, dueOn: addDays(today, 14), memo: TEXT, lines };
    const issued = await issueInvoice({ ctx, input: { ...input, idempotencyKey: randomUUID() } });
    if (!issued.ok) throw new Error(issued.reason);
    return issued.value.number;
  });
}

/** Nothing ran, nothing was loaded, no link of somebody's own leads anywhere. */
async function expectOnlyText(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    taken: (window as { taken?: unknown }).taken ?? null,
    pictures: document.querySelectorAll("img[src='x'], svg[onload]").length,
    // The framework's own carry a nonce.
    scripts: [...document.scripts].filter(({ text }) => text.startsWith("window.taken")).length,
    links: [...document.links]
      .filter(
        ({ protocol, host }) => (/^https?:/.test(protocol) && host !== location.host) || protocol === "javascript:",
      )
      .map(({ href }) => href),
  }));
  expect([page.url(), found]).toEqual([page.url(), { taken: null, pictures: 0, scripts: 0, links: [] }]);
}

test("what people write is text wherever it is shown: words, names, files, bills, searches, errors (S25–S29)", async ({
  browser,
}) => {
  const cast = await makeCast();
  const number = await takeNames(cast);
  const [ana, sam] = [
    await signIn(browser, cast.customer, cast.password),
    await signIn(browser, cast.rep, cast.password),
  ];
  const log = (page: Page) => page.getByRole("log", { name: "Messages" });
  await ana.page.goto("/messages");
  await ana.page.getByRole("textbox", { name: "Your message" }).fill(TEXT);
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(log(ana.page)).toContainText("window.taken=1");
  const thread = new URL(ana.page.url()).pathname.split("/").at(-1) ?? "";
  await sam.page.goto(`/console/c/${thread}`);

  // Live, over the socket, and then a file.
  const buffer = await sharp({ create: { width: 2, height: 2, channels: 3, background: "white" } })
    .png()
    .toBuffer();
  await ana.page
    .getByLabel("Attach files")
    .setInputFiles({ name: `"><img src=x onerror=window.taken=1>.png`, mimeType: "image/png", buffer });
  await ana.page.getByRole("textbox", { name: "Message" }).fill(`second ${TEXT}`);
  await ana.page.getByRole("button", { name: /^Send/ }).click();
  for (const { page } of [ana, sam]) {
    await expect(log(page)).toContainText(`second ${SCRIPT}`);
    await expect(log(page).getByRole("link", { name: /\.png$/ })).toHaveCount(1);
    await expectOnlyText(page);
  }

  const q = encodeURIComponent(TEXT);
  const [mine, theirs] = [
    ["/account", "/bills", `/bills?q=${q}`, `/bills/${number}`, `/pay?bill=${q}`, "/settings", `/messages/${thread}`],
    [`/console`, `/console/accounts?q=${q}`, `/console/c/${thread}`, `/console/${q}`],
  ];
  const account = await withDatabase("e2e", ({ db }) =>
    db.select().from(accounts).where(eq(accounts.id, cast.accountId)),
  );
  const at = `/console/accounts/${account[0]?.number ?? ""}`;
  theirs.push(at, `${at}/bills/${number}`, `${at}/people`, `${at}/details`, `${at}/log`);
  for (const [page, paths] of [
    [ana.page, mine],
    [sam.page, theirs],
  ] as const) {
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      await expectOnlyText(page);
    }
  }
});
