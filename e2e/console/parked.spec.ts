import { randomUUID } from "node:crypto";

import { processorEvents } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { countParkedEvents } from "../../server/domains/payments/index.ts";
import { appendEvent } from "../../server/events/outbox.ts";
import { makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

const PASSWORD = "demo-remit-2026";

/** An event that we have no place for, as the job leaves it. Answers how many are parked now. */
const park = (id: string): Promise<number> =>
  withDatabase("e2e", async ({ db }) => {
    const payload = { data: { object: { id: "issfr_1", object: "radar.early_fraud_warning" } } };
    const times = { eventCreatedAt: new Date(), parkedAt: new Date(), parkedReason: "no_handler" };
    await db.insert(processorEvents).values({ id, type: "radar.early_fraud_warning.created", payload, ...times });
    await appendEvent(db, "processor_event.parked", { eventId: id });
    return countParkedEvents(db);
  });

test("how many events are parked stands in the rail of those who may work them off, and moves by itself", async ({
  browser,
}) => {
  const cast = await makeCast();
  const { page } = await signIn(browser, "supervisor@demo.test", PASSWORD);
  await page.goto("/console/accounts");
  await page.waitForLoadState("networkidle");
  const id = `evt_${randomUUID()}`;
  const count = await park(id);
  const place = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Parked events/ });
  await expect(place).toHaveAccessibleName(`Parked events , ${String(count)} waiting`);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: `Menu, ${String(count)} parked` }).click();
  await page.getByRole("link", { name: /^Parked events/ }).click();
  await expect(page.getByRole("heading", { name: "Parked events" })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  const row = page.getByRole("row").filter({ hasText: "radar.early_fraud_warning.created" }).first();
  await row.getByText("Mark as seen").first().click();
  await row.getByRole("textbox", { name: "What you found" }).fill("A test charge");
  await row.getByRole("button", { name: "Mark as seen" }).click();
  await expect(place).toHaveAccessibleName(
    count === 1 ? "Parked events" : `Parked events , ${String(count - 1)} waiting`,
  );

  const sam = await signIn(browser, cast.rep, cast.password);
  await expect(sam.page.getByRole("link", { name: "Accounts" })).toBeVisible();
  await expect(sam.page.getByRole("link", { name: /Parked/ })).toHaveCount(0);
});
