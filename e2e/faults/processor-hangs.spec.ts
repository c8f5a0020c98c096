import { randomUUID } from "node:crypto";

import { type BooksAndServer, openBooksAndServer } from "./books-and-server.ts";
import { makeToken, signIn, turnKnob } from "./payer-browser.ts";
import { expect, test } from "../test.ts";

/** Four seconds of patience for the payment, two and a half for its page, and what a busy machine adds. */
const SOON_MS = 10_000;

let site: BooksAndServer;

test.beforeAll(async () => {
  site = await openBooksAndServer();
});
test.afterAll(() => site.close());

for (const mode of ["timeout", "done_then_timeout"]) {
  test(`the processor hangs (${mode}): the payer soon reads that it goes on, and it does, once (R14)`, async () => {
    const payer = await site.books.addPayer(mode.replaceAll("_", "-"));
    const version = String(await site.books.versionOf(payer.accountId));
    const { pay, read } = await signIn(site.server.url, payer);
    const token = await makeToken(site.server.url, "pm_card_visa");
    // The payment, and the first look of its page; no webhook tells of it either.
    await turnKnob(site.server.url, "/knobs", { webhooks: { drop: ["*"] } });
    await turnKnob(site.server.url, "/faults", { mode, times: 2, path: "/v1/payment_intents" });

    const since = performance.now();
    const form = { key: randomUUID(), version, mode: "bills", bill: payer.invoiceId, method: "new", token };
    const answer = await pay(form);
    expect(answer.status).toBe(303);
    const page = await (await read(answer.headers.get("location") ?? "")).text();
    expect(performance.now() - since).toBeLessThan(SOON_MS);
    expect(page).toContain("Being checked");
    expect(page).toContain("nothing is charged twice");
    expect(page).not.toContain("Not paid");

    await turnKnob(site.server.url, "/knobs/reset");
    const states = async () => (await site.books.attemptsOf(payer.accountId)).map(({ state }) => state);
    await expect.poll(states, { timeout: 60_000 }).toEqual(["settled"]);
    const [attempt] = await site.books.attemptsOf(payer.accountId);
    expect((await site.books.chargesOf(attempt?.id ?? "")).map(({ status }) => status)).toEqual(["succeeded"]);
    expect(await site.books.billOf(payer.invoiceId)).toEqual({ openMinor: 0n, heldMinor: 0n });
    await expect.poll(() => site.books.brokenChecks()).toEqual([]);
  });
}
