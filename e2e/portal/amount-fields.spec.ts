import { type Browser, type Locator, type Page } from "@playwright/test";

import { type Cast, makeCast } from "../live/people.ts";
import { attemptsOf, issueTwoBills, openPay } from "./payer.ts";
import { expect, test } from "../test.ts";

/** What people type, and what they are told. Other scripts' digits are not ours to guess at. */
const BAD: readonly [string, RegExp][] = [
  ["abc", /Enter an amount in digits/],
  ["-5", /without a minus/],
  ["0.001", /at most 2 digits after the point/],
  ["1e9", /Enter an amount in digits/],
  ["9".repeat(40), /too large/],
  ["٣٤", /Enter an amount in digits/],
  ["1.234", /can be read as \$1\.23 or as \$1,234\.00/],
];

let cast: Cast;

test.beforeEach(async () => {
  cast = await makeCast();
  await issueTwoBills(cast);
});

type AmountField = {
  /** Opens the page with the field on it. */
  open: (browser: Browser) => Promise<{ page: Page; field: Locator }>;
  /** Sends the form, where the field says nothing before that. */
  send?: (page: Page) => Promise<void>;
};

const FIELDS: Record<string, AmountField> = {
  "another amount to pay": {
    async open(browser) {
      const page = await openPay(browser, cast);
      await page.getByText("Other amount").click();
      return { page, field: page.getByRole("textbox", { name: "Amount", exact: true }) };
    },
  },
  "part of a bill": {
    async open(browser) {
      const page = await openPay(browser, cast);
      await page.getByRole("button", { name: "Pay part of a bill" }).click();
      return { page, field: page.getByRole("textbox", { name: /^Amount for/ }).first() };
    },
  },
  "where an amount goes": {
    async open(browser) {
      const page = await openPay(browser, cast);
      await page.getByText("Other amount").click();
      await page.getByRole("textbox", { name: "Amount", exact: true }).fill("100");
      await page.getByRole("button", { name: "Change where it goes" }).click();
      return { page, field: page.getByRole("textbox", { name: /^Amount for/ }).first() };
    },
  },
  "an amount in question": {
    async open(browser) {
      const page = await openPay(browser, cast);
      await page.goto("/bills");
      await page.getByRole("link", { name: /INV-/ }).first().click();
      await page.getByRole("link", { name: "Question or dispute a charge" }).click();
      await page.getByText("Another amount").click();
      return { page, field: page.getByRole("textbox", { name: "Amount in question" }) };
    },
    async send(page) {
      await page.getByRole("textbox", { name: "What happened?" }).fill("Read wrongly");
      await page.getByRole("button", { name: "Send dispute" }).click();
    },
  },
};

for (const [name, { open, send }] of Object.entries(FIELDS)) {
  test(`${name}: each bad amount gets its sentence and stays as it was typed`, async ({ browser }) => {
    const { page, field } = await open(browser);
    for (const [typed, sentence] of BAD) {
      await field.fill(typed);
      await send?.(page);
      await expect(page.getByText(sentence).first(), typed).toBeVisible();
      await expect(field).toHaveValue(typed);
      await expect(field).toHaveAttribute("aria-invalid", "true");
    }
    expect(await attemptsOf(cast)).toEqual([]);
  });
}

test("an ambiguous amount shows both readings; the one that is pressed is written out", async ({ browser }) => {
  const { page, field } = await (FIELDS["another amount to pay"] as AmountField).open(browser);
  await field.fill("1.234");
  await page.getByRole("button", { name: "$1,234.00" }).click();
  await expect(field).toHaveValue("1234.00");
  await expect(page.getByRole("button", { name: "Pay $1,234.00" })).toBeVisible();
});
