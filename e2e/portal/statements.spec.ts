import { eq } from "drizzle-orm";

import { axeFindings } from "../axe.ts";
import { accounts } from "../../db/schema/index.ts";
import { withDatabase } from "../../server/cli/with-database.ts";
import { writeTopicsOff } from "../../server/domains/notifications/index.ts";
import { makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("monthly statements of an account without an address go to who signs in, and both sides read when nobody gets one", async ({
  browser,
}) => {
  const cast = await makeCast();
  const { page } = await signIn(browser, cast.customer, cast.password);
  await page.goto("/statements");
  await page.getByRole("button", { name: "Mail me one each month" }).click();
  await expect(page.getByText(`A statement is mailed to ${cast.customer} when each month is over.`)).toBeVisible();

  const number = await withDatabase("e2e", async ({ db }) => {
    await writeTopicsOff(db, { address: cast.customer, wanted: { statement: false } });
    const [row] = await db.select().from(accounts).where(eq(accounts.id, cast.accountId));
    return row?.number ?? "";
  });
  await page.goto("/statements");
  await expect(page.getByText("mails about statements are switched off")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  const sam = await signIn(browser, cast.rep, cast.password);
  await sam.page.goto(`/console/accounts/${number}/statements`);
  await expect(
    sam.page.getByText(
      `Nobody gets this account’s monthly statements by mail: ${cast.customer} switched mails about them off.`,
    ),
  ).toBeVisible();
  await withDatabase("e2e", async ({ sql }) => {
    await sql`delete from account_people where account_id = ${cast.accountId}`;
  });
  await sam.page.reload();
  const why = "by mail: it has no e-mail address, and nobody signs in to it.";
  await expect(sam.page.getByText(`Nobody gets this account’s monthly statements ${why}`)).toBeVisible();
  // Where a rep looks first it is told too, of the bills as well, and each way to mend it leads there.
  await sam.page.getByRole("link", { name: "Overview" }).click();
  await expect(sam.page.getByText(`Nobody gets this account’s bills or monthly statements ${why}`)).toBeVisible();
  expect(await axeFindings(sam.page)).toEqual([]);
  await sam.page.getByRole("link", { name: "invite somebody" }).click();
  await expect(sam.page).toHaveURL(/\/people$/);
  await sam.page.goBack();
  await sam.page.getByRole("link", { name: "Put an address on file" }).click();
  await expect(sam.page).toHaveURL(/\/details$/);
});
