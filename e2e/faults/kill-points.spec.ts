import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";

import { makeDataDir, type ServerProcess, startServer } from "../start-server.ts";
import { type Books, openBooks, type Payer } from "./open-books.ts";
import { makeToken, signIn, turnKnob } from "./payer-browser.ts";
import { expect, test } from "../test.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

let dataDir: string;
let books: Books;
let server: ServerProcess | undefined;

test.beforeAll(async () => {
  dataDir = makeDataDir();
  books = await openBooks(dataDir);
});
test.afterEach(async () => {
  await server?.stop();
  server = undefined;
});
test.afterAll(async () => {
  await books.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(faultPoint = ""): Promise<ServerProcess> {
  server = await startServer({ dataDir, settings: { DEMO: "0", FAULT_POINT: faultPoint } });
  return server;
}

/** The pay page's form, filled in: the whole bill with a new method. */
async function fillForm(url: string, payer: Payer, method: string) {
  const version = String(await books.versionOf(payer.accountId));
  const token = await makeToken(url, method);
  return { key: randomUUID(), version, mode: "bills", bill: payer.invoiceId, method: "new", token };
}

const attemptOf = async (payer: Payer) => {
  const [attempt, ...more] = await books.attemptsOf(payer.accountId);
  if (!attempt || more.length > 0) throw new Error("there should be one attempt");
  return attempt;
};

/** Paid once: whatever was asked, killed or told twice. */
async function expectPaidOnce(payer: Payer): Promise<void> {
  const { id, actionId } = await attemptOf(payer);
  expect((await books.chargesOf(id)).map((charge) => charge.status)).toEqual(["succeeded"]);
  expect(await books.journalsOf(actionId)).toEqual(["payment_settled", "processor_fee"]);
  expect(await books.billOf(payer.invoiceId)).toEqual({ openMinor: 0n, heldMinor: 0n });
  expect(await books.receiptsOf(payer.accountId)).toBe(1);
  expect(await books.brokenChecks()).toEqual([]);
}

for (const { faultPoint, charged } of [
  { faultPoint: "before-processor-call", charged: [] },
  { faultPoint: "after-processor-call", charged: ["succeeded"] },
  { faultPoint: "inside-posting", charged: ["succeeded"] },
]) {
  test(`killed ${faultPoint}: one charge and one journal after the restart`, async () => {
    const payer = await books.addPayer(faultPoint);
    const doomed = await start(faultPoint);
    const form = await fillForm(doomed.url, payer, "pm_card_visa");
    const browser = await signIn(doomed.url, payer);
    await expect(browser.pay(form)).rejects.toThrow();
    expect(await doomed.ended).toBe("SIGKILL");

    const left = await attemptOf(payer);
    expect(left.state).toBe("requested");
    expect((await books.chargesOf(left.id)).map((charge) => charge.status)).toEqual(charged);
    expect(await books.journalsOf(left.actionId)).toEqual([]);
    expect(await books.billOf(payer.invoiceId)).toEqual({ openMinor: 10_000n, heldMinor: 10_000n });
    expect(await books.brokenChecks()).toEqual([]);

    const { url } = await start();
    const again = await (await signIn(url, payer)).pay(form);
    expect(again.status).toBe(303);
    expect(again.headers.get("location")).toMatch(/^\/payments\/pay_/);
    await expect.poll(async () => (await attemptOf(payer)).state, { timeout: 60_000 }).toBe("settled");
    await turnKnob(url, "/drain");
    await expect.poll(() => books.waitingEvents(), { timeout: 60_000 }).toEqual([]);
    await expectPaidOnce(payer);
  });
}

test("killed after charging and left alone: the sweep finds the charge", async () => {
  const payer = await books.addPayer("left-alone");
  const doomed = await start("after-processor-call");
  await turnKnob(doomed.url, "/knobs", { webhooks: { drop: ["*"] } });
  const form = await fillForm(doomed.url, payer, "pm_card_visa");
  await expect((await signIn(doomed.url, payer)).pay(form)).rejects.toThrow();
  expect(await doomed.ended).toBe("SIGKILL");
  const { url } = await start();
  await expect.poll(async () => (await attemptOf(payer)).state, { timeout: 60_000 }).toBe("settled");
  await turnKnob(url, "/knobs/reset");
  await expectPaidOnce(payer);
});

test("killed between a webhook's answer and its processing: the event is worked off after the restart", async () => {
  const payer = await books.addPayer("before-event-processing");
  const healthy = await start();
  const form = await fillForm(healthy.url, payer, "pm_usBankAccount_success");
  expect((await (await signIn(healthy.url, payer)).pay(form)).status).toBe(303);
  const { id } = await attemptOf(payer);
  expect((await attemptOf(payer)).state).toBe("processing");
  await turnKnob(healthy.url, "/drain");
  // Of the payments before, too: the next event that comes in kills.
  await expect.poll(() => books.webhooksOnTheirWay(), { timeout: 60_000 }).toBe(0);
  await expect.poll(() => books.waitingEvents(), { timeout: 60_000 }).toEqual([]);
  await healthy.stop();

  const doomed = await start("before-event-processing");
  const [charge] = await books.chargesOf(id);
  // Its answer may or may not come: the webhook it leads to kills the process.
  await turnKnob(doomed.url, `/debits/${charge?.id ?? ""}/settle`).catch(() => undefined);
  expect(await doomed.ended).toBe("SIGKILL");
  expect((await books.chargesOf(id)).map(({ status }) => status)).toEqual(["succeeded"]);
  expect((await books.waitingEvents()).length).toBeGreaterThan(0);
  expect((await attemptOf(payer)).state).toBe("processing");
  expect(await books.brokenChecks()).toEqual([]);

  await start();
  await expect.poll(async () => (await attemptOf(payer)).state, { timeout: 90_000 }).toBe("settled");
  await expect.poll(() => books.waitingEvents(), { timeout: 90_000 }).toEqual([]);
  await expectPaidOnce(payer);
});
