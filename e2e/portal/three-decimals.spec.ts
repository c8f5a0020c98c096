import { eq } from "drizzle-orm";

import { currency } from "../../app/contracts/currency.ts";
import { accounts } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { issueBill, makeCast } from "../live/people.ts";
import { attemptsOf, openPay, typeCard } from "./payer.ts";
import { expect, test } from "../test.ts";

test("all that is owed in a currency whose last decimal cannot be charged is paid, and what is over is credit", async ({
  browser,
}) => {
  const cast = await makeCast();
  await withDatabase("e2e", ({ db }) =>
    db
      .update(accounts)
      .set({ currency: currency("KWD") })
      .where(eq(accounts.id, cast.accountId)),
  );
  await issueBill(cast.accountId, "12.345");
  await issueBill(cast.accountId, "7.001");
  const page = await openPay(browser, cast);
  await typeCard(page, "4242 4242 4242 4242");
  await page.getByRole("button", { name: /^Pay KWD\s19\.346$/ }).click();
  await expect(page.getByText(/charged in steps of KWD\s0\.010/)).toBeVisible();
  await page.getByRole("button", { name: /^Pay anyway: KWD\s0\.004 becomes credit/ }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("main")).toContainText(/KWD\s0\.004/);
  expect(await attemptsOf(cast)).toEqual(["settled"]);
});
