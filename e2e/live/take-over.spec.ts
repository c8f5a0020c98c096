import { type Page } from "@playwright/test";

import { type Cast, makeCast, signIn } from "./people.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
let other: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
  other = await makeCast();
});

const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const TOLD = /Sam .* took this conversation over from Sam /;

test("a rep takes over by the keyboard what a colleague holds; the colleague is told, the customer is not", async ({
  browser,
}) => {
  const ana = (await signIn(browser, cast.customer, cast.password)).page;
  const holder = (await signIn(browser, cast.rep, cast.password)).page;
  const taker = (await signIn(browser, other.rep, other.password)).page;
  await ana.goto("/messages");
  await ana.getByRole("textbox", { name: "Your message" }).fill("Who has this?");
  await ana.getByRole("button", { name: "Send message" }).click();
  await expect(log(ana)).toContainText("Who has this?");
  const path = `/console/c/${new URL(ana.url()).pathname.split("/").at(-1) ?? ""}`;

  await holder.goto(path);
  await holder.getByRole("button", { name: "Claim" }).click();
  await expect(holder.getByText("With you")).toBeVisible();
  await expect(holder.getByText("Take over", { exact: true })).toHaveCount(0);
  await holder.goto("/console/accounts");
  await holder.waitForLoadState("networkidle");

  await taker.goto(path);
  await taker.waitForLoadState("networkidle");
  await expect(taker.getByText(/With Sam/)).toBeVisible();
  await expect(taker.getByRole("button", { name: "Claim" })).toHaveCount(0);
  await taker.keyboard.press("a");
  const asked = taker.getByRole("group", { name: "Take over" }).last();
  await expect(asked).toContainText(/Sam .* has this conversation/);
  await expect(asked.getByRole("button", { name: /Take over from Sam/ })).toBeFocused();
  await taker.keyboard.press("Escape");
  await expect(asked).toBeHidden();
  await expect(taker.getByText(/With Sam/)).toBeVisible();
  await taker.keyboard.press("a");
  await expect(asked).toBeVisible();
  await taker.keyboard.press("a");
  await expect(taker.getByText("With you")).toBeVisible();
  await expect(log(taker)).toContainText(TOLD);
  await expect(taker.getByRole("heading", { level: 1, name: /Ana/ })).toBeFocused();

  const told = holder.getByRole("region", { name: "Notices" });
  await expect(told).toContainText(/Sam .* took over your conversation with Ana/);
  await told.getByRole("button", { name: "Open it" }).click();
  await expect(log(holder)).toContainText(TOLD);
  await expect(holder.getByText("Take over", { exact: true })).toBeVisible();

  await taker.getByRole("textbox", { name: "Message" }).fill("I have it now.");
  await taker.keyboard.press("Enter");
  await expect(log(ana)).toContainText("I have it now.");
  await expect(log(ana)).not.toContainText("took this conversation over");
});
