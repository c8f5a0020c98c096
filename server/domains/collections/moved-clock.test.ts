import { afterAll, beforeAll, expect, it } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type StandIn, startStandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { runCollectionDuties } from "./index.ts";
import { testDebtors } from "./test-debtor.ts";

let t: TestDatabase;
let standIn: StandIn;
let hold: Promise<void> | null = null;

beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2028-03-01T17:00:00Z"), {
    zone: () => Promise.resolve("America/New_York"),
    async doDuties() {
      await hold;
      await runCollectionDuties(testCtx(t.db, { now: standIn.now() }));
    },
  });
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

const page = async () => (await standIn.ask("/", { headers: { accept: "text/html" } })).text();

it("a clock that is moved by many days does what falls due on each of them", async () => {
  const debtors = testDebtors({ db: t.db, at: (day) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) }) });
  const who = await debtors.owing(localDate("2028-03-10"));
  const moved = await standIn.ask("/clock", {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify({ days: 45 }),
  });
  expect(await moved.json()).toMatchObject({ now: "2028-04-15T17:00:00.000Z" });
  expect(await debtors.mailDays(who)).toEqual(["03-07: 10000", "03-11: 10000", "03-24: 10000", "04-09: 10000"]);
});

it("a page that moves it shows how far it is, the biller's time, and the ways back", async () => {
  let go: () => void = () => undefined;
  hold = new Promise((settle) => (go = settle));
  const press = () =>
    standIn.ask("/clock", {
      ...{ method: "POST", redirect: "manual", body: new URLSearchParams({ days: "30" }) },
      headers: { accept: "text/html" },
    });
  expect((await press()).status).toBe(303);
  // Pressed twice, it moves once.
  expect((await press()).status).toBe(303);
  const moving = await page();
  expect(moving).toContain("Moving the clock: 0 of 30 days done.");
  expect(moving).toMatch(/http-equiv="refresh"/);
  expect(moving).not.toContain("+30 days");
  go();
  await expect.poll(page, { timeout: 20_000 }).toContain("Moved. What fell due on the way was done.");
  const after = await page();
  expect(after).toContain("Mon, May 15, 2028, 1:00 PM EDT");
  expect(after).toContain("Mon, May 15, 2028, 5:00 PM UTC");
  for (const path of ["/account", "/console", "/dev/mail"]) expect(after).toContain(`href="${path}"`);
  expect(after).not.toMatch(/http-equiv="refresh"/);
});
